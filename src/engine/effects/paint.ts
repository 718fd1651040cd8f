/** Makes GitHub show an epic as it is: checks first, then what is missing, then links, then what reads differently. */

import { type EpicObject, issueOf, readObject } from '../../core/epic/object.ts';
import type { Person } from '../../core/epic/person.ts';
import { gatehouse } from '../../core/epic/person.ts';
import { pastRounds } from '../../core/epic/round-of.ts';
import type { Epic, OpenedEpic } from '../../core/epic/state.ts';
import type { IssueRef } from '../../core/epic/subject.ts';
import type { IssuePicture } from '../../core/render/stage-issue.ts';
import type { WriteResult } from '../../github/outgoing/send.ts';
import type { Write, WriteOf } from '../../github/outgoing/write.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { type Painted, paint, readPainted } from '../../ledger/painted.ts';
import { factsWithin } from '../ask.ts';
import { findLostTwins } from './find-lost-twins.ts';
import { isReallyGone } from './is-really-gone.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';
import { linksOf, looseLinksOf } from './links.ts';
import { digestOf, picturesOf } from './pictures.ts';
import { planGroupsOf } from './plan-groups.ts';
import { type CheckPlan, planCheckOfHead, settleChecks } from './sync-checks.ts';
import { ticksOf, withTicks } from './ticks.ts';

interface Canvas extends Planning {
  readonly epicId: string;
  readonly epic: OpenedEpic;
  readonly painted: ReadonlyMap<string, Painted>;
}

/** What a successful write makes true, to be remembered as painted. */
interface Stroke {
  readonly write: Write;
  readonly object: string;
  readonly digest: string;
}

const peopleOf = (epic: OpenedEpic, logins: readonly string[]): readonly Person[] =>
  logins.flatMap((login) => {
    const rounds = epic.stages.flatMap((stage) => [stage, ...pastRounds(stage)]);
    return rounds.find(({ claimant }) => claimant?.login === login)?.claimant ?? [];
  });

const contentOf = ({ epic }: Canvas, picture: IssuePicture) => ({
  title: picture.title,
  body: picture.body,
  labels: picture.labels,
  assignees: peopleOf(epic, picture.assignees),
});

const creation = (canvas: Canvas, object: string, picture: IssuePicture): Stroke => {
  const write: WriteOf<'create-issue'> = {
    kind: 'create-issue',
    key: object,
    repository: canvas.site.ref,
    ...contentOf(canvas, picture),
  };
  // Every issue is born open.
  return { write, object, digest: digestOf({ ...picture, state: 'open' }) };
};

const update = (canvas: Canvas, object: string, picture: IssuePicture, issue: IssueRef): Stroke => {
  const reason = picture.stateReason === undefined ? {} : { stateReason: picture.stateReason };
  const write: WriteOf<'update-issue'> = {
    kind: 'update-issue',
    key: object,
    repository: canvas.site.ref,
    issue,
    ...contentOf(canvas, picture),
    state: picture.state,
    ...reason,
  };
  return { write, object, digest: digestOf(picture) };
};

const strokesOf = (canvas: Canvas): readonly Stroke[] => {
  const { epic, painted } = canvas;
  const missing: Stroke[] = [];
  const different: Stroke[] = [];
  for (const [object, plain] of picturesOf(epic, canvas.engine.sign)) {
    const picture = { ...plain, body: withTicks(plain.body, ticksOf(painted.get(object)?.remote)) };
    const issue = issueOf(epic, object);
    if (issue === undefined) missing.push(creation(canvas, object, picture));
    else if (painted.get(object)?.digest !== digestOf(picture))
      different.push(update(canvas, object, picture, issue));
  }
  // Bodies name each other's numbers: first everything is there, then it is told.
  if (missing.length > 0) return missing;
  const wanted = linksOf(epic, canvas.site.ref);
  const links = wanted.filter(({ object, digest }) => painted.get(object)?.digest !== digest);
  const loose = looseLinksOf(epic, wanted, painted);
  return [...links, ...loose, ...different, ...closing(canvas), ...opening(canvas)];
};

/** The epic's own issue is closed once, when all is done, where the policy says so (contract §3). */
const closing = ({ epic, painted, site }: Canvas): readonly Stroke[] => {
  const object = `epic-closed:${epic.round}`;
  if (epic.status !== 'done' || !epic.rules.policy.closeEpic || painted.has(object)) return [];
  const write: WriteOf<'update-issue'> = {
    kind: 'update-issue',
    key: object,
    repository: site.ref,
    issue: epic.subject.issue,
    state: 'closed',
    stateReason: 'completed',
  };
  return [{ write, object, digest: 'closed' }];
};

