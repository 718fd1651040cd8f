/** A handful of the schedules that `node test/faults/run.ts` plays by the hundred: on both APIs, with faults that really hit. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench, type Played } from './bench.ts';
import { stories } from './story.ts';
import { tellViolation } from './tell.ts';

const seeds = Array.from({ length: 12 }, (_, at) => 1 + at);

let bench: Bench;
const played: Played[] = [];
beforeAll(async () => {
  bench = await openBench();
  for (const seed of seeds) played.push(await bench.playSeed(seed));
}, 240_000);
afterAll(() => bench.close());

test('whatever is lost, doubled, refused, cut or killed, nothing promised is lost or done twice, and the end is the same', () => {
  const failed = played.filter(({ outcome }) => outcome.violations.length > 0);
  expect(failed.map(tellViolation).join('\n')).toBe('');
  for (const { outcome } of played) expect(outcome.passes).toBeLessThanOrEqual(3);
});

test('the faults hit: processes died, GitHub refused, webhooks went astray, on GraphQL and on REST', () => {
  const hit = played.flatMap(({ outcome }) => outcome.fired);
  const kinds = new Set(hit.map(({ kind }) => kind));
  expect([...kinds].toSorted()).toEqual(expect.arrayContaining(['commit', 'crash', 'cut', 'github', 'hook']));
  expect(played.reduce((sum, { outcome }) => sum + outcome.crashes, 0)).toBeGreaterThan(seeds.length / 2);
  const graphql = new Set(played.map(({ schedule }) => stories[schedule.story]?.graphql));
  expect([...graphql].toSorted()).toEqual([false, true]);
  expect(new Set(played.map(({ schedule }) => schedule.replicas)).size).toBeGreaterThan(1);
});

test('a seed is a schedule: the same one is made again', async () => {
  const [first] = played;
  const { schedule } = await bench.playSeed(1);
  expect(schedule).toEqual(first?.schedule);
});
