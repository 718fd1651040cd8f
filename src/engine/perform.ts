/** Promises of a held lane → GitHub: planned from the ledger as it is now, sent together, remembered in one transaction. */
import { labelStyle, stateLabels } from '../core/render/labels.ts';
import { GitHubFailure } from '../github/failure.ts';
import { ensureLabels, type LabelWanted } from '../github/outgoing/ensure-labels.ts';
import { knownIds } from '../github/outgoing/ids.ts';
import { send, type WriteResult } from '../github/outgoing/send.ts';
import type { Write } from '../github/outgoing/write.ts';
import { type Attempt, began, failed, kept } from '../ledger/attempts.ts';
import { type DuePromise, due } from '../ledger/due.ts';
import type { LaneHold } from '../ledger/lane.ts';
import { noteRepository } from '../ledger/repositories.ts';
import { type Desk, openDesk } from './desk.ts';
import { earlier } from './earlier.ts';
import type { Job, Planning } from './effects/job.ts';
import { NotSeenYet } from './effects/look-twice.ts';
import type { Engine } from './engine.ts';
import { limitedUntil } from './limited-until.ts';
import { planDue, type Unplanned } from './plan-due.ts';
import { repositoryOfLane } from './repository-of-lane.ts';
import { siteOf } from './site.ts';
import { whyFailed } from './why-failed.ts';
import type { Round } from './work-lane.ts';

const mostAtOnce = 50;
/** A refusal by GitHub is asked about again now and then: permissions come back, repositories are unarchived. */
const refusedPause = 600_000;
const mostTries = 12;
/** GitHub's lists show what was made some moments later. */
const listsLag = 5_000;

const backoff = (tries: number): number => Math.min(300_000, 500 * 2 ** tries);

/** When to try again after these failures; null where the same request would be refused for ever. */
const retryAt = (engine: Engine, promise: DuePromise, failures: readonly GitHubFailure[]): Date | null => {
  const now = engine.now().getTime();
  const limited = failures.find((failure) => failure.kind === 'limited');
  if (limited !== undefined) return limitedUntil(engine, limited);
  if (failures.some((failure) => failure.kind !== 'refused')) return new Date(now + backoff(promise.tries));
  if (promise.kind === 'say' || promise.kind === 'react' || promise.tries >= mostTries) return null;
  return new Date(now + (promise.tries === 0 ? 1_000 : refusedPause));
};

const pauseAfter = (engine: Engine, { tries }: DuePromise, failure: unknown): number =>
  failure instanceof NotSeenYet ? (engine.lag ?? listsLag) : backoff(tries);

const attemptOf = ({ lane, key, wanted }: DuePromise): Attempt => ({ lane, key, wanted });

const labelsIn = (writes: readonly Write[]): readonly LabelWanted[] => {
  const names = new Set(writes.flatMap((write) => ('labels' in write ? (write.labels ?? []) : [])));
  const states = [...names].some((name) => name.startsWith('stage:')) ? stateLabels : [];
  return [...new Set([...names, ...states])].flatMap((name) => {
    const style = labelStyle(name);
    return style === undefined ? [] : [{ name, ...style }];
  });
};

/** Sends with what is known of labels' ids, asking for those not known where GraphQL can use them. */
const sendAll = async (planning: Planning, writes: readonly Write[]): Promise<readonly WriteResult[]> => {
  const { client, ref, known } = planning.site;
  if (writes.length === 0) return [];
  const ids = knownIds(ref.nodeId, known.labels ?? {});
  const before = JSON.stringify(ids.labels);
  await ensureLabels(client, ref, labelsIn(writes), ids);
  const results = await send(client, writes, ids);
  const { labels } = ids;
  if (JSON.stringify(labels) !== before) planning.desk.also((tx) => noteRepository(tx, known.id, { labels }));
  return results;
};

/**
 * Given up is for an operator, put off is worth a look, and waiting for a limit is how it should be. What fails again and
 * again while GitHub answers is a fault of ours or of the database: it is asked for until it is mended, and not quietly.
 */
const complain = (engine: Engine, promise: DuePromise, failure: unknown, until: Date | null): void => {
  const { lane, key, tries } = promise;
  const fields = { lane, promise: key, tries, until, ...whyFailed(failure) };
  if (until === null) engine.log.error({ ...fields, mend: `gatehouse retry ${lane}` }, 'effect given up');
  else if (failure instanceof GitHubFailure && failure.kind === 'limited')
    engine.log.info(fields, 'effect waits for a limit');
  else if (!(failure instanceof GitHubFailure) && tries >= mostTries)
    engine.log.error(fields, 'effect fails whenever it is tried');
  else engine.log.warn(fields, 'effect put off');
};