/** Once another batch begins, what was closed because all was done is open again. */
const opening = ({ epic, painted, site }: Canvas): readonly Stroke[] => {
  const object = `epic-opened:${epic.round}`;
  const closed = painted.has(`epic-closed:${epic.round - 1}`);
  if (epic.former?.reason === undefined || epic.status === 'done' || !closed || painted.has(object))
    return [];
  const write: WriteOf<'update-issue'> = {
    kind: 'update-issue',
    key: object,
    repository: site.ref,
    issue: epic.subject.issue,
    state: 'open',
  };
  return [{ write, object, digest: 'open' }];
};

/** The epic with what other promises of the same round have learned, so that old rules are not said again. */
const epicNow = async ({ desk, epicId, epic }: Canvas): Promise<OpenedEpic> => {
  const now = await desk.epic(epicId);
  return now.status === 'unopened' ? epic : now;
};

const recordIssue = async (canvas: Canvas, object: EpicObject, issue: IssueRef): Promise<void> => {
  const { engine, desk, epicId } = canvas;
  const epic = await epicNow(canvas);
  const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `perform/${object}/${issue.id}`);
  await desk.handle(epicId, { ...facts, type: 'RecordIssue', object, issue });
};

const recordLost = async (canvas: Canvas, object: EpicObject): Promise<void> => {
  const { engine, desk, epicId } = canvas;
  const epic = await epicNow(canvas);
  const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `perform/lost/${object}`);
  await desk.handle(epicId, { ...facts, type: 'RecordIssueLost', object });
};

const settleStroke = async (
  canvas: Canvas,
  stroke: Stroke,
  result: WriteResult,
): Promise<Painted | undefined> => {
  const named = readObject(stroke.object);
  if (!result.ok) {
    const { write } = stroke;
    const repaint = write.kind === 'update-issue' && named !== undefined;
    if (repaint && (await isReallyGone(canvas.site, write.issue, result.failure)))
      await recordLost(canvas, named);
    return undefined;
  }
  if (result.result.kind === 'create-issue' && named !== undefined) {
    await recordIssue(canvas, named, result.result.issue);
  }
  const remote = canvas.painted.get(stroke.object)?.remote ?? null;
  return { object: stroke.object, digest: stroke.digest, remote };
};

const settle = async (
  canvas: Canvas,
  plan: { readonly checks: readonly CheckPlan[]; readonly strokes: readonly Stroke[] },
  results: readonly WriteResult[],
): Promise<void> => {
  await settleChecks(canvas, plan.checks, results);
  const rows: Painted[] = [];
  for (const stroke of plan.strokes) {
    const result = results.find((one) => one.key === stroke.write.key);
    const row = result === undefined ? undefined : await settleStroke(canvas, stroke, result);
    if (row !== undefined) rows.push(row);
  }
  if (rows.length > 0) canvas.desk.also((tx) => paint(tx, canvas.desk.hold.lane, rows));
};

/** Heads our pull requests have, and those they left: another pull request may still be there, judged with ours (threats T16). */
const headsOf = (epic: OpenedEpic): ReadonlySet<string> =>
  new Set(
    epic.pulls.flatMap(({ state, head, shown }) => [
      ...(state === 'open' ? [head] : []),
      ...(shown === undefined ? [] : [shown]),
    ]),
  );

const planChecks = async (canvas: Canvas, promise: DuePromise): Promise<readonly CheckPlan[]> => {
  const heads = headsOf(canvas.epic);
  const plans: CheckPlan[] = [];
  for (const head of heads) {
    const plan = await planCheckOfHead(canvas, head, promise);
    if (plan !== undefined) plans.push(plan);
  }
  return plans;
};

/** Nothing of it is known to stand on GitHub: before anything is made there, a look costs one request (threats F60). */
const hasNothing = (epic: Epic): boolean =>
  epic.status !== 'unopened' &&
  epic.checklist === undefined &&
  epic.stages.every((stage) => stage.issue === undefined);

/**
 * Plans what differs between the epic and what GitHub was last made to show. Rendered from the epic as it is now, so
 * twenty events in a burst cost one refresh. After an unknown outcome, issues already made are looked for first.
 */
export const planPaint = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const epicId = promise.epicId ?? '';
  const unknown = promise.started !== null;
  if (unknown || hasNothing(await planning.desk.epic(epicId))) await findLostTwins(planning, epicId, unknown);
  const epic = await planning.desk.epic(epicId);
  if (epic.status === 'unopened') return nothingToDo(promise);
  const painted = await readPainted(planning.desk.hold, planning.desk.hold.lane);
  const canvas: Canvas = { ...planning, epicId, epic, painted };
  const checks = await planChecks(canvas, promise);
  await planGroupsOf(planning, epic);
  const strokes = strokesOf(canvas);
  return {
    promise,
    writes: [...checks.map((plan) => plan.write), ...strokes.map((stroke) => stroke.write)],
    creates:
      checks.some((plan) => plan.known === undefined) ||
      strokes.some((stroke) => stroke.write.kind === 'create-issue'),
    settle: (results) => settle(canvas, { checks, strokes }, results),
  };
};
