/** Paces requests per installation: one never delays another (speed finding 2, P18; design §2 rule 10). */
import { createRequestQueue, type Pace, type RequestQueue } from './request-queue.ts';

/** All queues of one process. */
export interface Governor {
  /** The queue of one installation, made when first asked for. */
  readonly queueOf: (installation: number | 'app') => RequestQueue;
  /** Sends nothing more; what waits is given up as `unavailable`, certainly not sent. */
  readonly close: () => void;
  /** Per installation what waits, until when it sleeps and why; for /metrics. */
  readonly state: () => ReadonlyMap<number | 'app', ReturnType<RequestQueue['state']>>;
}

/** Who goes first when several wait: checks hold up merges, replies hold up people (platform §5.14). */
export const priority = { check: 2, reply: 1, rest: 0 } as const;

const defaults: Pace = {
  throttle: true,
  patience: 10_000,
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 2 ** 31 - 1))),
};

/**
 * `throttle: false` (GATEHOUSE_THROTTLE=off) sends at once but still obeys retry-after. `now` and `sleep` can be given
 * for tests.
 */
export const createGovernor = (pace: Partial<Pace> = {}): Governor => {
  const whole = { ...defaults, ...pace };
  const queues = new Map<number | 'app', RequestQueue>();
  return {
    queueOf: (installation) => {
      const known = queues.get(installation);
      if (known !== undefined) return known;
      // The App's own endpoints (tokens, delivery log) are outside the installations' limits.
      const fresh = createRequestQueue(installation === 'app' ? { ...whole, throttle: false } : whole);
      queues.set(installation, fresh);
      return fresh;
    },
    close: () => {
      for (const queue of queues.values()) queue.close();
    },
    state: () => new Map([...queues].map(([installation, queue]) => [installation, queue.state()])),
  };
};
