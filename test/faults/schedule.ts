/** One schedule: a story, who plays it, and everything that goes wrong; made from a seed, printed as JSON, played again from either. */
import { type Boundary, boundaries } from '../../src/engine/boundary.ts';
import { type Dice, dice } from './dice.ts';

/** What GitHub does with a request instead of answering it as it should. */
const githubFates = [
  'drop-before',
  'apply-then-drop',
  'delay',
  'refuse-401',
  'refuse-403',
  'refuse-404',
  'refuse-410',
  'refuse-422',
  'refuse-500',
  'refuse-502',
  'refuse-503',
  'limit-429',
  'limit-secondary',
  'limit-bare',
  'limit-primary',
] as const;
export type GithubFate = (typeof githubFates)[number];

/**
 * What becomes of a webhook. `lost`: tried, not delivered, in GitHub's log. `vanished`: never tried, in no log. `late`:
 * after everything else of its act. `early`: before those that are waiting. `echo`: again, acts later.
 */
const hookFates = ['lost', 'vanished', 'doubled', 'late', 'early', 'echo'] as const;
export type HookFate = (typeof hookFates)[number];

interface Placed {
  /** The act in which it happens, counted from 0. */
  readonly act: number;
  /** Which of those that could be hit in that act, counted from 1. */
  readonly nth: number;
}

/**
 * One thing that goes wrong. `crash`: the replica there dies, and another starts `down` steps later. `cut`: its
 * database sessions end. `database`: everybody's do. `stop`: it stands still for longer than its lease while the others
 * go on. `commit`: the answer to a COMMIT is lost, or the COMMIT itself.
 */
export type Fault =
  | (Placed & { readonly kind: 'crash'; readonly at: Boundary; readonly down: number })
  | (Placed & { readonly kind: 'cut' | 'database' | 'stop'; readonly at: Boundary })
  | (Placed & { readonly kind: 'commit'; readonly fate: 'answer-lost' | 'never-arrives' })
  | (Placed & {
      readonly kind: 'github';
      readonly on: 'any' | 'write';
      readonly times: number;
      readonly fate: GithubFate;
    })
  | (Placed & { readonly kind: 'hook'; readonly fate: HookFate });

/** See the file's sentence. */
export interface Schedule {
  readonly seed: number;
  /** Which story is played: see `story.ts`. */
  readonly story: number;
  readonly replicas: number;
  /** Strands of work take turns at boundaries, as the dice say; otherwise one ends before the next begins. */
  readonly interleaved: boolean;
  /** Gatehouse paces itself and shares its limits, as in production; otherwise it is as fast as it can be. */
  readonly paced: boolean;
  readonly faults: readonly Fault[];
}

/** How often each thing can be hit in each act of a story, as counted in an undisturbed run. */
export interface Reach {
  readonly boundaries: Readonly<Partial<Record<Boundary, number>>>;
  readonly requests: number;
  readonly writes: number;
  readonly hooks: number;
  readonly commits: number;
}

const aim = (roll: Dice, hits: number): number => 1 + roll.below(Math.max(1, Math.ceil(hits * 1.15)));

const oneFault = (roll: Dice, act: number, reach: Reach): Fault => {
  const at = roll.pick(boundaries);
  const there = { act, nth: aim(roll, reach.boundaries[at] ?? 2), at };
  const kind = roll.roll();
  if (kind < 0.26) return { ...there, kind: 'crash', down: roll.below(12) };
  if (kind < 0.33) return { ...there, kind: 'cut' };
  if (kind < 0.35) return { ...there, kind: 'database' };
  if (kind < 0.38) return { ...there, kind: 'stop' };
  if (kind < 0.44) {
    const fate = roll.pick(['answer-lost', 'never-arrives'] as const);
    return { act, nth: aim(roll, reach.commits), kind: 'commit', fate };
  }
  if (kind < 0.74) {
    const on = roll.pick(['any', 'write', 'write'] as const);
    const nth = aim(roll, on === 'any' ? reach.requests : reach.writes);
    const times = roll.chance(0.8) ? 1 : 2 + roll.below(6);
    return { act, nth, kind: 'github', on, times, fate: roll.pick(githubFates) };
  }
  return { act, nth: aim(roll, reach.hooks), kind: 'hook', fate: roll.pick(hookFates) };
};

/** Who dies is sometimes followed by the one that comes after it, at once or in the midst of its recovery (threats A17). */
const aftermath = (roll: Dice, { act }: Fault): readonly Fault[] => {
  if (!roll.chance(0.3)) return [];
  const at = roll.pick(['B15', 'B15', 'B5', 'B7', 'B11'] as const);
  return [{ act, nth: 1 + roll.below(at === 'B15' ? 1 : 3), at, kind: 'crash', down: roll.below(6) }];
};

/** From a few faults in one act to a dozen over all; sometimes everything at once (threats F63). */
const manyFaults = (roll: Dice, acts: readonly Reach[]): readonly Fault[] => {
  const count = roll.chance(0.08) ? 15 + roll.below(15) : 1 + roll.below(9);
  const favourite = roll.chance(0.3) ? roll.below(acts.length) : undefined;
  return Array.from({ length: count }, () => {
    const act = favourite ?? roll.below(acts.length);
    const reach = acts[act];
    if (reach === undefined) throw new Error(`no act ${act}`);
    const fault = oneFault(roll, act, reach);
    return fault.kind === 'crash' ? [fault, ...aftermath(roll, fault)] : [fault];
  }).flat();
};

/** The schedule of a seed; `reachOf` answers what can be hit in a story. */
export const scheduleOf = async (
  seed: number,
  stories: number,
  reachOf: (story: number) => Promise<readonly Reach[]>,
): Promise<Schedule> => {
  const roll = dice(seed);
  const story = roll.below(stories);
  const replicas = roll.chance(0.65) ? 1 : 2 + roll.below(2);
  const interleaved = replicas > 1 || roll.chance(0.35);
  const paced = roll.chance(0.15);
  const faults = manyFaults(roll, await reachOf(story));
  return {
    seed,
    story,
    replicas,
    interleaved,
    paced,
    faults: [...faults].sort((a, b) => a.act - b.act || a.nth - b.nth),
  };
};

/** A fault in a few words. */
export const tellFault = (fault: Fault): string => {
  const where = 'at' in fault ? `${fault.at}, hit ${fault.nth}` : `number ${fault.nth}`;
  const what = 'fate' in fault ? `${fault.kind} ${fault.fate}` : fault.kind;
  return `act ${fault.act}: ${what} at ${where}`;
};
