/**
 * Brings a database to this version's tables: plain SQL files, forward only, each once.
 *
 * Not node-pg-migrate: loading it costs about 100 ms of every start, it takes its lock even when nothing is to be
 * done, and of its features we would use only "run these files in order". What is left is this file.
 */
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import type { Connection, Database } from './database.ts';

/** The files beside `src/` or, built, beside `dist/`. */
const folder = new URL('../../migrations/', import.meta.url);

/** Every migration file by name, in the order they are applied. */
export const migrationFiles = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();

const readApplied = async (on: Connection): Promise<Set<string>> => {
  const exists = await on.query<{ known: boolean }>(
    `select to_regclass('schema_migrations') is not null as known`,
  );
  if (exists.rows[0]?.known !== true) return new Set();
  const { rows } = await on.query<{ name: string }>('select name from schema_migrations');
  return new Set(rows.map((row) => row.name));
};

const apply = async (client: pg.Client, name: string): Promise<void> => {
  const sql = await readFile(new URL(name, folder), 'utf8');
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into schema_migrations (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    throw new Error(`Migration ${name} failed and was rolled back.`, { cause: error });
  }
};

/**
 * Applies what is missing, up to and including `last` if given, and answers with the names applied by this call.
 * Any number of replicas may call it at once: the advisory lock lets one work while the others wait, and nobody
 * waits when nothing is missing. A migration that fails leaves no trace and throws.
 */
export const migrate = async (db: Database, last?: string): Promise<string[]> => {
  const files = (await migrationFiles()).filter((name) => last === undefined || name <= last);
  const before = await readApplied(db);
  if (files.every((name) => before.has(name))) return [];
  // Its own connection: a migration may take longer than the pool's timeouts allow.
  const client = new pg.Client({ connectionString: db.url, application_name: 'gatehouse migrate' });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('gatehouse migrations', 0))`);
    await client.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const applied = await readApplied(client);
    const missing = files.filter((name) => !applied.has(name));
    for (const name of missing) await apply(client, name);
    return missing;
  } finally {
    await client.end();
  }
};
