/** Chance from a seed: the same seed rolls the same dice. */

/** See `dice`. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  readonly roll: () => number;
  /** A whole number from 0 up to, not including, `n`. */
  readonly below: (n: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of these; throws where there are none. */
  readonly pick: <T>(among: readonly T[]) => T;
}

/** mulberry32, whose neighbouring seeds have nothing to do with each other. */
export const dice = (seed: number): Dice => {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(roll() * n);
  return {
    roll,
    below,
    chance: (probability) => roll() < probability,
    pick: (among) => {
      const one = among[below(among.length)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
  };
};
