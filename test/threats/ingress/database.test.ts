/** 2xx means committed, also when PostgreSQL stands still without saying so (threats T08, G14). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../world/database.ts';
import { type House, prepareHouse } from '../../world/house.ts';
import { holdableWire, type Wire } from './half-open.ts';
import { ask, post } from './letter.ts';

let database: FreshDatabase;
let wire: Wire;
let house: House;

beforeAll(async () => {
  database = await freshDatabase();
  wire = await holdableWire(database.url);
  house = await prepareHouse({ githubUrl: 'http://127.0.0.1:9', databaseUrl: wire.url });
  await house.start();
});
afterAll(async () => {
  wire.free();
  await house.stop();
  wire.close();
  await database.drop();
});

const kept = async (): Promise<ReadonlySet<string>> =>
  new Set((await ask<{ guid: string }>(database.url, 'select guid from deliveries')).map((row) => row.guid));

test('T08: while PostgreSQL stands still every delivery is refused in time, and none is missing after redelivery', async () => {
  expect(await post(house, '{}')).toBe(202);
  const answers: { readonly guid: string; readonly status: number; readonly took: number }[] = [];
  const send = async (guid: string): Promise<void> => {
    const began = performance.now();
    const status = await post(house, '{}', { guid });
    answers.push({ guid, status, took: performance.now() - began });
  };
  wire.hold();
  const sending: Promise<void>[] = [];
  // Ten a second for eight seconds: longer than every patience in the way.
  for (let index = 0; index < 80; index += 1) {
    sending.push(send(randomUUID()));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(answers.filter(({ status }) => status !== 503)).toEqual([]);
  expect(answers.length).toBeGreaterThan(0);
  wire.free();
  await Promise.all(sending);
  // GitHub gives up after ten seconds; what it never heard of it delivers again.
  expect(Math.max(...answers.map(({ took }) => took))).toBeLessThan(10_000);
  const there = await kept();
  expect(answers.filter(({ status, guid }) => status === 202 && !there.has(guid))).toEqual([]);
  expect(new Set(answers.map(({ status }) => status))).not.toContain(0);
  for (const { guid } of answers.filter(({ status }) => status !== 202))
    expect(await post(house, '{}', { guid })).toBe(202);
  const after = await kept();
  expect(answers.filter(({ guid }) => !after.has(guid))).toEqual([]);
  expect(after.size).toBe(81);
  expect((await fetch(`${house.url}/readyz`)).status).toBe(200);
}, 60_000);
