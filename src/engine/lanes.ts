/** Who works on which lane in this process: one at a time per lane, so many at once, a wake-up per burst. */

import { queueOfLanes, type Turn } from './queue-of-lanes.ts';

/** See `runLanes`. */
export interface Lanes {
  /** `repository`: whose turn it takes; the lane's own where nobody says. */
  readonly wake: (lane: string, at?: Date, repository?: number) => void;
  /** Lanes at work or waiting for a place. */
  readonly busy: () => number;
  /** Takes no new work and waits for the rounds under way. */
  readonly stop: () => Promise<void>;
}

/** What working a lane came to: `busy` where another process holds it, or a moment at which to look again. */
export type Worked = { readonly again?: Date } | 'busy';

/** How long to leave a lane to its other holder before asking again; the sweep asks too. */
const busyPause = 250;

/** A lane that fails again and again is left alone longer each time, or it would ask GitHub the same each second (threats F56). */
const failurePause = (times: number): number => Math.min(10_000, 500 * 2 ** times);

/**
 * Runs `work` for lanes that were woken, at most `workers` at once; `isOver` tells it to come to an end. A lane woken while it is worked on is worked on
 * once more afterwards. A failure is reported and the lane looked at again after a pause.
 */
export const runLanes = (
  workers: number,
  work: (lane: string, isOver: () => boolean) => Promise<Worked>,
  onFailure: (lane: string, failure: unknown) => void,
): Lanes => {
  // Lanes that wait for GitHub's limits hold their places: one place is always left for somebody else.
  const waiting = queueOfLanes(Math.max(1, workers - 1));
  const active = new Map<string, Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  const failing = new Map<string, { readonly times: number; readonly until: number }>();
  let stopped = false;

  /** Whoever is woken again takes the turn of the same repository as before. */
  const wakeAt = ({ lane, group }: Turn, delay: number): void => {
    clearTimeout(timers.get(lane));
    const timer = setTimeout(() => {
      timers.delete(lane);
      add({ lane, group });
    }, delay);
    timer.unref();
    timers.set(lane, timer);
  };

  const run = async (turn: Turn): Promise<void> => {
    const { lane } = turn;
    try {
      const worked = await work(lane, () => stopped);
      failing.delete(lane);
      if (worked === 'busy') wakeAt(turn, busyPause);
      else if (worked.again !== undefined) wakeAt(turn, Math.max(0, worked.again.getTime() - Date.now()));
    } catch (failure) {
      onFailure(lane, failure);
      const times = (failing.get(lane)?.times ?? 0) + 1;
      failing.set(lane, { times, until: Date.now() + failurePause(times) });
      wakeAt(turn, failurePause(times));
    } finally {
      active.delete(lane);
      waiting.done(lane);
      start();
    }
  };

  const start = (): void => {
    while (!stopped && active.size < workers) {
      const turn = waiting.next();
      if (turn === undefined) return;
      active.set(turn.lane, run(turn));
    }
  };

  const add = ({ lane, group }: Turn): void => {
    if (stopped) return;
    waiting.add(lane, group);
    start();
  };

  const wake: Lanes['wake'] = (lane, at, repository) => {
    if (stopped || workers === 0) return;
    const turn = { lane, group: repository === undefined ? lane : String(repository) };
    const delay = Math.max(at?.getTime() ?? 0, failing.get(lane)?.until ?? 0) - Date.now();
    if (delay > 0) wakeAt(turn, delay);
    else add(turn);
  };

  const stop = async (): Promise<void> => {
    stopped = true;
    waiting.clear();
    for (const timer of timers.values()) clearTimeout(timer);
    await Promise.all(active.values());
  };

  return { wake, busy: () => waiting.size() + active.size, stop };
};
