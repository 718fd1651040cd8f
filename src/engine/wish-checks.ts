/** Wishing the checks of pull requests to be judged again, each in the lane it belongs to. */
import type { KeepInStep } from '../ledger/outbox.ts';
import type { KnownPullRequest } from '../ledger/pull-requests.ts';
import type { Desk } from './desk.ts';
import { subjectLane } from './engine.ts';
import { paintWish } from './wish-paint.ts';

type Checked = Pick<KnownPullRequest, 'repositoryId' | 'number' | 'epicId'>;

/** Linked ones are painted with their epic; the others have a lane of their own. */
export const checkWishes = (pulls: readonly Checked[]): readonly KeepInStep[] =>
  pulls.map(({ repositoryId, number, epicId }) =>
    epicId === null
      ? {
          once: false,
          lane: subjectLane(repositoryId, number),
          key: `check:${repositoryId}#${number}`,
          kind: 'check',
          priority: 1,
        }
      : paintWish(epicId),
  );

/** Wishes them on a desk. */
export const wishChecks = (desk: Desk, pulls: readonly Checked[]): void => {
  desk.promise(...checkWishes(pulls));
};
