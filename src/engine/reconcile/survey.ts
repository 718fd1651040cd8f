/** What one survey of a repository goes by. */
import type { Planning } from '../effects/job.ts';

/** See `planSurvey`. */
export interface Survey extends Planning {
  /** Everything is looked at, also what did not change since the last survey. */
  readonly whole: boolean;
  /** Everything up to here, by GitHub's clock, was seen before; undefined for a repository never surveyed. */
  readonly since: string | undefined;
  /** What happened after this may have a webhook on its way: it is left for the next survey. */
  readonly until: string;
  /** Numbers with deliveries not read yet: what they tell is looked at again by the next survey. */
  readonly waiting: Set<number>;
}

/** A moment as GitHub writes it. */
export const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
