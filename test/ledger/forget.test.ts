/** T100: what an account that left is owed: nothing of it stays, and nothing of anybody else goes. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { forgetAccount, tablesForgotten } from '../../src/ledger/forget.ts';
import { migrationFiles } from '../../src/ledger/migrate.ts';
import { cellar } from './inbox.ts';

const house = cellar();

const count = async (table: string): Promise<number> =>
  (await house.db.query<{ count: number }>(`select count(*) as count from ${table}`)).rows[0]?.count ?? 0;

const tables = async (): Promise<readonly string[]> =>
  (
    await house.db.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
  ).rows.map((row) => row.name);

/** Tables that are about this service, not about anybody's repositories. */
const nobodys = ['schema_migrations', 'replicas', 'redeliveries'];

test('T100: every table is emptied of an account that left, or holds nothing about anybody', async () => {
  expect((await tables()).filter((name) => ![...nobodys, ...tablesForgotten].includes(name))).toEqual([]);
});

test('T100: of an account that left nothing stays; history is still guarded afterwards; others keep everything', async () => {
  for (const name of await migrationFiles())
    await house.db.query(await readFile(new URL(`samples/${name}`, import.meta.url), 'utf8'));
  await house.db.query(`insert into installations (id, account, state) values (8, 'other', 'active')`);
  await house.db.query(
    `insert into repositories (id, node_id, owner, name, default_branch, installation_id, private)
     values (2000, 'R_2', 'other', 'shop', 'main', 8, false)`,
  );
  await house.db.query(
    `insert into events (epic_id, version, type, data, cause, at) values ('2000e', 1, 'EpicOpened', '{}', 'c', now())`,
  );
  const [ours] = (await house.db.query<{ id: number }>(`select id from repositories where id <> 2000`)).rows;
  await house.db.query(
    `insert into rounds (name, began) values ('survey/' || $1::bigint, now()), ('survey/2000', now()), ('reconcile', now()) on conflict do nothing`,
    [ours?.id],
  );
  const gone = await forgetAccount(house.db, 'ACME');
  const rounds = await house.db.query<{ name: string }>('select name from rounds order by 1');
  expect(rounds.rows.map(({ name }) => name)).not.toContain(`survey/${ours?.id}`);
  expect(rounds.rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['reconcile', 'survey/2000']));
  expect(gone['events']).toBeGreaterThan(0);
  expect(gone['epics']).toBe(1);
  expect(await count('installations')).toBe(1);
  expect(await count('repositories')).toBe(1);
  expect(await count('events')).toBe(1);
  for (const table of ['promises', 'painted', 'subjects', 'pull_requests', 'check_runs', 'epics', 'pins'])
    expect([table, await count(table)]).toEqual([table, 0]);
  await expect(house.db.query('delete from events')).rejects.toThrow('append-only');
  expect(await forgetAccount(house.db, 'acme')).toEqual({});
});

test('T100: an account whose history takes longer to remove than a delivery may wait can leave too', async () => {
  await house.db.query(`insert into installations (id, account, state) values (9, 'years', 'deleted')`);
  await house.db.query(`
    create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(4); return old; end $$;
    create trigger slow before delete on installations for each row execute function slow()`);
  expect(await forgetAccount(house.db, 'years')).toEqual({ installations: 1 });
}, 20_000);
