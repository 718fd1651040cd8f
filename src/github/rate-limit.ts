/** Reads GitHub's documented ways of saying "not now" out of one answer (threats A3, F22, F23). */
import { z } from 'zod';
import type { Answer } from './client.ts';

/** Until when nothing may be sent; null where GitHub did not say. */
interface Limit {
  readonly until: number | null;
  readonly why: 'retry-after' | 'primary' | 'secondary';
  /** The answer itself is the refusal; false when it was the last one that was still allowed. */
  readonly refused: boolean;
}

const tooFast =
  /secondary rate limit|submitted too quickly|abuse detection|rate limit (?:already )?exceeded/i;
/** GitHub's GraphQL has called it by both names (githubkit#271). */
const isNamedSo = /^RATE_LIMIT(?:ED)?$/;
const message = z.object({ message: z.string() });
const graphqlErrors = z.object({
  errors: z.array(z.object({ type: z.string().nullish(), message: z.string() })),
});

const complainsIn = ({ status, data }: Answer): boolean => {
  // A good answer may quote anybody (a commit's `message`): only GraphQL's errors are GitHub's own words there.
  if (status >= 400) return tooFast.test(message.safeParse(data).data?.message ?? '');
  const errors = graphqlErrors.safeParse(data).data?.errors ?? [];
  return errors.some((error) => isNamedSo.test(error.type ?? '') || tooFast.test(error.message));
};

/** When an hour's count begins anew, by our clock: GitHub's own, which the `date` header shows, may be minutes off (threats F24). */
export const resetOf = (headers: Answer['headers'], now: number): number | null => {
  const reset = Number(headers['x-ratelimit-reset']);
  if (!Number.isFinite(reset)) return null;
  const theirs = Date.parse(String(headers['date'] ?? ''));
  const left = reset * 1000 - (Number.isNaN(theirs) ? now : theirs);
  return now + Math.max(left, 1000);
};

const spentUntil = (headers: Answer['headers'], now: number): number | null =>
  headers['x-ratelimit-remaining'] !== undefined && Number(headers['x-ratelimit-remaining']) === 0
    ? resetOf(headers, now)
    : null;

const retryAfter = (headers: Answer['headers'], now: number): number | null => {
  const value = headers['retry-after'];
  if (value === undefined) return null;
  const seconds = Number(value);
  const until = Number.isFinite(seconds) ? now + seconds * 1000 : Date.parse(String(value));
  // "At once" is no answer to somebody who was too fast: whoever took it at its word would ask without end.
  return Number.isNaN(until) ? null : Math.max(until, now + 1000);
};

/** An answer → the limit it announces, or null. A 403 without any sign of a limit is a plain refusal. */
export const limitIn = (answer: Answer, now: number): Limit | null => {
  const { status, headers } = answer;
  const complains = complainsIn(answer);
  const refused = status === 429 || (complains && (status === 403 || status < 400));
  const told = retryAfter(headers, now);
  if (told !== null && (refused || status === 403)) return { until: told, why: 'retry-after', refused: true };
  const reset = spentUntil(headers, now);
  if (reset !== null) return { until: reset, why: 'primary', refused: refused || status === 403 };
  return refused ? { until: null, why: 'secondary', refused } : null;
};
