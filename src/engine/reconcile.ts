/** Comparing every open epic with GitHub, and making checks anew before GitHub calls them stale (contract §5, threats T62). */
import { unfinishedCheckRuns } from '../ledger/check-runs.ts';
import { promise } from '../ledger/outbox.ts';
import { openPullRequests } from '../ledger/pull-requests.ts';
import { openEpics } from '../ledger/read-models/live-epics.ts';
import { inTransaction } from '../ledger/transaction.ts';
import { type Engine, epicLane, subjectLane } from './engine.ts';
import { refreshWish } from './wish-refresh.ts';

const page = 1_000;
/** A day before the painter thinks a check too old, so that one failed round does no harm. */
const oldAfter = 12 * 24 * 3_600_000;

/** Promises every open epic a reconcile; answers how many. */
export const reconcileEpics = async (engine: Engine): Promise<number> => {
  let count = 0;
  for (let after = ''; ; ) {
    const epics = await openEpics(engine.db, after, page);
    const last = epics.at(-1);
    if (last === undefined) return count;
    await inTransaction(engine.db, (tx) =>
      promise(
        tx,
        epics.map((epic) => refreshWish(epic.id, 'reconcile')),
      ),
    );
    for (const epic of epics) engine.wake(epicLane(epic.id));
    count += epics.length;
    after = last.id;
  }
};

/** Promises the checks that GitHub would soon call stale; answers how many heads. */
export const refreshChecks = async (engine: Engine): Promise<number> => {
  const old = await unfinishedCheckRuns(engine.db, new Date(engine.now().getTime() - oldAfter), page);
  for (const run of old) {
    const pulls = await openPullRequests(engine.db, run.repositoryId, run.headSha);
    const wishes = pulls.map(({ repositoryId, number, epicId }) =>
      epicId === null
        ? {
            once: false as const,
            lane: subjectLane(repositoryId, number),
            key: `check:${repositoryId}#${number}`,
            kind: 'check',
            priority: 1,
          }
        : { once: false as const, lane: epicLane(epicId), key: 'paint', kind: 'paint', epicId, priority: 5 },
    );
    await inTransaction(engine.db, (tx) => promise(tx, wishes));
    for (const wish of wishes) engine.wake(wish.lane);
  }
  return old.length;
};
