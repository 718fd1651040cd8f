/** Lists written by an older Gatehouse are made again by a newer one: an epic of last week is shown, and its deadline rings (threats F13). */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projection } from '../../src/engine/epic-row.ts';
import { verifyLedger } from '../../src/engine/verify-ledger.ts';
import { openScene, planned } from '../stories/pull-requests-scene.ts';
import type { Play } from '../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
  await play.says('octo-eng', await planned(play), '/claim');
});
afterAll(() => play.ends());

const ask = async (text: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
};

const flaws = async (): Promise<readonly string[]> => {
  const found: string[] = [];
  await verifyLedger(play.databaseUrl, { onFlaw: ({ says }) => void found.push(says) });
  return found;
};

test.each([
  ['by an older version', `update epics set summary = '{}', made_of = '0/' || version`],
  ['by an older version that ran beside it', `update epics set summary = '{}', made_of = '${projection}/1'`],
  [
    'before anybody wrote down by whom',
    `update epics set summary = '{}', live_approvers = '{9}', made_of = null`,
  ],
  [
    'by one that counted nobody’s claims',
    `with old as (update epics set made_of = '1/' || version) delete from loads`,
  ],
])('a row made %s is made again at the start', async (_, spoil) => {
  await play.house.stop();
  await ask(spoil);
  const found = await flaws();
  expect(found).not.toEqual([]);
  // Whoever verifies between an update and the first start is told that nobody need have changed anything.
  for (const one of found.filter((says) => says.includes('its row in epics')))
    expect(one).toContain('; another version of Gatehouse made it, and `gatehouse migrate`');
  await play.house.start();
  await expect.poll(flaws, { timeout: 10_000 }).toEqual([]);
});

test('whoever changes what a row is made of counts the projection on', async () => {
  const [row] = await ask('select * from epics');
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.slice(0, 1).map(shape)
      : value !== null && typeof value === 'object' && !(value instanceof Date)
        ? Object.fromEntries(
            Object.entries(value)
              .sort()
              .map(([key, inner]) => [key, shape(inner)]),
          )
        : typeof value;
  const hash = createHash('sha256')
    .update(JSON.stringify(shape(row)))
    .digest('hex')
    .slice(0, 12);
  expect({ projection, hash }).toMatchInlineSnapshot(`
    {
      "hash": "0dff903438a9",
      "projection": 3,
    }
  `);
});
