/** The unread deliveries of a held lane, in order, each to its fate; all of a batch is written in one transaction. */
import { GitHubFailure } from '../github/failure.ts';
import type { LaneHold } from '../ledger/lane.ts';
import { markDelivery, postpone } from '../ledger/mark-delivery.ts';
import { type Delivery, unread } from '../ledger/unread.ts';
import { isElsewhere, isRefusedByDatabase, WrongShape } from './cause-of-failure.ts';
import { type Desk, openDesk } from './desk.ts';
import type { Engine } from './engine.ts';
import { type Bench, interpret } from './interpret.ts';
import { limitedUntil } from './limited-until.ts';
import { sayForbidden } from './say-forbidden.ts';
import { whyFailed } from './why-failed.ts';
import type { Round } from './work-lane.ts';

const mostAtOnce = 200;
/** Outside epics' own lanes one delivery may decide where the next belongs: they are written one by one. */
const batchSize = (lane: string): number => (lane.startsWith('epic:') ? mostAtOnce : 1);
/** Facts asked for a batch are as old as the batch: it ends before they are stale (threats T26). */
const longestBatch = 1_000;
/** After this many tries a delivery is set aside, so that what is behind it can go on (threats F14). */
const mostTries = 8;
/** Outages of GitHub's or the database's are not the delivery's fault: with the pauses below this is three hours and a half (threats F21). */
const mostTriesAway = 48;

const wait = (tries: number): number => Math.min(300_000, 1_000 * 2 ** tries);

const sentence = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));

/** What a failed delivery waits for; null where waiting cannot help. */
const retryAt = (engine: Engine, delivery: Delivery, failure: unknown): Date | null => {
  const now = engine.now().getTime();
  if (failure instanceof WrongShape) return null;
  if (failure instanceof GitHubFailure && failure.kind === 'limited') return limitedUntil(engine, failure);
  const most = isElsewhere(failure) ? mostTriesAway : mostTries;
  return delivery.tries >= most ? null : new Date(now + wait(delivery.tries));
};

const readOne = async (bench: Bench, delivery: Delivery): Promise<unknown> => {
  const undo = bench.desk.savepoint();
  try {
    const fate = await interpret(bench, delivery);
    if (fate !== 'moved') {
      bench.desk.also(async (tx) => {
        await markDelivery(tx, delivery.seq, fate);
      });
    }
    return fate === 'moved' ? fate : undefined;
  } catch (failure) {
    undo();
    bench.memory.clear();
    bench.asked.clear();
    bench.sites.clear();
    return failure;
  }
};

const putOff = async (
  engine: Engine,
  desk: Desk,
  delivery: Delivery,
  failure: unknown,
): Promise<Date | undefined> => {
  const until = retryAt(engine, delivery, failure);
  const fields = {
    delivery: delivery.guid,
    event: delivery.event,
    action: delivery.action,
    lane: delivery.lane,
    tries: delivery.tries,
  };
  if (until !== null) {
    const counts = !(failure instanceof GitHubFailure) || failure.kind !== 'limited';
    if (counts) engine.log.warn({ ...fields, ...whyFailed(failure), until }, 'delivery put off');
    else engine.log.info({ ...fields, ...whyFailed(failure), until }, 'delivery waits for a limit');
    if (delivery.tries === 0) {
      await sayForbidden(desk, delivery, failure);
      await commit(engine, desk, delivery.lane);
    }
    await postpone(desk.hold, delivery.seq, { until, problem: sentence(failure), counts });
    return until;
  }
  const mend = `gatehouse retry ${delivery.guid}`;
  engine.log.error({ ...fields, ...whyFailed(failure), mend }, 'delivery set aside');
  await markDelivery(desk.hold, delivery.seq, 'set_aside', sentence(failure));
  return undefined;
};

const commit = async (engine: Engine, desk: Desk, lane: string): Promise<void> => {
  for (const other of await desk.commit()) if (other !== lane) engine.wake(other);
};

const toRound = (again: Date | undefined): Round =>
  again === undefined ? { worked: true } : { worked: false, again };

const readBatch = async (engine: Engine, hold: LaneHold, deliveries: readonly Delivery[]): Promise<Round> => {
  const desk = openDesk(hold, engine);
  const bench: Bench = {
    engine,
    desk,
    lane: hold.lane,
    memory: new Map(),
    asked: new Map(),
    sites: new Map(),
  };
  const enough = engine.now().getTime() + longestBatch;
  for (const delivery of deliveries) {
    const failure = await readOne(bench, delivery);
    if (failure === undefined) {
      if (engine.now().getTime() > enough) break;
      continue;
    }
    await commit(engine, desk, hold.lane);
    if (failure === 'moved') {
      engine.log.debug({ delivery: delivery.guid }, 'delivery moved to its epic');
      return { worked: true };
    }
    return toRound(await putOff(engine, desk, delivery, failure));
  }
  await commit(engine, desk, hold.lane);
  return { worked: true };
};

/**
 * Reads one batch. What cannot be understood is set aside; what GitHub or the database kept from being read waits in its
 * place. Where the database will not take what a batch came to, each is read by itself, so that only one is held for it.
 */
export const readUnread = async (
  engine: Engine,
  hold: LaneHold,
  most = batchSize(hold.lane),
): Promise<Round> => {
  const deliveries = await unread(hold, hold.lane, most);
  const [first, ...more] = deliveries;
  if (first === undefined) return { worked: false };
  if (engine.reach !== undefined) await engine.reach('B5');
  try {
    return await readBatch(engine, hold, deliveries);
  } catch (failure) {
    if (!isRefusedByDatabase(failure)) throw failure;
    if (more.length > 0) return readUnread(engine, hold, 1);
    return toRound(await putOff(engine, openDesk(hold, engine), first, failure));
  }
};
