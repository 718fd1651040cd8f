/** Keeps the check of a merge group in step: success only if every pull request in it passes (contract §5). */
import { combine, groupWithoutMembers } from '../../core/render/check-run.ts';
import { groupMembersNow } from '../../github/facts/group-members.ts';
import { pullNow } from '../../github/facts/pull-request-now.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { type KnownMergeGroup, readMergeGroup } from '../../ledger/merge-groups.ts';
import { readPullRequest } from '../../ledger/pull-requests.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';
import { checksJob } from './plan-checks.ts';
import { pictureOfPulls, planCheck } from './sync-checks.ts';

const longestChain = 100;

/** The group's own pull request and those of the groups it is built on, as far as they were announced. */
const announced = async (planning: Planning, group: KnownMergeGroup): Promise<readonly number[]> => {
  const numbers: number[] = [];
  let one: KnownMergeGroup | undefined = group;
  for (let length = 0; one !== undefined && length < longestChain; length += 1) {
    if (one.number !== null) numbers.push(one.number);
    one =
      one.baseSha === ''
        ? undefined
        : await readMergeGroup(planning.desk.hold, one.repositoryId, one.baseSha);
  }
  return numbers;
};

/** Whether a queue can hold it: a commit's title may as well name an issue, or what was merged long ago. */
const isQueued = async ({ desk, site }: Planning, number: number): Promise<boolean> => {
  const known = await readPullRequest(desk.hold, site.known.id, number);
  const state = known?.state ?? (await pullNow(site.client, site.ref, number))?.state;
  return state === 'open';
};

/** Every member we can learn of, from every source: one more can only make the check stricter. */
const membersOf = async (planning: Planning, group: KnownMergeGroup): Promise<readonly number[]> => {
  const { client, ref } = planning.site;
  const members = new Set(await announced(planning, group));
  for (const number of await groupMembersNow(client, ref, group))
    if (!members.has(number) && (await isQueued(planning, number))) members.add(number);
  return [...members];
};

export const planGroup = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const { desk, site } = planning;
  const headSha = promise.lane.split(':').at(-1) ?? '';
  const group = await readMergeGroup(desk.hold, site.known.id, headSha);
  if (group?.state !== 'checks_requested') return nothingToDo(promise);
  const members = await membersOf(planning, group);
  const pulls = await Promise.all(members.map((number) => readPullRequest(desk.hold, site.known.id, number)));
  const known = pulls.filter((pull) => pull !== undefined);
  const judged = (await pictureOfPulls(planning, known)) ?? groupWithoutMembers;
  // A member we know nothing of cannot be vouched for.
  const picture = known.length < members.length ? combine([judged, groupWithoutMembers]) : judged;
  const plan = await planCheck(planning, headSha, { picture, unsure: promise.started !== null });
  return plan === undefined ? nothingToDo(promise) : checksJob(planning, promise, [plan]);
};
