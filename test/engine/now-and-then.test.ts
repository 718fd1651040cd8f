/** A log that somebody can still read after a night in which everything failed each second. */
import { expect, test } from 'vitest';
import { nowAndThen } from '../../src/engine/now-and-then.ts';
import { reason } from '../../src/engine/reason.ts';

test('the first failure is said at once, the next ones once a minute with how many they were, and the end too', () => {
  let now = 0;
  const said: string[] = [];
  const one = nowAndThen(60_000, () => now);
  const fails = (): void => one.failed((times) => void said.push(`${now / 1_000}: ${times}`));
  for (; now < 150_000; now += 1_000) fails();
  expect(said).toEqual(['0: 1', '60: 60', '120: 60']);
  one.worked((times) => void said.push(`again after ${times}`));
  one.worked((times) => void said.push(`again after ${times}`));
  fails();
  expect(said.slice(3)).toEqual(['again after 150', '150: 1']);
});

test('a reason is never empty and never without its cause', () => {
  const refused = new AggregateError([new Error('connect ECONNREFUSED ::1:5432')]);
  const failed = new Error('Migration 0007 failed and was rolled back.', {
    cause: new Error('permission denied'),
  });
  expect(reason(refused)).toBe('connect ECONNREFUSED ::1:5432');
  expect(reason(failed)).toBe('Migration 0007 failed and was rolled back: permission denied');
  expect(reason(new Error('No: because', { cause: new Error('because') }))).toBe('No: because');
  expect(reason('a word')).toBe('a word');
});
