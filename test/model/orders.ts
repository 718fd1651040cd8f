/** Orders in which things can arrive: all of them, or a sample that is the same every time. */

/** Whole numbers below `below`, the same for the same seed. */
export type Dice = (below: number) => number;

/** Dice by mulberry32: small, and good enough to choose orders. */
export const diceFrom = (seed: number): Dice => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

/** Every order of a list. */
export const ordersOf = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  list.length < 2
    ? [list]
    : list.flatMap((first, index) => ordersOf(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));

/** Some of a list, in its order; the first and the last are among them. */
export const sampleOf = <T>(list: readonly T[], many: number, dice: Dice): readonly T[] => {
  if (list.length <= many) return list;
  const chosen = new Set([0, list.length - 1]);
  while (chosen.size < many) chosen.add(dice(list.length));
  return list.filter((_, index) => chosen.has(index));
};
