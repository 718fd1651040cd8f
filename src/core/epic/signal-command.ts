/** Signals: what people tell a running epic beside claiming, submitting and approving (requirements SG). */
import type { Role, StageKey } from '../workflow/definition.ts';
import type { AboutStage, Facts } from './commands.ts';
import type { PriorityLevel } from './priority.ts';

/** Everything stands still at once, and every check of the epic fails. */
interface Stop extends Facts {
  readonly type: 'Stop';
  readonly reason: string;
}
/** An approver wants to know something, or to see more, before the gate passes. */
interface AskQuestion extends AboutStage {
  readonly type: 'AskQuestion';
  readonly kind: 'clarification' | 'evidence';
  readonly text: string;
}
interface AnswerQuestion extends AboutStage {
  readonly type: 'AnswerQuestion';
  readonly question?: string;
  readonly text: string;
}
interface WithdrawQuestion extends AboutStage {
  readonly type: 'WithdrawQuestion';
  readonly question?: string;
}
interface SetPriority extends AboutStage {
  readonly type: 'SetPriority';
  readonly level: PriorityLevel;
  readonly reason: string;
}
/** A stage that the file did not foresee. */
interface AddStage extends AboutStage {
  readonly type: 'AddStage';
  /** Absent: a task beside the stage that is named or stood on, with a key of its own making. */
  readonly key?: StageKey;
  readonly title: string;
  readonly role?: Role;
  readonly after: readonly StageKey[];
  readonly before: readonly StageKey[];
  readonly gate?: string;
  readonly approvers: readonly Role[];
}
/** Takes the last undoable thing back. */
interface Undo extends AboutStage {
  readonly type: 'Undo';
}
/** The second person behind a /skip or /override that needs two. */
interface Confirm extends Facts {
  readonly type: 'Confirm';
  readonly glass: string;
}
/** What somebody else thinks of a broken glass afterwards. */
interface GiveVerdict extends Facts {
  readonly type: 'GiveVerdict';
  readonly glass: string;
  readonly text: string;
}

/** Every signal. */
export type SignalCommand =
  | Stop
  | AskQuestion
  | AnswerQuestion
  | WithdrawQuestion
  | SetPriority
  | AddStage
  | Undo
  | Confirm
  | GiveVerdict;

/** One signal by its type. */
export type Signal<Type extends SignalCommand['type']> = Extract<SignalCommand, { type: Type }>;
