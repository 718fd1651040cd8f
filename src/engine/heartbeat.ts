/** This process says that it is alive, ends those that are not, and knows when it must not write any more (threats F08). */
import { beat, endLost, leave, type Replica } from '../ledger/replicas.ts';
import type { Engine } from './engine.ts';

/** In milliseconds: a pause between two beats, how long others wait before they end us, and how long we trust a beat. */
export interface Pulse {
  readonly every: number;
  readonly lost: number;
  readonly lease: number;
}

/** Together below 45 s until everything a dead process held is free again. The lease ends before others act. */
const pulse: Pulse = { every: 5_000, lost: 25_000, lease: 20_000 };

/** See `startHeart`. */
export interface Heart {
  /** Beats once: for the job that repeats it. Throws where the database cannot be reached. */
  readonly beat: (engine: Engine) => Promise<void>;
  readonly every: number;
  /** Whether the last beat is young enough that nobody can have taken our lanes. */
  readonly alive: () => boolean;
  /**
   * What time it is by the database's clock, which all replicas share: ours may be an hour off, or be set while we run
   * (threats F52). Never ahead of it; our own before the first beat.
   */
  readonly now: () => Date;
  readonly stop: (engine: Engine) => Promise<void>;
}

const now = (): readonly [number, number] => [performance.now(), Date.now()];

/**
 * A process that stood still (stopped, swapped out, cut off) finds its lease over before it can send anything to
 * GitHub, and its sessions ended when it writes to the ledger. Two clocks are asked, and the one that went further counts:
 * the monotonic one stands still while a machine sleeps, the other may be set back.
 */
export const startHeart = (replica: Replica, { every, lost, lease }: Pulse = pulse): Heart => {
  let last = now();
  let shared: { readonly at: number; readonly heard: number } | undefined;
  return {
    every,
    beat: async ({ db, log }) => {
      const began = now();
      const at = (await beat(db, replica)).getTime();
      shared = { at, heard: performance.now() };
      last = began;
      for (const id of await endLost(db, lost))
        log.warn({ replica: id }, 'a replica is lost; its lanes are free');
    },
    alive: () => now().every((clock, index) => clock - (last[index] ?? 0) < lease),
    now: () =>
      shared === undefined ? new Date() : new Date(Math.floor(shared.at + performance.now() - shared.heard)),
    stop: ({ db }) => leave(db, replica.id),
  };
};
