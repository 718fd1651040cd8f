/** Promises that are due → jobs, each planned by itself: what one of them fails at is not its neighbours' failure (threats F21, F59). */
import { GitHubFailure } from '../github/failure.ts';
import type { DuePromise } from '../ledger/due.ts';
import { planFor } from './effects/index.ts';
import type { Job, Planning } from './effects/job.ts';
import { leaveForPeople } from './leave-for-people.ts';

/** A promise that could not be planned, and why. */
export interface Unplanned {
  readonly promise: DuePromise;
  readonly failure: unknown;
}

/** GitHub is away or asks to wait: whoever asks next would hear the same. */
const concernsAll = (failure: unknown): boolean =>
  failure instanceof GitHubFailure && failure.kind !== 'refused';

/**
 * Plans them in their order. Kinds that only a newer version knows are in neither list: they stay as they are. What a
 * failed plan had decided is thrown away; where GitHub is away, so is everything after it left unplanned. Throws nothing.
 */
export const planDue = async (
  planning: Planning,
  promises: readonly DuePromise[],
): Promise<{ readonly jobs: readonly Job[]; readonly unplanned: readonly Unplanned[] }> => {
  const jobs: Job[] = [];
  const unplanned: Unplanned[] = [];
  let away: unknown;
  for (const promise of promises) {
    const planned = planFor(promise.kind);
    if (planned === undefined) continue;
    // Both would write the same checks; the picture comes with the next round.
    if (promise.kind === 'paint' && jobs.some((job) => job.promise.kind === 'checks')) continue;
    const notNow = away ?? leaveForPeople(planning, promise);
    if (notNow !== undefined) {
      unplanned.push({ promise, failure: notNow });
      continue;
    }
    const undo = planning.desk.savepoint();
    try {
      jobs.push(await planned(planning, promise));
    } catch (failure) {
      undo();
      unplanned.push({ promise, failure });
      if (concernsAll(failure)) away = failure;
    }
  }
  return { jobs, unplanned };
};
