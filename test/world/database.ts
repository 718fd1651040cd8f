/** The real PostgreSQL for tests: one server per run, one fresh database per caller, cloned from a migrated template. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openDatabase } from '../../src/ledger/database.ts';
import { type Embedded, startEmbedded } from '../../src/ledger/embedded.ts';
import { migrate, migrationFiles } from '../../src/ledger/migrate.ts';

/** A database nobody else uses. */
export interface FreshDatabase {
  readonly url: string;
  /** Removes it, ending connections still open. */
  drop(): Promise<void>;
}

const variable = 'GATEHOUSE_TEST_SERVER';
/** Kept between runs: a server killed with its run is adopted by the next one, and initdb runs once per clone. */
const serverDir = fileURLToPath(new URL('../../node_modules/.cache/gatehouse-test', import.meta.url));
// Tests ask whether commits are honest, not whether the disk is.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

let server: Embedded | undefined;

const onServer = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

/** The template's name says which migrations it has, so that an edited migration gets a new one. */
const templateName = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const name of await migrationFiles()) {
    hash.update(name).update(await readFile(new URL(`../../migrations/${name}`, import.meta.url)));
  }
  return `gatehouse_template_${hash.digest('hex').slice(0, 12)}`;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Databases of runs that were killed before they could tidy up; the name holds the run's process id. */
const dropLeftovers = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'gatehouse\\_test\\_%'`,
  );
  for (const { datname } of rows) {
    const pid = Number(datname.split('_')[2]);
    if (!isAlive(pid)) await client.query(`drop database if exists ${datname} with (force)`);
  }
};

const makeTemplate = async (url: string): Promise<void> =>
  onServer(url, async (client) => {
    await client.query(`select pg_advisory_lock(hashtextextended('gatehouse test template', 0))`);
    await dropLeftovers(client);
    const name = await templateName();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 1) return;
    await client.query(`drop database if exists ${name}_new with (force)`);
    await client.query(`create database ${name}_new template template0`);
    const db = openDatabase(withDatabase(url, `${name}_new`), { max: 1 });
    await migrate(db);
    await db.close();
    await client.query(`alter database ${name}_new rename to ${name}`);
  });

/** For vitest's `globalSetup`: starts the server, or uses the one DATABASE_URL names, and prepares the template. */
export const setup = async (): Promise<void> => {
  const given = process.env['DATABASE_URL'];
  if (given === undefined) server = await startEmbedded(serverDir, settings);
  const url = given ?? server?.url ?? '';
  await makeTemplate(url);
  process.env[variable] = url;
};

/** For vitest's `globalSetup`: the last run that uses the server stops it. */
export const teardown = async (): Promise<void> => {
  await server?.stop();
};

/** A new database; `empty` leaves the migrations out. Drop it when done; leftovers of killed runs go with the next run. */
export const freshDatabase = async ({ empty = false } = {}): Promise<FreshDatabase> => {
  const url = process.env[variable];
  if (url === undefined)
    throw new Error('No test server: vitest.config.ts must have globalSetup: [test/world/database.ts].');
  const name = `gatehouse_test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const template = empty ? 'template0' : await templateName();
  // Copying files costs half of what writing them into the log does, where nobody waits for the disk.
  await onServer(url, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  );
  return {
    url: withDatabase(url, name),
    drop: async () => {
      await onServer(url, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
};
