/** The webhook secret is changed under load without losing a delivery, and the old one ends when it was said to (threats T05). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../world/database.ts';
import { type House, prepareHouse } from '../../world/house.ts';
import { ask, metric, post } from './letter.ts';

const old = 'the secret of last year';
const fresh = 'the secret of this year';
/** Long enough for the slowest start of a process on a busy machine. */
const grace = 10_000;

let database: FreshDatabase;
const houses: House[] = [];
const open = async (env: Readonly<Record<string, string>>): Promise<House> => {
  const house = await prepareHouse({ githubUrl: 'http://127.0.0.1:9', databaseUrl: database.url, env });
  houses.push(house);
  await house.start();
  return house;
};

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await Promise.all(houses.map((house) => house.stop()));
  await database.drop();
});

test('T05: both secrets are good until the moment given, then only the new one; nothing is refused meanwhile', async () => {
  const before = await open({ WEBHOOK_SECRET: old });
  let door = before;
  let secret = old;
  let over = false;
  const answers: { readonly guid: string; readonly status: number }[] = [];
  const load = async (): Promise<void> => {
    while (!over) {
      const guid = randomUUID();
      answers.push({ guid, status: await post(door, '{"action":"opened"}', { guid, secret }) });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const loading = Promise.all([load(), load(), load()]);
  const until = new Date(Date.now() + grace);
  const after = await open({
    WEBHOOK_SECRET: fresh,
    WEBHOOK_SECRET_PREVIOUS: old,
    WEBHOOK_SECRET_PREVIOUS_UNTIL: until.toISOString(),
  });
  // First the process is replaced, while GitHub still signs with the old secret; then GitHub is told the new one.
  door = after;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const retired = await metric(after.url, 'gatehouse_webhook_previous_secret_total');
  secret = fresh;
  await new Promise((resolve) => setTimeout(resolve, 300));
  over = true;
  await loading;
  expect(Date.now()).toBeLessThan(until.getTime());
  expect(answers.length).toBeGreaterThan(60);
  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  const rows = await ask<{ guid: string }>(database.url, 'select guid from deliveries');
  const kept = new Set(rows.map(({ guid }) => guid));
  expect(answers.filter(({ guid }) => !kept.has(guid))).toEqual([]);
  expect(retired).toBeGreaterThan(10);
  expect(await post(after, '{}', { secret: 'neither' })).toBe(401);
  expect(await post(before, '{}', { secret: fresh })).toBe(401);

  await new Promise((resolve) => setTimeout(resolve, until.getTime() - Date.now() + 200));
  expect(await post(after, '{}', { secret: old })).toBe(401);
  expect(await post(after, '{}', { secret: fresh })).toBe(202);
}, 90_000);