const settle = async (
  planning: Planning,
  job: Job,
  results: readonly WriteResult[],
): Promise<Date | undefined> => {
  const { engine, desk } = planning;
  await job.settle(results);
  const failures = results.flatMap((result) => (result.ok ? [] : [result.failure]));
  const attempt = attemptOf(job.promise);
  const [first] = failures;
  if (first === undefined) {
    desk.also((tx) => kept(tx, attempt));
    return undefined;
  }
  const until = retryAt(engine, job.promise, failures);
  complain(engine, job.promise, failures.find(({ kind }) => kind === 'limited') ?? first, until);
  // What an attempt before this one did is still to be looked for: this one may have found it, and not have kept it.
  const nothingHappened =
    job.promise.started === null &&
    failures.every((failure) => failure.kind === 'refused' || failure.kind === 'limited');
  const counts = failures.every((failure) => failure.kind !== 'limited');
  const { message: problem } = first;
  desk.also((tx) => failed(tx, { ...attempt, problem, retryAt: until, nothingHappened, counts }));
  return until ?? undefined;
};

/** An answer that cannot be understood is asked for again, for ever: GitHub or we will be mended. */
const putOff = async (
  { engine, desk }: Planning,
  { promise, failure }: Unplanned,
): Promise<Date | undefined> => {
  const until =
    failure instanceof GitHubFailure
      ? retryAt(engine, promise, [failure])
      : new Date(engine.now().getTime() + pauseAfter(engine, promise, failure));
  const problem = failure instanceof Error ? failure.message : String(failure);
  const counts = !(failure instanceof GitHubFailure) || failure.kind !== 'limited';
  await failed(desk.hold, { ...attemptOf(promise), problem, retryAt: until, nothingHappened: false, counts });
  complain(engine, promise, failure, until);
  return until ?? undefined;
};

const putOffAll = async (planning: Planning, unplanned: readonly Unplanned[]): Promise<Date | undefined> => {
  let again: Date | undefined;
  for (const one of unplanned) again = earlier(again, await putOff(planning, one));
  return again;
};

/** What came of sending jobs: all of them, or why none could be sent. */
const sendJobs = async (
  planning: Planning,
  jobs: readonly Job[],
): Promise<readonly WriteResult[] | GitHubFailure> => {
  try {
    return await sendAll(
      planning,
      jobs.flatMap((job) => job.writes),
    );
  } catch (failure) {
    if (failure instanceof GitHubFailure) return failure;
    throw failure;
  }
};

const settleAll = async (
  planning: Planning,
  jobs: readonly Job[],
  results: readonly WriteResult[] | GitHubFailure,
): Promise<Date | undefined> => {
  if (results instanceof GitHubFailure)
    return putOffAll(
      planning,
      jobs.map(({ promise }) => ({ promise, failure: results })),
    );
  let again: Date | undefined;
  let at = 0;
  for (const job of jobs) {
    const own = results.slice(at, at + job.writes.length);
    at += job.writes.length;
    again = earlier(again, await settle(planning, job, own));
  }
  return again;
};

const keepAll = async (planning: Planning, promises: readonly DuePromise[]): Promise<Round> => {
  const { engine, desk } = planning;
  const { jobs, unplanned } = await planDue(planning, promises);
  for (const { promise, alike } of jobs.filter(({ creates }) => creates))
    await began(desk.hold, attemptOf(promise), alike);
  // What a plan learned is written before anything is sent, so that it is true when GitHub shows it.
  const woken = await desk.commit();
  const results = await sendJobs(planning, jobs);
  const again = earlier(await putOffAll(planning, unplanned), await settleAll(planning, jobs, results));
  const changed = await desk.commit();
  if (engine.reach !== undefined) await engine.reach('B11');
  for (const lane of [...woken, ...changed]) if (lane !== desk.hold.lane) engine.wake(lane);
  const worked = jobs.length > 0 && !(results instanceof GitHubFailure);
  return again === undefined ? { worked } : { worked, again };
};

const openPlanning = async (engine: Engine, hold: LaneHold, desk: Desk): Promise<Planning | undefined> => {
  const repositoryId = await repositoryOfLane(hold, hold.lane);
  const site = repositoryId === undefined ? undefined : await siteOf(engine, hold, repositoryId);
  return site === undefined ? undefined : { engine, desk, site };
};

/** Keeps what is due in a held lane. Without the right to act there, promises wait as they are (threats F34). */
export const performDue = async (engine: Engine, hold: LaneHold): Promise<Round> => {
  const promises = await due(hold, hold.lane, mostAtOnce);
  if (promises.length === 0) return { worked: false };
  if (engine.reach !== undefined) await engine.reach('B7');
  const desk = openDesk(hold, engine);
  const planning = await openPlanning(engine, hold, desk);
  return planning === undefined ? { worked: false } : keepAll(planning, promises);
};
