/** Tables of another version than the program's: what an operator is told, and how an old copy is verified before anything runs on it. */
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { migrate, migrationFiles } from '../../src/ledger/migrate.ts';
import { freshDatabase } from '../world/database.ts';
import { prepareHouse } from '../world/house.ts';
import { runGatehouse } from './run-gatehouse.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A database as `last` left it, or an empty one. */
const databaseAt = async (last?: string) => {
  const fresh = await freshDatabase({ empty: true });
  ends.push(() => fresh.drop());
  const db = openDatabase(fresh.url, { max: 1 });
  ends.push(() => db.close());
  if (last !== undefined) await migrate(db, last);
  const gatehouse = (...args: string[]) => runGatehouse(args, { DATABASE_URL: fresh.url });
  return { db, gatehouse, url: fresh.url };
};

test('a copy from before an update is brought up and verified before any service has touched it', async () => {
  const files = await migrationFiles();
  const { gatehouse } = await databaseAt('0006-projection.sql');
  const refused = await gatehouse('verify');
  expect([refused.code, refused.talk]).toEqual([2, expect.stringContaining('say `gatehouse migrate`')]);
  const later = files.filter((name) => name > '0006-projection.sql');
  const brought = await gatehouse('migrate', '--json');
  expect([brought.code, JSON.parse(brought.out)]).toEqual([0, { applied: later, epics: 0 }]);
  expect(await gatehouse('verify')).toMatchObject({ code: 0, talk: '' });
  expect(await gatehouse('migrate')).toMatchObject({ code: 0, out: 'No migration was missing.\n' });
}, 60_000);

test('a migration that fails says why and leaves the tables as they were', async () => {
  const { db, gatehouse } = await databaseAt('0006-projection.sql');
  await db.query('alter table promises add column given_up_at text');
  const failed = await gatehouse('migrate');
  expect(failed).toMatchObject({ code: 1, out: '' });
  expect(failed.talk).toMatch(
    /^gatehouse: Migration 0007.* rolled back: .*"given_up_at".* already exists\n$/,
  );
  const { rows } = await db.query(`select 1 from pg_indexes where indexname = 'epics_signals'`);
  expect(rows).toEqual([]);
}, 60_000);

test('whoever asks a newer ledger with an older program is warned, on the command line and in the log', async () => {
  const { db, gatehouse, url } = await databaseAt('9999');
  await db.query(`insert into schema_migrations (name) values ('9998-tomorrow.sql')`);
  const asked = await gatehouse('dead-letters');
  expect(asked).toMatchObject({ code: 0, out: 'Nothing waits for a person.\n' });
  expect(asked.talk).toContain('9998-tomorrow.sql: a newer Gatehouse uses it');
  const house = await prepareHouse({ githubUrl: 'http://127.0.0.1:9', databaseUrl: url });
  ends.push(() => house.kill());
  await house.start();
  expect(house.output()).toContain('a newer Gatehouse uses this database');
  expect(await house.stop()).toBe(0);
}, 60_000);
