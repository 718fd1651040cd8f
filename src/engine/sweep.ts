/** Wakes what is unfinished: after a crash, a lost wake-up or another replica's end, work goes on from the rows (design rule 5). */
import { lanesWithDue, lanesWithUnread } from '../ledger/waiting-lanes.ts';
import type { Engine } from './engine.ts';

const mostLanes = 500;

/** Answers how many lanes were woken. */
export const sweep = async (engine: Engine): Promise<number> => {
  const [unread, due] = await Promise.all([
    lanesWithUnread(engine.db, mostLanes),
    lanesWithDue(engine.db, mostLanes),
  ]);
  const lanes = new Map([...unread, ...due].map((one) => [one.lane, one.repositoryId]));
  for (const [lane, repositoryId] of lanes) engine.wake(lane, undefined, repositoryId ?? undefined);
  return lanes.size;
};
