/** Break-glass: a gate that must not be passed lightly, passed all the same (requirements G-38, SE-04; `policy.break_glass`). */
import type { StageKey } from '../workflow/definition.ts';
import type { Person } from './person.ts';
import { roundOf } from './round-of.ts';
import type { OpenedEpic, Stage, Statement } from './state.ts';

/** Somebody's wish to /skip or /override such a gate, and what became of it; `by`, `at`, `text`: who asked, when and why. */
export interface Glass extends Statement {
  /** `g1`, `g2`, … in the order of the epic. */
  readonly id: string;
  readonly what: 'skip' | 'override';
  readonly stage: StageKey;
  /** The submission it was asked for: another one has to be asked for anew. */
  readonly submission: number;
  /** The round of the stage it was asked for; absent: the first. */
  readonly round?: number;
  /** When it took effect, and by whose word: the second person's where two are needed. */
  readonly used?: { readonly by: Person; readonly instead?: Person; readonly at: string };
  /** Milliseconds within which somebody else must have looked at it; absent: nobody must. */
  readonly reviewWithin?: number;
  readonly verdict?: Statement;
  /** The deed was taken back. */
  readonly undone?: Statement;
  /** How often people were told that nobody has looked. */
  readonly told: number;
}

/** How long the second person may take, in milliseconds: an hour. */
export const confirmWithin = 3_600_000;

/** True for gates of class production and those that people alone may pass, where the policy asks for it. */
export const needsGlass = (epic: OpenedEpic, stage: Stage): boolean => {
  const { gate } = stage.definition;
  const careful = gate?.class === 'production' || gate?.explicitOnly === true;
  return careful && epic.rules.policy.breakGlass !== undefined;
};

/** The same round and submission; and to pass a gate, one that has been open unchanged since, as a migration might have made it another. */
export const isAskedFor = (stage: Stage, glass: Glass): boolean => {
  if (stage.submission !== glass.submission || roundOf(stage) !== (glass.round ?? 1)) return false;
  if (glass.what === 'skip') return stage.definition.gate?.explicitOnly !== true;
  return stage.status === 'in-review' && Date.parse(stage.since) <= Date.parse(glass.at);
};

/** What the next one is called; those of earlier rounds keep their names. */
export const nextGlass = (epic: OpenedEpic): string =>
  `g${1 + Math.max(0, ...(epic.glasses ?? []).map(({ id }) => Number(id.slice(1))))}`;

/** The moment by which somebody must look at it, later with each time people were told; undefined where nobody must. */
export const reviewDue = (glass: Glass): string | undefined => {
  const { used, reviewWithin, verdict, undone, told } = glass;
  if (used === undefined || reviewWithin === undefined || verdict !== undefined || undone !== undefined)
    return undefined;
  return new Date(Date.parse(used.at) + reviewWithin * (told + 1)).toISOString();
};
