/** The tables: what is in git is what a database gets, whoever starts first, and old rows survive every step. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { migrate, migrationFiles } from '../../src/ledger/migrate.ts';
import { dumpSchema, schemaFile } from '../update-schema.ts';
import { freshDatabase } from '../world/database.ts';

const withEmpty = async (work: (open: () => Database) => Promise<void>): Promise<void> => {
  const fresh = await freshDatabase({ empty: true });
  const pools: Database[] = [];
  try {
    await work(() => {
      const pool = openDatabase(fresh.url, { max: 2 });
      pools.push(pool);
      return pool;
    });
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
    await fresh.drop();
  }
};

test('replicas that start at once against an empty database share the work, and all of them may go on', () =>
  withEmpty(async (open) => {
    const pools = Array.from({ length: 5 }, open);
    const applied = await Promise.all(pools.map((db) => migrate(db)));
    expect(applied.flat()).toEqual(await migrationFiles());
    await Promise.all(pools.map((db) => db.query('select 1 from deliveries')));
  }));

test('a start against a migrated database loses no time over it', () =>
  withEmpty(async (open) => {
    const db = open();
    await migrate(db);
    await migrate(db);
    const started = performance.now();
    expect(await migrate(db)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(30);
  }));

test('schema.sql shows the tables as they are (if this fails: `node test/update-schema.ts`, and read the diff)', () =>
  withEmpty(async (open) => {
    const db = open();
    await migrate(db);
    expect(await dumpSchema(db)).toBe(await readFile(schemaFile, 'utf8'));
  }));

test('rows written under each migration are still there after all later ones; every table has been tried', () =>
  withEmpty(async (open) => {
    const db = open();
    for (const name of await migrationFiles()) {
      expect(await migrate(db, name)).toEqual([name]);
      await db.query(await readFile(new URL(`samples/${name}`, import.meta.url), 'utf8'));
    }
    const { rows } = await db.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const empty = [];
    for (const { name } of rows) {
      if ((await db.query(`select 1 from ${name} limit 1`)).rowCount === 0) empty.push(name);
    }
    expect(empty).toEqual([]);
  }));

test('a table that nobody explains in migrations/README.md is a table nobody finds', () =>
  withEmpty(async (open) => {
    const db = open();
    await migrate(db);
    const readme = await readFile(new URL('../../migrations/README.md', import.meta.url), 'utf8');
    const { rows } = await db.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    expect(rows.map(({ name }) => name).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  }));
