/** Which repository a lane's effects are for. */
import type { Connection } from '../ledger/database.ts';
import { getEpic } from '../ledger/read-models/epics.ts';

/** From the lane's name, or from the epic it is of; undefined where neither says (a lane of an installation). */
export const repositoryOfLane = async (on: Connection, lane: string): Promise<number | undefined> => {
  const [kind = '', rest = ''] = [lane.slice(0, lane.indexOf(':')), lane.slice(lane.indexOf(':') + 1)];
  if (kind === 'epic') return (await getEpic(on, rest))?.repositoryId;
  const id = Number(/^\d+/.exec(rest)?.[0]);
  return kind !== 'installation' && Number.isSafeInteger(id) ? id : undefined;
};
