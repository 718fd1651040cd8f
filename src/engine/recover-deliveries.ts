/** What GitHub could not deliver is asked for again, until it is in the inbox (threats A1, F01; platform: GitHub never does by itself). */
import { failedDeliveries, redeliver } from '../github/facts/failed-deliveries.ts';
import { countRedelivery, forgetRedeliveries, missing } from '../ledger/redeliveries.ts';
import { claimRound, leaveNote, readNote } from '../ledger/rounds.ts';
import type { Engine } from './engine.ts';

const round = 'recover-deliveries';
const minute = 60_000;
/** GitHub's own memory. */
const longest = 3 * 24 * 60 * minute;
/** Attempts under way when the log was read are found by the next round. */
const overlap = 10 * minute;
const mostTries = 10;

/**
 * One look at the App's delivery log, at most once per `every` milliseconds over all replicas. Answers how many
 * deliveries were asked for again. A delivery that is in the inbox by now is left alone; one that fails ten times more is
 * reported and left to the reconcile. Throws GitHubFailure; the next look begins where the last complete one ended.
 */
export const recoverDeliveries = async (engine: Engine, every: number): Promise<number> => {
  if (!(await claimRound(engine.db, round, every))) return 0;
  const now = engine.now().getTime();
  const note = Number((await readNote(engine.db, round)) ?? 0);
  const failed = await failedDeliveries(engine.github.app, new Date(Math.max(note, now - longest)));
  const newest = new Map(failed.map((one) => [one.guid, one]));
  const wanted = new Set(await missing(engine.db, [...newest.keys()]));
  let asked = 0;
  for (const { id, guid, deliveredAt } of newest.values()) {
    if (!wanted.has(guid)) continue;
    const tries = await countRedelivery(engine.db, guid);
    if (tries > mostTries) {
      if (tries === mostTries + 1)
        engine.log.error({ delivery: guid, deliveredAt }, 'a delivery cannot be had; reconcile is left');
      continue;
    }
    await redeliver(engine.github.app, id);
    asked += 1;
  }
  if (asked > 0) engine.log.info({ asked }, 'asked GitHub for deliveries that failed');
  await leaveNote(engine.db, round, String(now - overlap));
  await forgetRedeliveries(engine.db);
  return asked;
};
