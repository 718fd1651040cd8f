/** The same stories for an App that hears how they begin, nothing else ever, and finds nothing in GitHub's log (threats F19). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench } from './bench.ts';
import type { Fault } from './schedule.ts';
import { stories } from './story.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
}, 60_000);
afterAll(() => bench.close());

/** More than any act has. */
const webhooks = Array.from({ length: 60 }, (_, at) => at + 1);
const hearsTheBeginning = (acts: number): readonly Fault[] =>
  Array.from({ length: acts - 1 }, (_, act) =>
    webhooks.map((nth): Fault => ({ act: act + 1, nth, kind: 'hook', fate: 'vanished' })),
  ).flat();

test.each(stories.map(({ name, acts }, story) => [name, story, acts.length] as const))(
  'F19: whoever hears nothing gets to the same end by looking alone: %s',
  async (_, story, acts) => {
    const outcome = await bench.play({
      ...{ seed: 1, story, replicas: 1, interleaved: false, paced: false },
      faults: hearsTheBeginning(acts),
    });
    expect(outcome.violations).toEqual([]);
    expect(new Set(outcome.fired.map(({ act }) => act)).size).toBe(acts - 1);
    expect(outcome.passes).toBeLessThanOrEqual(2);
  },
  120_000,
);
