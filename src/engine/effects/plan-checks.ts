/** The checks of an epic's pull requests: with the rest of its picture, or alone where that has to wait. */
import type { OpenedEpic } from '../../core/epic/state.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';
import { planGroupsOf } from './plan-groups.ts';
import { type CheckPlan, planCheckOfHead, settleChecks } from './sync-checks.ts';

/** Heads our pull requests have, and those they left: another pull request may still be there, judged with ours (threats T16). */
const headsOf = (epic: OpenedEpic): ReadonlySet<string> =>
  new Set(
    epic.pulls.flatMap(({ state, head, shown }) => [
      ...(state === 'open' ? [head] : []),
      ...(shown === undefined ? [] : [shown]),
    ]),
  );

/** The checks that do not say what they should, and the wish to judge merge groups again. */
export const planChecks = async (
  planning: Planning,
  epic: OpenedEpic,
  promise: Pick<DuePromise, 'started'>,
): Promise<readonly CheckPlan[]> => {
  const plans: CheckPlan[] = [];
  for (const head of headsOf(epic)) {
    const plan = await planCheckOfHead(planning, head, promise);
    if (plan !== undefined) plans.push(plan);
  }
  await planGroupsOf(planning, epic);
  return plans;
};

/** The job that writes what checks should say, and nothing else. */
export const checksJob = (planning: Planning, promise: DuePromise, plans: readonly CheckPlan[]): Job => ({
  promise,
  writes: plans.map((plan) => plan.write),
  creates: plans.some((plan) => plan.known === undefined),
  settle: (results) => settleChecks(planning, plans, results),
});

/**
 * Keeps the checks in step while the rest of the picture waits after a refusal: an issue that GitHub does not let us write
 * must not leave a check at success that has lost its approval (threats F28, invariant I5).
 */
export const planChecksAlone = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const epic = await planning.desk.epic(promise.epicId ?? '');
  if (epic.status === 'unopened') return nothingToDo(promise);
  // What waits may have made a run and not have heard of it.
  const plans = await planChecks(planning, epic, { started: promise.started ?? promise.wanted });
  return { ...checksJob(planning, promise, plans), alike: 'paint' };
};
