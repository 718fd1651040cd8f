/** The shape of a slash command: words, help and meaning in one record; deeds live in `core/epic/rules`. */
import type { Cancel, Facts, Pause, Place, Resume, StageCommand } from '../epic/commands.ts';
import type { Part } from '../epic/hold.ts';
import type { Refusal } from '../epic/refusal.ts';
import type { SignalCommand } from '../epic/signal-command.ts';
import type { StageKey } from '../workflow/definition.ts';

/** One command as somebody typed it: `/approve 4f2a91c looks right` is name `approve`, argument `4f2a91c looks right`. */
export interface Typed {
  readonly name: string;
  /** The rest of the line, trimmed; empty when nothing follows. */
  readonly argument: string;
}

/** A command without the facts that only GitHub knows: what the words alone mean. */
export type Wish = Omitted<StageCommand | Pause | Resume | Cancel | SignalCommand>;
type Omitted<C> = C extends Facts ? Omit<C, keyof Facts> : never;

/** `/link #12`: which stage that is, only the ledger knows. */
export interface LinkWish {
  readonly type: 'LinkTo';
  readonly issue: number;
}

/** `/next-batch`: what the workflow's file says now, only GitHub knows. */
export interface NextBatchWish {
  readonly type: 'BeginNextBatch';
  readonly reason: string;
}

/** `/migrate`: which file that is, only the repository knows. Without `shown` it asks what would change. */
export interface MigrateWish {
  readonly type: 'MigrateTo';
  /** The beginning of the digest somebody was shown. */
  readonly shown?: string;
}

/** A question: answered in one comment, changes nothing. */
export type Question =
  | { readonly type: 'Ask'; readonly about: 'help' }
  | { readonly type: 'Ask'; readonly about: 'queries' }
  | {
      readonly type: 'Ask';
      readonly about: 'status' | 'why' | 'query';
      /** The query's long name, where the word is not one of the two oldest. */
      readonly query?: string;
      readonly stage?: StageKey;
    };

/** What is known where the comment stands. */
export interface Context {
  readonly on: Place;
  /** The epic's stage keys, so that a leading word can be recognised as one. */
  readonly stages: readonly StageKey[];
  readonly commentId: number;
  /** Roles and gate classes of the epic's stages: what /pause may name beside a stage. */
  readonly kinds?: readonly Part[];
  /** Gates by name, with their stages: /skip and /override may name either. */
  readonly gates?: readonly { readonly name: string; readonly stage: StageKey }[];
}

/** A slash command's record; `/help`, the README's table and replies to mistakes are printed from it. */
export interface SlashCommand {
  readonly name: string;
  readonly aliases: readonly string[];
  /** As people type it, for example `/reject <reason>`. */
  readonly usage: string;
  /** Who may use it, in a few words, as in contract §4's table. */
  readonly who: string;
  /** What it does, one sentence. */
  readonly summary: string;
  readonly examples: readonly string[];
  /** What the words mean, or why they mean nothing (a missing reason, a stage nobody has). Pure. */
  readonly meaning: (
    argument: string,
    context: Context,
  ) => Wish | LinkWish | NextBatchWish | MigrateWish | Question | Refusal;
}
