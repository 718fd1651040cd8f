/** Making checks anew before GitHub calls them stale (contract §5, threats T62). */
import { unfinishedCheckRuns } from '../../ledger/check-runs.ts';
import { promise } from '../../ledger/outbox.ts';
import { openPullRequests } from '../../ledger/pull-requests.ts';
import { inTransaction } from '../../ledger/transaction.ts';
import type { Engine } from '../engine.ts';
import { checkWishes } from '../wish-checks.ts';

const mostAtOnce = 1_000;
/** A day before the painter thinks a check too old, so that one failed round does no harm. */
const oldAfter = 12 * 24 * 3_600_000;

/** Promises the checks that GitHub would soon call stale; answers how many heads. */
export const refreshChecks = async (engine: Engine): Promise<number> => {
  const before = new Date(engine.now().getTime() - oldAfter);
  const old = await unfinishedCheckRuns(engine.db, before, mostAtOnce);
  for (const run of old) {
    const wishes = checkWishes(await openPullRequests(engine.db, run.repositoryId, run.headSha));
    await inTransaction(engine.db, (tx) => promise(tx, wishes));
    for (const wish of wishes) engine.wake(wish.lane);
  }
  return old.length;
};
