/** What fails again and again is said at once, then once a minute with how often, and its end too: a log somebody can still read. */

/** See `nowAndThen`. */
export interface NowAndThen {
  /** Calls `say` with how often it has failed since it was last said, unless that was a moment ago. */
  readonly failed: (say: (times: number) => void) => void;
  /** It works: calls `say` with how often it had failed in a row, if it had. */
  readonly worked: (say: (times: number) => void) => void;
}

const minute = 60_000;

/** One for each thing that can fail; `now` in milliseconds, of any clock that only goes on. */
export const nowAndThen = (every = minute, now: () => number = () => performance.now()): NowAndThen => {
  let [inARow, unsaid] = [0, 0];
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    failed: (say) => {
      inARow += 1;
      unsaid += 1;
      if (now() - saidAt < every) return;
      const times = unsaid;
      [unsaid, saidAt] = [0, now()];
      say(times);
    },
    worked: (say) => {
      const times = inARow;
      [inARow, unsaid, saidAt] = [0, 0, Number.NEGATIVE_INFINITY];
      if (times > 0) say(times);
    },
  };
};
