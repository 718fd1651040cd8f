/** What GitHub could not deliver is asked for again, until it is in the inbox (threats A1, F01; platform: GitHub never does by itself). */
import { type FailedDelivery, failedDeliveries, redeliver } from '../github/facts/failed-deliveries.ts';
import { GitHubFailure } from '../github/failure.ts';
import { countRedelivery, forgetRedeliveries, isAnyDue, missing } from '../ledger/redeliveries.ts';
import { claimRound, leaveNote, readNote } from '../ledger/rounds.ts';
import type { Engine } from './engine.ts';

const round = 'recover-deliveries';
const minute = 60_000;
/** GitHub's own memory. */
const longest = 3 * 24 * 60 * minute;
/** Attempts under way when the log was read are found by the next round. */
const overlap = 10 * minute;
/** With the pauses between them, which double from a minute on, eight hours and a half. */
const mostTries = 10;

/** `waits`: it is asked for later. */
const askAgain = async (
  { db, github, log }: Engine,
  { id, guid, deliveredAt }: FailedDelivery,
  pause: number,
): Promise<'asked' | 'waits' | 'left'> => {
  const tries = await countRedelivery(db, guid, pause);
  if (tries === undefined) return 'waits';
  if (tries > mostTries) {
    if (tries === mostTries + 1)
      log.error({ delivery: guid, deliveredAt }, 'a delivery cannot be had; reconcile is left');
    return 'left';
  }
  try {
    await redeliver(github.app, id);
    return 'asked';
  } catch (failure) {
    if (!(failure instanceof GitHubFailure) || failure.kind !== 'refused') throw failure;
    log.warn({ delivery: guid, deliveredAt, err: failure }, 'a delivery could not be asked for again');
    return 'waits';
  }
};

/** A note of its own, because an older version beside us reads the other one. */
const waitingRound = `${round}/waiting`;

/** The log was read up to `done`; from `waiting` on it holds what is asked for again later. */
const readPlace = async ({ db }: Engine): Promise<{ readonly done: number; readonly waiting: number }> => {
  const waiting = await readNote(db, waitingRound);
  return {
    done: Number((await readNote(db, round)) ?? 0),
    waiting: Number(waiting ?? Number.POSITIVE_INFINITY),
  };
};

/** Asks for what failed and is in no inbox; answers how many, and since when others have to wait. */
const askFor = async (
  engine: Engine,
  failed: readonly FailedDelivery[],
  pause: number,
): Promise<{ readonly asked: number; readonly waiting: number }> => {
  const newest = new Map(failed.map((one) => [one.guid, one]));
  const wanted = new Set(await missing(engine.db, [...newest.keys()]));
  let asked = 0;
  let waiting = Number.POSITIVE_INFINITY;
  for (const one of newest.values()) {
    if (!wanted.has(one.guid)) continue;
    const came = await askAgain(engine, one, pause);
    if (came === 'asked') asked += 1;
    if (came === 'waits') waiting = Math.min(waiting, one.deliveredAt.getTime());
  }
  return { asked, waiting };
};

/**
 * One look at the App's delivery log, at most once per `every` milliseconds over all replicas. Answers how many
 * deliveries were asked for again. A delivery that is in the inbox by now is left alone; one that fails again is asked for
 * after longer and longer pauses, so that a closed door or a wrong secret may last for hours; after ten times it is
 * reported and left to the reconcile. Throws GitHubFailure; the next look begins where the last complete one ended.
 */
export const recoverDeliveries = async (engine: Engine, every: number): Promise<number> => {
  const { db, github } = engine;
  if (!(await claimRound(db, round, every))) return 0;
  const now = engine.now().getTime();
  const pause = 2 * every;
  const before = await readPlace(engine);
  // Far back only where something there is due: a log may be long.
  const far = await isAnyDue(db, mostTries, pause);
  const since = Math.max(far ? Math.min(before.done, before.waiting) : before.done, now - longest);
  const { asked, waiting } = await askFor(engine, await failedDeliveries(github.app, new Date(since)), pause);
  if (asked > 0) engine.log.info({ asked }, 'asked GitHub for deliveries that failed');
  await leaveNote(db, waitingRound, String(far ? waiting : Math.min(waiting, before.waiting)));
  await leaveNote(db, round, String(now - overlap));
  await forgetRedeliveries(db);
  return asked;
};
