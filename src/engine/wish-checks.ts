/** Wishing the checks of pull requests to be judged again, each in the lane it belongs to. */
import type { KnownPullRequest } from '../ledger/pull-requests.ts';
import type { Desk } from './desk.ts';
import { epicLane, subjectLane } from './engine.ts';

/** Linked ones are painted with their epic; the others have a lane of their own. */
export const wishChecks = (desk: Desk, pulls: readonly KnownPullRequest[]): void => {
  for (const { repositoryId, number, epicId } of pulls) {
    if (epicId === null) {
      const lane = subjectLane(repositoryId, number);
      desk.promise({ once: false, lane, key: `check:${repositoryId}#${number}`, kind: 'check', priority: 1 });
    } else {
      desk.promise({ once: false, lane: epicLane(epicId), key: 'paint', kind: 'paint', epicId, priority: 5 });
    }
  }
};
