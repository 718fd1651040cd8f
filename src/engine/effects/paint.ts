/** Makes GitHub show an epic as it is: checks first, then what is missing, then links, then what reads differently. */

import { type EpicObject, issueOf, readObject } from '../../core/epic/object.ts';
import { gatehouse } from '../../core/epic/person.ts';
import type { Epic, OpenedEpic } from '../../core/epic/state.ts';
import type { IssueRef } from '../../core/epic/subject.ts';
import type { WriteResult } from '../../github/outgoing/send.ts';
import type { WriteOf } from '../../github/outgoing/write.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { type Painted, paint, readPainted } from '../../ledger/painted.ts';
import { factsWithin } from '../ask.ts';
import { paintWish } from '../wish-paint.ts';
import type { Canvas, Stroke } from './canvas.ts';
import { findLostTwins } from './find-lost-twins.ts';
import { isReallyGone } from './is-really-gone.ts';
import { type Changed, creation, updates } from './issue-strokes.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';
import { linksOf, looseLinksOf } from './links.ts';
import { lookTwice } from './look-twice.ts';
import { digestOf, picturesOf } from './pictures.ts';
import { planChecks } from './plan-checks.ts';
import { isOvertaken, remembered, rememberLabels } from './remember.ts';
import { type CheckPlan, settleChecks } from './sync-checks.ts';
import { ticksOf, withTicks } from './ticks.ts';

const strokesOf = async (canvas: Canvas): Promise<readonly Stroke[]> => {
  const { epic, painted } = canvas;
  const missing: Stroke[] = [];
  const different: Changed[] = [];
  for (const [object, plain] of picturesOf(epic, canvas.engine.sign)) {
    const ticks = ticksOf(painted.get(object)?.remote);
    const picture = { ...plain, body: withTicks(plain.body, ticks) };
    const issue = issueOf(epic, object);
    if (issue === undefined) missing.push(creation(canvas, object, picture));
    else if (painted.get(object)?.digest !== digestOf(picture)) different.push({ object, issue, plain });
  }
  // Bodies name each other's numbers: first everything is there, then it is told.
  if (missing.length > 0) return missing;
  const wanted = linksOf(epic, canvas.site.ref);
  const links = wanted.filter(({ object, digest }) => painted.get(object)?.digest !== digest);
  const loose = looseLinksOf(epic, wanted, painted);
  const plainly = [...links, ...loose].map(({ write, ...one }) => ({ ...one, writes: [write] }));
  return [...plainly, ...(await updates(canvas, different)), ...closing(canvas), ...opening(canvas)];
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
  return [{ writes: [write], object, digest: 'closed' }];
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
  return [{ writes: [write], object, digest: 'open' }];
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
  results: readonly WriteResult[],
): Promise<Painted | undefined> => {
  const named = readObject(stroke.object);
  for (const write of stroke.writes) {
    const result = results.find((one) => one.key === write.key);
    if (result?.ok) continue;
    const repaint = write.kind === 'update-issue' && named !== undefined && result !== undefined;
    if (repaint && (await isReallyGone(canvas.site, write.issue, result.failure)))
      await recordLost(canvas, named);
    return undefined;
  }
  const made = results.flatMap((one) => (one.ok && one.result.kind === 'create-issue' ? [one.result] : []));
  for (const { issue } of made) if (named !== undefined) await recordIssue(canvas, named, issue);
  return { object: stroke.object, digest: stroke.digest, remote: remembered(canvas, stroke, results) };
};

const settle = async (
  canvas: Canvas,
  plan: { readonly checks: readonly CheckPlan[]; readonly strokes: readonly Stroke[] },
  results: readonly WriteResult[],
): Promise<void> => {
  await settleChecks(canvas, plan.checks, results);
  const rows: Painted[] = [];
  let overtaken = false;
  for (const stroke of plan.strokes) {
    const own = results.filter(({ key }) => stroke.writes.some((write) => write.key === key));
    const row = await settleStroke(canvas, stroke, own);
    if (row === undefined) continue;
    rows.push(row);
    overtaken ||= isOvertaken(stroke, row.remote);
  }
  const { desk, epicId } = canvas;
  const { lane } = desk.hold;
  if (rows.length > 0) desk.also((tx) => paint(tx, lane, rows));
  // Somebody's tick was there that we had not heard of: it is put back.
  if (overtaken) desk.promise(paintWish(epicId));
};

/** Nothing of it is known to stand on GitHub: before anything is made there, a look costs one request (threats F60). */
const hasNothing = (epic: Epic): boolean =>
  epic.status !== 'unopened' &&
  epic.checklist === undefined &&
  epic.stages.every((stage) => stage.issue === undefined);

const isIncomplete = ({ epic, engine }: Canvas): boolean =>
  [...picturesOf(epic, engine.sign).keys()].some((object) => issueOf(epic, object) === undefined);

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
  if (unknown && isIncomplete(canvas)) lookTwice(promise);
  const checks = await planChecks(canvas, epic, promise);
  const strokes = await strokesOf(canvas);
  rememberLabels(canvas, strokes);
  return {
    promise,
    writes: [...checks.map((plan) => plan.write), ...strokes.flatMap((stroke) => stroke.writes)],
    creates:
      checks.some((plan) => plan.known === undefined) ||
      strokes.some(({ writes }) => writes.some(({ kind }) => kind === 'create-issue')),
    settle: (results) => settle(canvas, { checks, strokes }, results),
  };
};
