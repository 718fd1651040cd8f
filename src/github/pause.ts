/** When GitHub said "not now" to an installation, and until when (threats F22, F23). */
import type { Answer } from './client.ts';
import { limitIn } from './rate-limit.ts';

interface Now {
  readonly until: number;
  readonly why: string;
}

export interface Pause {
  /** The pause that holds at this moment, or null. */
  readonly at: (now: number) => Now | null;
  /** Reads one answer; answers until when to wait if that answer was itself refused for a limit. */
  readonly heard: (answer: Answer, now: number) => number | null;
  /** Somebody else was told to wait: a later end replaces an earlier one. */
  readonly hold: (until: number, why: string) => void;
}

const minute = 60_000;
const hour = 60 * minute;

/** How long a limit lasts that GitHub did not date: a minute, doubled each time in a row, an hour at most. */
const guess = (strikes: number): number => Math.min(minute * 2 ** strikes, hour);

/** No pause yet. */
export const createPause = (): Pause => {
  let strikes = 0;
  let held: Now | null = null;
  const at = (now: number): Now | null => (held !== null && held.until > now ? held : null);
  return {
    at,
    hold: (until, why) => {
      if (held === null || held.until < until) held = { until, why };
    },
    heard: (answer, now) => {
      const limit = limitIn(answer, now);
      if (limit === null) {
        if (answer.status < 400) strikes = 0;
        return null;
      }
      const before = at(now);
      // Several that were refused while under way together are one strike.
      const until = limit.until ?? before?.until ?? now + guess(strikes++);
      held = before !== null && before.until >= until ? before : { until, why: limit.why };
      return limit.refused ? held.until : null;
    },
  };
};
