/** Who is busy with what: what is counted is what is in progress now, and what is over is remembered only as the last time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Load } from '../../src/core/epic/loads.ts';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { claimsHeld, projectLoads, requestsTo } from '../../src/ledger/loads.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';

let fresh: FreshDatabase;
let db: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase(fresh.url, { max: 2 });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

const load = (more: Partial<Load>): Load => ({
  kind: 'claim',
  stage: 'a',
  issue: 5,
  person: 1,
  role: 'ENG',
  since: '2026-01-01T00:00:00.000Z',
  open: true,
  ...more,
});
const keep = (id: string, loads: readonly Load[], repositoryId = 9): Promise<void> =>
  inTransaction(db, (tx) => projectLoads(tx, { id, repositoryId }, loads));
const held = (except: string) => claimsHeld(db, { repositoryId: 9, except, person: 1, roles: ['SRE'] });

test('claims of a person and of a role are found over all epics of a repository but one, and only while they last', async () => {
  await keep('one', [
    load({}),
    load({ stage: 'b', person: 2, role: 'SRE' }),
    load({ stage: 'c', person: 2 }),
  ]);
  await keep('two', [load({ stage: 'd', since: '2026-01-02T00:00:00.000Z' })]);
  await keep('other', [load({})], 10);
  expect((await held('none')).map((one) => one.stage)).toEqual(['a', 'b', 'd']);
  expect((await held('one')).map((one) => one.stage)).toEqual(['d']);
  await keep('one', [load({ stage: 'c', person: 2 })]);
  expect((await held('none')).map((one) => one.stage)).toEqual(['d']);
  await keep('one', [load({})]);
  expect(await held('two')).toEqual([load({})]);
});

test('whoever was asked is known with how much waits for them and since when they were not asked', async () => {
  const asked = (more: Partial<Load>): Load => load({ kind: 'review', role: 'EM', person: 7, ...more });
  await keep('three', [
    asked({}),
    asked({ role: 'VP' }),
    asked({ stage: 'b', since: '2026-02-01T00:00:00.000Z' }),
  ]);
  expect(await requestsTo(db, 9, [7, 8])).toEqual([{ person: 7, open: 2, last: '2026-02-01T00:00:00.000Z' }]);
  await keep('three', []);
  expect(await requestsTo(db, 9, [7])).toEqual([{ person: 7, open: 0, last: '2026-02-01T00:00:00.000Z' }]);
  expect(await requestsTo(db, 10, [7])).toEqual([]);
});

test('what was claimed before there were limits counts from the first day', async () => {
  const old = await freshDatabase({ empty: true });
  const before = openDatabase(old.url, { max: 1 });
  try {
    await migrate(before, '0003-time.sql');
    const stage = (key: string, status: string) => ({ key, status, role: 'ENG', issue: 5 });
    const summary = { stages: [stage('a', 'in-progress'), stage('b', 'in-progress'), stage('c', 'ready')] };
    await before.query(
      `insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary, live_approvers)
       values ('1', 9, 1, 'x', 'w', 'running', 4, now(), now(), $1, '{}'), ('2', 9, 2, 'x', 'w', 'done', 4, now(), now(), $1, '{}')`,
      [JSON.stringify(summary)],
    );
    for (const [version, key, by] of [
      [1, 'a', 3],
      [2, 'a', 1],
      [3, 'b', 2],
      [4, 'c', 1],
    ] as const) {
      await before.query(
        `insert into events (epic_id, version, type, data, cause, at) values ('1', $1, 'StageClaimed', $2, 'c', now())`,
        [version, JSON.stringify({ type: 'StageClaimed', stage: key, by: { id: by, login: 'x' } })],
      );
    }
    await migrate(before);
    const found = await claimsHeld(before, { repositoryId: 9, except: '', person: 1, roles: ['ENG'] });
    expect(found.map((one) => [one.stage, one.person])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  } finally {
    await before.close();
    await old.drop();
  }
});
