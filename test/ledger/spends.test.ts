/** What replicas share of GitHub's limits: together they stay below them, also after a restart (threats A3, F22, F23, invariant I8). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { reserve, sharedPauses, sharePause } from '../../src/ledger/spends.ts';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';

let fresh: FreshDatabase;
let replicas: readonly Database[];
beforeAll(async () => {
  fresh = await freshDatabase();
  replicas = Array.from({ length: 3 }, () => openDatabase(fresh.url, { max: 4 }));
});
afterAll(async () => {
  await Promise.all(replicas.map((db) => db.close()));
  await fresh.drop();
});
const one = (): Database => {
  const [first] = replicas;
  if (first === undefined) throw new Error('no replica');
  return first;
};

const age = (installation: number, seconds: number): Promise<unknown> =>
  one().query(`update spends set at = at - $2 * interval '1 second' where installation_id = $1`, [
    installation,
    seconds,
  ]);

test('three replicas in a hurry make no more than 80 things a minute between them', async () => {
  const asked = replicas.flatMap((db) => Array.from({ length: 40 }, () => reserve(db, 1, 1)));
  const waits = await Promise.all(asked);
  expect(waits.filter((wait) => wait === 0)).toHaveLength(80);
  expect(Math.max(...waits)).toBeLessThanOrEqual(61_000);
  expect(Math.min(...waits.filter((wait) => wait > 0))).toBeGreaterThan(50_000);
});

test('one busy installation takes nothing from another', async () => {
  expect(await reserve(one(), 2, 30)).toBe(0);
});

test('after a minute there is room again, but never for more than 500 an hour', async () => {
  for (let minute = 0; minute < 5; minute += 1) {
    await age(1, 61);
    expect(await reserve(one(), 1, 80)).toBe(0);
  }
  await age(1, 61);
  // 80 + 5 × 80 are spent: 20 are left of this hour.
  expect(await reserve(one(), 1, 21)).toBeGreaterThan(3_000_000);
  expect(await reserve(one(), 1, 20)).toBe(0);
  await age(1, 3_601 - 6 * 61);
  expect(await reserve(one(), 1, 60)).toBe(0);
});

test('a document larger than the limit waits for an empty minute, and is not refused for ever', async () => {
  expect(await reserve(one(), 3, 1)).toBe(0);
  expect(await reserve(one(), 3, 120)).toBeGreaterThan(50_000);
  await age(3, 61);
  expect(await reserve(one(), 3, 120)).toBe(0);
});

test('what GitHub told one replica to wait for, another one waits for too, and only for that installation', async () => {
  const until = Date.now() + 30_000;
  await sharePause(one(), { installation: 4, until, why: 'retry-after' });
  await sharePause(one(), { installation: 4, until: until - 20_000, why: 'primary' });
  const other = replicas[1] ?? one();
  expect(await reserve(other, 4, 0)).toBeGreaterThan(25_000);
  expect(await reserve(other, 5, 1)).toBe(0);
  const [pause] = await sharedPauses(other);
  expect(pause).toMatchObject({ installation: 4, why: 'retry-after' });
  expect(Math.abs((pause?.until ?? 0) - until)).toBeLessThan(2_000);
});
