/** Keeps the check of a pull request without an epic in step. */
import type { DuePromise } from '../../ledger/due.ts';
import { readPullRequest } from '../../ledger/pull-requests.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';
import { checksJob } from './plan-checks.ts';
import { planCheckOfHead } from './sync-checks.ts';

export const planUnlinkedCheck = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const number = Number(promise.key.split('#').at(-1));
  const pull = await readPullRequest(planning.desk.hold, planning.site.known.id, number);
  if (pull?.state !== 'open') return nothingToDo(promise);
  const plan = await planCheckOfHead(planning, pull.headSha, promise);
  return plan === undefined ? nothingToDo(promise) : checksJob(planning, promise, [plan]);
};
