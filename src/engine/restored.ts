/** A ledger brought back from a copy older than GitHub: what GitHub shows is doubted, and what it delivered since is asked for again (threats F60). */
import { redeliver } from '../github/facts/failed-deliveries.ts';
import { recentAttempts } from '../github/facts/hook-config.ts';
import { connectGitHub, type GitHub } from '../github/octokit.ts';
import { type Doubted, doubtEverything } from '../ledger/doubt.ts';
import { promise } from '../ledger/outbox.ts';
import { openEpics } from '../ledger/read-models/live-epics.ts';
import { missing } from '../ledger/redeliveries.ts';
import { inTransaction } from '../ledger/transaction.ts';
import type { Surroundings } from './examine-here.ts';
import { type OpenLedger, openLedger } from './open-ledger.ts';
import { refreshWish } from './wish-refresh.ts';

/** What was set going. */
export interface TakenUp extends Doubted {
  /** Epics compared with GitHub as soon as a service runs. */
  readonly epics: number;
  /** Deliveries of the last three days that are not in the inbox. */
  readonly deliveries: number;
}

const page = 1_000;
const threeDays = 3 * 24 * 3_600_000;
const mostLooked = 200_000;

const compareAll = async (db: OpenLedger['db']): Promise<number> => {
  let count = 0;
  for (let after = ''; ; ) {
    const epics = await openEpics(db, after, page);
    const last = epics.at(-1);
    if (last === undefined) return count;
    const wishes = epics.map((epic) => refreshWish(epic.id, 'reconcile'));
    await inTransaction(db, (tx) => promise(tx, wishes));
    count += epics.length;
    after = last.id;
  }
};

/** The oldest first, so that they come in their old order; one that fails now is asked for again by the running service. */
const askForDeliveries = async (db: OpenLedger['db'], { app }: GitHub, now: Date): Promise<number> => {
  const attempts = await recentAttempts(app, new Date(now.getTime() - threeDays), mostLooked);
  const first = new Map(attempts.map((one) => [one.guid, one]));
  const wanted = new Set(await missing(db, [...first.keys()]));
  const lost = [...first.values()].filter((one) => wanted.has(one.guid)).reverse();
  for (const one of lost) await redeliver(app, one.id);
  return lost.length;
};

/**
 * Says that the ledger `surroundings` name was brought back. Throws NoLedger, and GitHubFailure where GitHub could not be
 * asked: then say it again. Saying it twice, or without need, costs requests and changes nothing.
 */
export const takeUp = async (surroundings: Surroundings): Promise<TakenUp> => {
  const ledger = await openLedger(surroundings);
  const github = connectGitHub(surroundings);
  try {
    const doubted = await inTransaction(ledger.db, doubtEverything);
    const epics = await compareAll(ledger.db);
    const deliveries = await askForDeliveries(ledger.db, github, new Date());
    return { ...doubted, epics, deliveries };
  } finally {
    github.close();
    await ledger.close();
  }
};
