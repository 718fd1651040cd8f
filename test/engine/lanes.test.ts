/** Who works when: a storm in one repository must not keep another waiting, and a burst is one wake-up (threats T10, design rule 5). */
import { expect, test } from 'vitest';
import { runLanes, type Worked } from '../../src/engine/lanes.ts';
import { queueOfLanes } from '../../src/engine/queue-of-lanes.ts';

/** Lanes whose work ends when the test says so. */
const stage = (workers: number) => {
  const order: string[] = [];
  const ends = new Map<string, (worked: Worked) => void>();
  const lanes = runLanes(
    workers,
    (lane) =>
      new Promise((resolve) => {
        order.push(lane);
        ends.set(lane, resolve);
      }),
    (lane, failure) => order.push(`${lane} failed: ${String(failure)}`),
  );
  const end = async (lane: string): Promise<void> => {
    ends.get(lane)?.({});
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lanes, order, end };
};

test('a thousand busy issues of one repository keep another repository waiting for one place at most', async () => {
  const { lanes, order, end } = stage(4);
  for (let number = 0; number < 1_000; number += 1) lanes.wake(`noisy#${number}`, undefined, 1);
  lanes.wake('quiet#1', undefined, 2);
  // One place is never theirs: what waits for GitHub would hold it for seconds.
  expect(order).toEqual(['noisy#0', 'noisy#1', 'noisy#2', 'quiet#1']);
  await end('noisy#2');
  expect(order.at(-1)).toBe('noisy#3');
});

test('repositories with as much to do share the places evenly', async () => {
  const { lanes, order, end } = stage(2);
  for (let number = 0; number < 50; number += 1)
    for (const repository of [1, 2, 3]) lanes.wake(`${repository}#${number}`, undefined, repository);
  for (let step = 0; step < 60; step += 1) await end(order[step] ?? '');
  const count = (repository: number): number =>
    order.filter((lane) => lane.startsWith(`${repository}#`)).length;
  for (const repository of [1, 2, 3]) expect(count(repository)).toBeGreaterThanOrEqual(20);
});

test('a lane woken a hundred times while it is worked on is worked on once more, never twice at once', async () => {
  const { lanes, order, end } = stage(4);
  lanes.wake('one', undefined, 1);
  for (let times = 0; times < 100; times += 1) lanes.wake('one', undefined, 1);
  expect(order).toEqual(['one']);
  await end('one');
  expect(order).toEqual(['one', 'one']);
  await end('one');
  expect(order).toEqual(['one', 'one']);
  expect(lanes.busy()).toBe(0);
});

test('after being told to stop no lane begins, and those at work are told to come to an end', async () => {
  let over: (() => boolean) | undefined;
  const began: string[] = [];
  const lanes = runLanes(
    1,
    async (lane, isOver) => {
      began.push(lane);
      over = isOver;
      while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 1));
      return {};
    },
    () => undefined,
  );
  lanes.wake('one');
  lanes.wake('two');
  await lanes.stop();
  expect(over?.()).toBe(true);
  lanes.wake('three');
  expect(began).toEqual(['one']);
});

test('a queue of fifty thousand lanes is emptied without a pause anybody would notice', () => {
  const queue = queueOfLanes();
  for (let number = 0; number < 50_000; number += 1) queue.add(`lane ${number}`, String(number % 500));
  const began = performance.now();
  for (let turn = queue.next(); turn !== undefined; turn = queue.next()) queue.done(turn.lane);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(queue.size()).toBe(0);
});

test('F56: a lane that fails again and again is left alone longer each time, however often it is woken', async () => {
  let runs = 0;
  const lanes = runLanes(
    2,
    () => {
      runs += 1;
      return Promise.reject(new Error('no room'));
    },
    () => {},
  );
  for (let times = 0; times < 120; times += 1) {
    lanes.wake('epic:1');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(runs).toBe(2);
  await lanes.stop();
});
