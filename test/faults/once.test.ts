/** What broke the house once, found by a seed and made small: played again every day. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench } from './bench.ts';
import type { Schedule } from './schedule.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
}, 60_000);
afterAll(() => bench.close());

const once: Readonly<Record<string, Schedule>> = {
  'a run that was found, and could not be written, is found again': {
    ...{ seed: 691, story: 2, replicas: 1, interleaved: false, paced: false },
    faults: [
      { act: 2, nth: 2, kind: 'github', on: 'write', times: 1, fate: 'limit-secondary' },
      { act: 2, nth: 4, kind: 'commit', fate: 'never-arrives' },
    ],
  },
  'whoever closed an issue reads why it is open again, also when nobody told us of it': {
    ...{ seed: 2843, story: 3, replicas: 1, interleaved: false, paced: false },
    faults: [{ act: 6, nth: 3, kind: 'hook', fate: 'vanished' }],
  },
  'F03: what was committed while its answer was lost is not done a second time, whatever it was': {
    ...{ seed: 1, story: 0, replicas: 1, interleaved: false, paced: false },
    faults: [
      { act: 0, nth: 2, kind: 'commit', fate: 'answer-lost' },
      { act: 1, nth: 1, kind: 'commit', fate: 'answer-lost' },
      { act: 3, nth: 2, kind: 'commit', fate: 'answer-lost' },
      { act: 5, nth: 1, kind: 'commit', fate: 'answer-lost' },
      { act: 9, nth: 1, kind: 'commit', fate: 'answer-lost' },
    ],
  },
  'a check that was made while the rest of the picture waited is not made again with it': {
    ...{ seed: 3504, story: 7, replicas: 1, interleaved: false, paced: false },
    faults: [{ act: 2, nth: 1, kind: 'github', on: 'write', times: 4, fate: 'apply-then-drop' }],
  },
  'a moment in which GitHub cannot compare costs nobody an approval': {
    ...{ seed: 646, story: 6, replicas: 1, interleaved: false, paced: false },
    faults: [{ act: 6, nth: 4, kind: 'github', on: 'any', times: 1, fate: 'refuse-503' }],
  },
};

test.each(Object.entries(once))('%s', async (_, schedule) => {
  const outcome = await bench.play(schedule);
  expect(outcome.violations).toEqual([]);
  expect(outcome.fired).toHaveLength(schedule.faults.length);
});
