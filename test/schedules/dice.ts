/** Seeded chance: one number makes a whole schedule, on every machine. */

export interface Dice {
  /** From 0 up to 1. */
  readonly next: () => number;
  /** True with this probability. */
  readonly hit: (probability: number) => boolean;
  /** A whole number from 0 to below `count`. */
  readonly below: (count: number) => number;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
}

/** The mulberry32 generator: good enough to spread faults, and the same everywhere. */
export const dice = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    hit: (probability) => next() < probability,
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
  };
};
