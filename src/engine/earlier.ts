/** The earlier of two moments. */

/** Undefined is never: the other one then. */
export const earlier = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;
