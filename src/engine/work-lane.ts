/** Working one lane: read what came in, in order, then tell GitHub, until nothing is left. */
import { inLane, type LaneHold } from '../ledger/lane.ts';
import { earlier } from './earlier.ts';
import type { Engine } from './engine.ts';
import type { Worked } from './lanes.ts';
import { performDue } from './perform.ts';
import { readUnread } from './read-unread.ts';

/** What one round did: whether there may be more, and when to look again where something has to wait. */
export interface Round {
  readonly worked: boolean;
  readonly again?: Date;
}

const work = async (
  engine: Engine,
  hold: LaneHold,
  isOver: () => boolean,
): Promise<Exclude<Worked, 'busy'>> => {
  let again: Date | undefined;
  for (;;) {
    const read = await readUnread(engine, hold);
    const performed = await performDue(engine, hold);
    again = earlier(read.again, performed.again);
    if (isOver() || (!read.worked && !performed.worked)) return again === undefined ? {} : { again };
  }
};

/**
 * Works a lane if nobody else does, in this process or another. Where `isOver` the lane is given back after the round
 * under way; what is left is found by whoever comes next.
 */
export const workLane = async (
  engine: Engine,
  lane: string,
  isOver: () => boolean = () => false,
): Promise<Worked> => {
  const worked = await inLane(engine.db, lane, (hold) => work(engine, hold, isOver));
  if (engine.reach !== undefined) await engine.reach('B12');
  return worked;
};
