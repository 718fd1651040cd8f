/** How long something has run, not counting what it stood still: deadlines are moments of such a clock (requirements TO-09). */

/** A stretch of time, ISO 8601. */
interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** A clock that runs since `from`, or stands still where that is absent; `ran` is what it ran before. */
export interface Clock {
  readonly ran: readonly Stretch[];
  readonly from?: string;
}

/** A clock that begins at a moment; `still`: it does not run yet. */
export const startClock = (at: string, still: boolean): Clock =>
  still ? { ran: [] } : { ran: [], from: at };

/** The clock standing still from a moment on. */
export const stopClock = (clock: Clock, at: string): Clock =>
  clock.from === undefined ? clock : { ran: [...clock.ran, { from: clock.from, to: at }] };

/** The clock running again. */
export const goOn = (clock: Clock, at: string): Clock =>
  clock.from === undefined ? { ...clock, from: at } : clock;

/**
 * Counts only what counts: `worked` is how much of a stretch counts, in milliseconds; `after` the moment, in milliseconds
 * since 1970, at which that much has been counted from another moment on.
 */
export interface Calendar {
  readonly worked: (from: number, to: number) => number;
  readonly after: (from: number, length: number) => number;
}

/** Every moment counts. */
export const everyMoment: Calendar = {
  worked: (from, to) => Math.max(0, to - from),
  after: (from, length) => from + length,
};

/**
 * The moment at which the clock will have run for `length` milliseconds, if it is not stopped meanwhile; undefined while it
 * stands still before that. A moment in the past is one that was reached.
 */
export const momentOf = (
  clock: Clock,
  length: number,
  calendar: Calendar = everyMoment,
): string | undefined => {
  let left = length;
  for (const { from, to } of clock.ran) {
    const [began, ended] = [Date.parse(from), Date.parse(to)];
    const worked = calendar.worked(began, ended);
    if (worked >= left) return new Date(calendar.after(began, left)).toISOString();
    left -= worked;
  }
  return clock.from === undefined
    ? undefined
    : new Date(calendar.after(Date.parse(clock.from), left)).toISOString();
};
