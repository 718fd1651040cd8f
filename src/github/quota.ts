/** What is left of an installation's requests this hour, as GitHub's own answers tell (platform: 5,000 and more, for REST and GraphQL each). */
import type { Answer } from './client.ts';
import { resetOf } from './rate-limit.ts';

/** See `createQuota`. */
export interface Quota {
  /** Every answer is shown to it. */
  readonly heard: (answer: Answer, now: number) => void;
  /** While less than a fifth is left: until when, in milliseconds since 1970; else null. */
  readonly scarceUntil: (now: number) => number | null;
}

/** Below this share the rest is for what people wait for. */
const reserve = 0.2;

/** Nothing is known, and so nothing scarce. */
export const createQuota = (): Quota => {
  const scarce = new Map<string, number>();
  return {
    heard: ({ headers }, now) => {
      const [limit, remaining] = [headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']].map(Number);
      const until = resetOf(headers, now);
      if (limit === undefined || remaining === undefined || !(limit > 0) || until === null) return;
      const resource = String(headers['x-ratelimit-resource'] ?? '');
      if (remaining < limit * reserve) scarce.set(resource, until);
      else scarce.delete(resource);
    },
    scarceUntil: (now) => {
      const ends = [...scarce.values()].filter((until) => until > now);
      return ends.length === 0 ? null : Math.max(...ends);
    },
  };
};
