/** What is left of an hour's requests: who compares thousands of repositories must stop before people have to wait (threats A3, F22). */
import { expect, test } from 'vitest';
import { createQuota } from '../../src/github/quota.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const inHalfAnHour = now + 1_800_000;
const answer = (remaining: number, more: Record<string, string> = {}) => ({
  status: 200,
  data: {},
  headers: {
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(inHalfAnHour / 1000),
    'x-ratelimit-resource': 'core',
    ...more,
  },
});

test.each([
  ['a fifth is left', [answer(1_000)], null],
  ['less than a fifth is left', [answer(999)], inHalfAnHour],
  ['the next hour has begun', [answer(999), answer(4_999)], null],
  ['the server counts nothing', [{ status: 200, data: {}, headers: {} }], null],
  ['a limit of nothing', [answer(0, { 'x-ratelimit-limit': '0' })], null],
  ['no end is named', [answer(10, { 'x-ratelimit-reset': 'soon' })], null],
  [
    'GraphQL has plenty, REST has not',
    [answer(10), answer(4_000, { 'x-ratelimit-resource': 'graphql' })],
    inHalfAnHour,
  ],
])('%s', (_, answers, until) => {
  const quota = createQuota();
  for (const one of answers) quota.heard(one, now);
  expect(quota.scarceUntil(now)).toBe(until);
});

test('when the hour is over nobody waits any more, whatever was heard last', () => {
  const quota = createQuota();
  quota.heard(answer(3), now);
  expect(quota.scarceUntil(inHalfAnHour + 1)).toBeNull();
});

test('F24: the hour ends by GitHub’s clock, not by ours', () => {
  const quota = createQuota();
  const tenMinutesAhead = new Date(now + 600_000).toUTCString();
  quota.heard(answer(3, { date: tenMinutesAhead }), now);
  expect(quota.scarceUntil(now)).toBe(inHalfAnHour - 600_000);
});
