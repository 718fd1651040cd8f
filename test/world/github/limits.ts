/** Rate limits: the headers GitHub always sends, and, when enforced, the answers it refuses with. */
import type { Shape } from './hub.ts';
import { Refused } from './refusal.ts';

/** What is enforced; nothing is when a figure is missing. */
export type Limits = {
  perHour?: number;
  contentPerMinute?: number;
  contentPerHour?: number;
  pointsPerMinute?: number;
  concurrent?: number;
};

export type Meter = {
  /** Counts a request in; throws GitHub's 403 with `retry-after` when a limit is crossed. */
  count(cost: { points: number; content: number; kind: 'rest' | 'graphql' }): void;
  headers(kind: 'rest' | 'graphql'): Record<string, string>;
  overview(): Shape;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NORMAL = 5000;
const SECONDARY =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.';

/** GitHub's answer to a client that is too fast. */
export function secondaryLimit(retryAfter: number): Refused {
  return new Refused(403, SECONDARY, {}, { 'retry-after': String(retryAfter) });
}

/** GitHub's answer to a client whose hour is used up. */
export function primaryLimit(reset: number): Refused {
  return new Refused(
    403,
    'API rate limit exceeded for installation.',
    {},
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
  );
}

/** A meter over sliding minutes and a fixed hour; `now` is in milliseconds. */
export function makeMeter(limits: Limits | undefined, now: () => number): Meter {
  const used = { rest: 0, graphql: 0 };
  let hourFrom = now();
  const window = (length: number) => {
    const entries: { at: number; amount: number }[] = [];
    let sum = 0;
    return (amount: number, most: number | undefined): number => {
      for (let first = entries[0]; first !== undefined && first.at <= now() - length; first = entries[0]) {
        sum -= first.amount;
        entries.shift();
      }
      if (most !== undefined && sum + amount > most)
        return Math.max(1, Math.ceil(((entries[0]?.at ?? now()) + length - now()) / 1000));
      if (amount > 0) entries.push({ at: now(), amount });
      sum += amount;
      return 0;
    };
  };
  const points = { rest: window(MINUTE), graphql: window(MINUTE) };
  const contentMinute = window(MINUTE);
  const contentHour = window(HOUR);
  const limit = limits?.perHour ?? NORMAL;
  const reset = () => Math.floor((hourFrom + HOUR) / 1000);
  const rate = (kind: 'rest' | 'graphql') => ({
    limit,
    used: used[kind],
    remaining: Math.max(0, limit - used[kind]),
    reset: reset(),
  });
  return {
    count({ points: cost, content, kind }) {
      if (now() - hourFrom >= HOUR) {
        hourFrom = now();
        Object.assign(used, { rest: 0, graphql: 0 });
      }
      if (limits?.perHour !== undefined && used[kind] >= limits.perHour) throw primaryLimit(reset());
      used[kind] += 1;
      const wait =
        points[kind](cost, limits?.pointsPerMinute) ||
        contentMinute(content, limits?.contentPerMinute) ||
        contentHour(content, limits?.contentPerHour);
      if (wait > 0) throw secondaryLimit(wait);
    },
    headers(kind) {
      const now = rate(kind);
      return {
        'x-ratelimit-limit': String(now.limit),
        'x-ratelimit-remaining': String(now.remaining),
        'x-ratelimit-used': String(now.used),
        'x-ratelimit-reset': String(now.reset),
        'x-ratelimit-resource': kind === 'rest' ? 'core' : 'graphql',
      };
    },
    overview() {
      const search = { ...rate('rest'), used: 0 };
      return { resources: { core: rate('rest'), search, graphql: rate('graphql') }, rate: rate('rest') };
    },
  };
}

const CONTENT =
  /^\/(?:repos\/[^/]+\/[^/]+)\/(?:issues|issues\/\d+\/(?:comments|sub_issues)|issues\/comments\/\d+|pulls|pulls\/\d+\/reviews)$/;
const MUTATES = /"query"\s*:\s*"(?:\\n|\s)*mutation\b/;
const CREATES = /\b(?:createIssue|addComment|createPullRequest|addPullRequestReview)\s*\(/g;

/** What a request costs: 1 point to read, 5 to write; content calls are counted apart. */
export function costOf(
  method: string,
  path: string,
  text: string,
): { points: number; content: number; kind: 'rest' | 'graphql' } {
  if (path === '/graphql') {
    const mutates = MUTATES.test(text);
    return {
      kind: 'graphql',
      points: mutates ? 5 : 1,
      content: mutates ? [...text.matchAll(CREATES)].length : 0,
    };
  }
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return { kind: 'rest', points: reads ? 1 : 5, content: method === 'POST' && CONTENT.test(path) ? 1 : 0 };
}
