/** One installation's requests: in which order, how fast, and when none at all (speed §4, threats A3, F22, F23). */
import { type Budget, burstBudget, slidingBudget } from './budget.ts';
import type { Answer } from './client.ts';
import type { Cost } from './cost.ts';
import { GitHubFailure } from './failure.ts';
import { limitIn } from './rate-limit.ts';

/** How a queue behaves; `patience` is how long a request may wait for a limit before it is thrown back as `limited`. */
export interface Pace {
  readonly throttle: boolean;
  readonly patience: number;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What /metrics shows of it. */
interface QueueState {
  readonly waiting: number;
  readonly sending: number;
  /** Nothing is sent before this moment. */
  readonly until: number | null;
  readonly why: string | null;
}

export interface RequestQueue {
  /** Calls `send` when its turn has come. Throws `limited` without sending when the wait would exceed the patience. */
  readonly run: <T>(cost: Cost, send: () => Promise<T>) => Promise<T>;
  /** Every answer is shown to the queue; answers until when it sleeps if this answer was refused for a limit. */
  readonly heard: (answer: Answer) => number | null;
  readonly state: () => QueueState;
}

interface Waiting {
  readonly cost: Cost;
  readonly start: () => void;
  readonly giveUp: (failure: GitHubFailure) => void;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const mostReads = 10;

/** The limits that github.com publishes; a second is added to each span for requests still on their way. */
const budgets = (): readonly { readonly of: (cost: Cost) => number; readonly budget: Budget }[] => [
  { of: (cost) => (cost.write ? 1 : 0), budget: burstBudget(3, second) },
  { of: (cost) => cost.points, budget: slidingBudget(900, minute + second) },
  { of: (cost) => cost.content, budget: slidingBudget(80, minute + second) },
  { of: (cost) => cost.content, budget: slidingBudget(500, hour + second) },
];

const limited = (until: number, why: string): GitHubFailure =>
  new GitHubFailure({ kind: 'limited', message: `Not sent: ${why}`, url: '', until });

/** How long a limit lasts that GitHub refused to date: a minute, doubled each time in a row, an hour at most. */
const guess = (strikes: number): number => Math.min(minute * 2 ** strikes, hour);

/** Pace → an empty queue. */
export const createRequestQueue = (pace: Pace): RequestQueue => {
  const spending = budgets();
  let waiting: readonly Waiting[] = [];
  let reading = 0;
  let writing = 0;
  let strikes = 0;
  let asleep: { readonly until: number; readonly why: string } | null = null;
  let wakeAt = Number.POSITIVE_INFINITY;

  const wakeIn = (wait: number): void => {
    const at = pace.now() + wait;
    if (at >= wakeAt) return;
    wakeAt = at;
    void pace.sleep(wait).then(() => {
      if (wakeAt === at) wakeAt = Number.POSITIVE_INFINITY;
      pump();
    });
  };

  /** Milliseconds this one must still wait by the limits; Infinity while it waits for another to come back. */
  const waitOf = (cost: Cost, now: number): number => {
    if (asleep !== null) return asleep.until - now;
    if (!pace.throttle) return 0;
    if (cost.write ? writing > 0 : reading >= mostReads) return Number.POSITIVE_INFINITY;
    return Math.max(
      ...spending.map(({ of, budget }) => (of(cost) === 0 ? 0 : budget.waitFor(of(cost), now))),
    );
  };

  const reserve = (one: Waiting, now: number): void => {
    for (const { of, budget } of spending) if (of(one.cost) > 0) budget.spend(of(one.cost), now);
    if (one.cost.write) writing += 1;
    else reading += 1;
  };

  const pump = (): void => {
    const now = pace.now();
    if (asleep !== null && asleep.until <= now) asleep = null;
    const still: Waiting[] = [];
    const starting: Waiting[] = [];
    let contentWaits = false;
    for (const one of waiting) {
      // A large document must not starve behind small ones that still fit.
      const wait = contentWaits && one.cost.content > 0 ? Number.POSITIVE_INFINITY : waitOf(one.cost, now);
      if (wait <= 0) {
        reserve(one, now);
        starting.push(one);
      } else if (wait !== Number.POSITIVE_INFINITY && wait > pace.patience) {
        one.giveUp(limited(now + wait, asleep?.why ?? 'our own pace'));
      } else {
        still.push(one);
        contentWaits ||= one.cost.content > 0;
        if (wait !== Number.POSITIVE_INFINITY) wakeIn(wait);
      }
    }
    waiting = still;
    for (const one of starting) one.start();
  };

  const done = (cost: Cost): void => {
    if (cost.write) writing -= 1;
    else reading -= 1;
    pump();
  };

  const run = <T>(cost: Cost, send: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, giveUp) => {
      const start = (): void => {
        void send()
          .then(resolve, giveUp)
          .finally(() => done(cost));
      };
      const after = waiting.findIndex((other) => other.cost.priority < cost.priority);
      waiting = waiting.toSpliced(after === -1 ? waiting.length : after, 0, { cost, start, giveUp });
      pump();
    });

  const heard = (answer: Answer): number | null => {
    const now = pace.now();
    const limit = limitIn(answer, now);
    if (limit === null) {
      if (answer.status < 400) strikes = 0;
      return null;
    }
    if (asleep !== null && asleep.until <= now) asleep = null;
    // Several that were refused while under way together are one strike.
    const until = limit.until ?? asleep?.until ?? now + guess(strikes++);
    if (asleep === null || asleep.until < until) asleep = { until, why: limit.why };
    pump();
    return limit.refused ? Math.max(until, asleep.until) : null;
  };

  const state = (): QueueState => {
    const until = asleep !== null && asleep.until > pace.now() ? asleep : null;
    return {
      waiting: waiting.length,
      sending: reading + writing,
      until: until?.until ?? null,
      why: until?.why ?? null,
    };
  };

  return { run, heard, state };
};
