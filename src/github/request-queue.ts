/** One installation's requests: in which order, how fast, and when none at all (speed §4, threats A3, F22, F23). */
import { createAllowance } from './allowance.ts';
import type { Answer } from './client.ts';
import type { Cost } from './cost.ts';
import { GitHubFailure } from './failure.ts';
import { createPause } from './pause.ts';
import { createQuota } from './quota.ts';

/** What /metrics shows of it. */
interface QueueState {
  readonly waiting: number;
  readonly sending: number;
  /** Nothing is sent before this moment. */
  readonly until: number | null;
  readonly why: string | null;
}

export interface RequestQueue {
  /**
   * Calls `send` when its turn has come; `send` calls `unsent` where it sends nothing after all. Throws `limited` without
   * sending when the wait would exceed the patience.
   */
  readonly run: <T>(cost: Cost, send: (unsent: () => void) => Promise<T>) => Promise<T>;
  /** Every answer is shown to the queue; answers until when it sleeps if this answer was refused for a limit. */
  readonly heard: (answer: Answer) => number | null;
  /** Sends nothing before `until`, because another process was told so. */
  readonly hold: (until: number, why: string) => void;
  readonly state: () => QueueState;
  /** While little of the hour's requests is left: until when. */
  readonly scarceUntil: () => number | null;
  /** What waits, and whatever is asked later, is given up as `unavailable`; what is under way may end. */
  readonly close: () => void;
}

/** How a queue behaves; `patience` is how long a request may wait for a limit before it is thrown back as `limited`. */
export interface Pace {
  readonly throttle: boolean;
  readonly patience: number;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

interface Waiting {
  readonly cost: Cost;
  readonly start: (now: number) => void;
  readonly giveUp: (failure: GitHubFailure) => void;
}

const limited = (until: number, why: string): GitHubFailure =>
  new GitHubFailure({ kind: 'limited', message: `Not sent: ${why}`, url: '', until });

const closing = (): GitHubFailure =>
  new GitHubFailure({ kind: 'unavailable', message: 'Not sent: Gatehouse is closing', url: '' });

/** Calls `wake` once at the earliest moment asked for. */
const alarmOf = ({ now, sleep }: Pace, wake: () => void) => {
  let next = Number.POSITIVE_INFINITY;
  return (wait: number): void => {
    const at = now() + wait;
    if (at >= next) return;
    next = at;
    void sleep(wait).then(() => {
      if (next === at) next = Number.POSITIVE_INFINITY;
      wake();
    });
  };
};

/** Pace → an empty queue. */
export const createRequestQueue = (pace: Pace): RequestQueue => {
  const allowance = createAllowance(pace.throttle);
  const pause = createPause();
  const quota = createQuota();
  const wakeIn = alarmOf(pace, () => pump());
  let waiting: readonly Waiting[] = [];
  let closed = false;

  const pump = (): void => {
    const now = pace.now();
    const paused = pause.at(now);
    const still: Waiting[] = [];
    const starting: Waiting[] = [];
    let contentWaits = false;
    for (const one of waiting) {
      // A large document must not starve behind small ones that still fit.
      const blocked = contentWaits && one.cost.content > 0;
      const byPace = blocked ? Number.POSITIVE_INFINITY : allowance.waitOf(one.cost, now);
      const wait = paused === null ? byPace : paused.until - now;
      if (wait <= 0) {
        allowance.begin(one.cost, now);
        starting.push(one);
      } else if (Number.isFinite(wait) && wait > pace.patience) {
        one.giveUp(limited(now + wait, paused?.why ?? 'our own pace'));
      } else {
        still.push(one);
        contentWaits ||= one.cost.content > 0;
        if (Number.isFinite(wait)) wakeIn(wait);
      }
    }
    waiting = still;
    for (const one of starting) one.start(now);
  };

  const run: RequestQueue['run'] = <T>(cost: Cost, send: (unsent: () => void) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, giveUp) => {
      if (closed) {
        giveUp(closing());
        return;
      }
      const over = (): void => {
        allowance.done(cost);
        pump();
      };
      const start = (now: number): void =>
        void send(() => allowance.unsent(cost, now))
          .then(resolve, giveUp)
          .finally(over);
      const after = waiting.findIndex((other) => other.cost.priority < cost.priority);
      waiting = waiting.toSpliced(after === -1 ? waiting.length : after, 0, { cost, start, giveUp });
      pump();
    });

  const heard = (answer: Answer): number | null => {
    const until = pause.heard(answer, pace.now());
    quota.heard(answer, pace.now());
    pump();
    return until;
  };

  const state = (): QueueState => {
    const paused = pause.at(pace.now());
    const [until, why] = [paused?.until ?? null, paused?.why ?? null];
    return { waiting: waiting.length, sending: allowance.sending(), until, why };
  };

  const close = (): void => {
    closed = true;
    for (const one of waiting) one.giveUp(closing());
    waiting = [];
  };

  return { run, heard, hold: pause.hold, state, scarceUntil: () => quota.scarceUntil(pace.now()), close };
};
