/** The check runs of heads: what they should say, and the writes that make them say it (contract §5). */
import { judgePull } from '../../core/epic/pull-request.ts';
import type { Epic } from '../../core/epic/state.ts';
import { type CheckPicture, checkRun, combine } from '../../core/render/check-run.ts';
import { findCheckRuns } from '../../github/outgoing/find-check-runs.ts';
import type { WriteResult } from '../../github/outgoing/send.ts';
import type { Write } from '../../github/outgoing/write.ts';
import { forgetCheck, type KnownCheckRun, readCheckRun, saveCheckRun } from '../../ledger/check-runs.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { type KnownPullRequest, openPullRequests } from '../../ledger/pull-requests.ts';
import { rulesKnown } from '../repository-rules.ts';
import type { Planning } from './job.ts';
import { digestOf } from './pictures.ts';
import { recordShown, tellOthers } from './record-shown.ts';
import { withoutEchoes } from './without-echoes.ts';

/** A head whose check must be written, and how it shall look. */
export interface CheckPlan {
  readonly headSha: string;
  readonly picture: CheckPicture;
  readonly known: KnownCheckRun | undefined;
  readonly write: Write;
}

/** GitHub calls an unfinished run stale after fourteen days; ours are made anew before that (contract §5). */
const freshFor = 12 * 24 * 3_600_000;

const pictureOf = async (planning: Planning, pull: KnownPullRequest): Promise<CheckPicture> => {
  const { desk, site } = planning;
  const epic: Epic = pull.epicId === null ? { status: 'unopened' } : await desk.epic(pull.epicId);
  const linked =
    epic.status === 'unopened' ? undefined : epic.pulls.find((one) => one.number === pull.number);
  if (epic.status === 'unopened' || linked === undefined) {
    const { policy } = (await rulesKnown(desk.hold, site)).configuration;
    return checkRun({ kind: 'none', block: policy.unlinkedPullRequests === 'block' });
  }
  return checkRun({ kind: 'stage', epic, pull: linked, verdict: judgePull(epic, linked) });
};

/** How the pull requests' checks add up: one commit can be the head of several (threats T16). */
export const pictureOfPulls = async (
  planning: Planning,
  pulls: readonly KnownPullRequest[],
): Promise<CheckPicture | undefined> => {
  const pictures: CheckPicture[] = [];
  for (const pull of pulls) pictures.push(await pictureOf(planning, pull));
  return pictures.length === 0 ? undefined : combine(pictures);
};

/** A run that says "waiting" too long grows stale; and GitHub never changes the verdict of one that has ended (platform §4.1). */
const isSpent = (planning: Planning, known: KnownCheckRun, picture: CheckPicture): boolean =>
  known.status === 'completed'
    ? picture.status !== 'completed' || known.conclusion !== picture.conclusion
    : planning.engine.now().getTime() - known.createdAt.getTime() > freshFor;

const externalIdOf = (repositoryId: number, headSha: string): string => `${repositoryId}/${headSha}`;

/** Our newest run on a head, as GitHub knows it, whatever made it: merging goes by that one (threats F07, F60). */
const findRun = async (
  planning: Planning,
  headSha: string,
  recorded: KnownCheckRun | undefined,
): Promise<KnownCheckRun | undefined> => {
  const { client, ref, known } = planning.site;
  const runs = await findCheckRuns(client, ref, headSha);
  const newest = runs.toSorted((one, other) => other.checkRunId - one.checkRunId)[0];
  if (newest === undefined) return undefined;
  const { checkRunId, nodeId, status, conclusion } = newest;
  const createdAt = recorded?.checkRunId === checkRunId ? recorded.createdAt : planning.engine.now();
  return { repositoryId: known.id, headSha, checkRunId, nodeId, status, conclusion, digest: '', createdAt };
};

/**
 * The write that makes a head's check look like `picture`; none where it does already. `unsure`: an earlier attempt may
 * have made a run without our knowing.
 */
export const planCheck = async (
  planning: Planning,
  headSha: string,
  { picture, unsure }: { readonly picture: CheckPicture; readonly unsure: boolean },
): Promise<CheckPlan | undefined> => {
  const repositoryId = planning.site.known.id;
  const recorded = await readCheckRun(planning.desk.hold, repositoryId, headSha);
  // A row without a digest: what GitHub shows was not as it was remembered, or somebody asked to look again.
  const makes = recorded === undefined || isSpent(planning, recorded, picture);
  const doubtful = (makes && unsure) || recorded?.digest === '';
  const found = doubtful ? await findRun(planning, headSha, recorded) : recorded;
  const known = found !== undefined && isSpent(planning, found, picture) ? undefined : found;
  if (known?.digest === digestOf(picture)) return undefined;
  const write: Write = {
    kind: 'put-check-run',
    key: `check:${headSha}`,
    repository: planning.site.ref,
    headSha,
    externalId: externalIdOf(repositoryId, headSha),
    ...picture,
    ...(known === undefined ? {} : { checkRunId: known.checkRunId, nodeId: known.nodeId }),
  };
  return { headSha, picture, known, write };
};

/** The check of a head that pull requests have, if it must be written. */
export const planCheckOfHead = async (
  planning: Planning,
  headSha: string,
  promise: Pick<DuePromise, 'started'>,
): Promise<CheckPlan | undefined> => {
  const pulls = await openPullRequests(planning.desk.hold, planning.site.known.id, headSha);
  const picture = await pictureOfPulls(planning, withoutEchoes(pulls));
  if (picture === undefined) return undefined;
  const plan = await planCheck(planning, headSha, { picture, unsure: promise.started !== null });
  // Another lane has written what this one would say: people see it all the same.
  if (plan === undefined) await recordShown(planning, headSha);
  return plan;
};

/** Remembers the check runs that were written. */
export const settleChecks = async (
  planning: Planning,
  plans: readonly CheckPlan[],
  results: readonly WriteResult[],
): Promise<void> => {
  for (const plan of plans) {
    const result = results.find((one) => one.key === plan.write.key);
    // Not there: another one is made only after a look, since one wrong 404 must not leave two verdicts on a head.
    if (result?.ok === false && result.failure.status === 404 && plan.known !== undefined)
      planning.desk.also((tx) => forgetCheck(tx, planning.site.known.id, plan.headSha));
    if (result?.ok !== true || result.result.kind !== 'put-check-run') continue;
    const { checkRunId, nodeId } = result.result;
    const same = plan.known?.checkRunId === checkRunId;
    const run: KnownCheckRun = {
      repositoryId: planning.site.known.id,
      headSha: plan.headSha,
      checkRunId,
      nodeId,
      status: plan.picture.status,
      conclusion: plan.picture.conclusion ?? null,
      digest: digestOf(plan.picture),
      createdAt: same && plan.known !== undefined ? plan.known.createdAt : planning.engine.now(),
    };
    planning.desk.also((tx) => saveCheckRun(tx, run));
    await recordShown(planning, plan.headSha);
    await tellOthers(planning, plan.headSha);
  }
};
