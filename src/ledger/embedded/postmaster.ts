/** The server process: whether one runs on a cluster, starting one, stopping it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chown, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { type Cluster, databaseUser } from './cluster.ts';
import { isRoot } from './run-as.ts';

/** What `postmaster.pid` tells of a server. */
export interface Postmaster {
  readonly pid: number;
  readonly socketDir: string;
  readonly status: string;
}

const pidFile = (cluster: Cluster): string => join(cluster.dir, 'postmaster.pid');
const socketPrefix = 'gatehouse-';

const readPidFile = async (cluster: Cluster): Promise<Postmaster | undefined> => {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => undefined);
  const [pid, , , , socketDir = '', , , status = ''] = text?.split('\n') ?? [];
  if (!pid) return undefined;
  return { pid: Number(pid), socketDir: socketDir.trim(), status: status.trim() };
};

/** The server that runs, starts or stops on the cluster, or undefined. */
export const findPostmaster = async (cluster: Cluster): Promise<Postmaster | undefined> => {
  const found = await readPidFile(cluster);
  return found && (await isPostgres(found.pid)) ? found : undefined;
};

/** Ids are reused, in containers at once: somebody else's process must not pass for our server. */
const isPostgres = async (pid: number): Promise<boolean> => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  if (process.platform !== 'linux') return true;
  const [name, state] = await Promise.all([
    readFile(`/proc/${pid}/comm`, 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
  ]);
  return name.trim() === 'postgres' && !/\) Z /.test(state);
};

/** Leftovers of a server that was killed. PostgreSQL checks the id too, but not whose process has it by now. */
const clearStale = async (cluster: Cluster): Promise<void> => {
  const stale = await readPidFile(cluster);
  if (!stale || (await isPostgres(stale.pid))) return;
  await rm(pidFile(cluster), { force: true });
  await removeSockets(stale);
};

/** Only what `makeSocketDir` made: the path comes from a file that is not ours alone. */
const removeSockets = async ({ socketDir }: Postmaster): Promise<void> => {
  const ours =
    basename(socketDir).startsWith(socketPrefix) && ['/tmp', tmpdir()].includes(dirname(socketDir));
  if (ours) await rm(socketDir, { recursive: true, force: true });
};

/**
 * Where the sockets are, with the rules of entry beside them: only our own OS user gets in, as the one database user.
 * The path must be short, as socket addresses end at 107 bytes; root's own TMPDIR may be closed to the server's user.
 */
const makeSocketDir = async ({ as }: Cluster): Promise<string> => {
  const dir = await mkdtemp(join(isRoot() || tmpdir().length > 70 ? '/tmp' : tmpdir(), socketPrefix));
  const rules = {
    'pg_hba.conf': 'local all all peer map=owner\n',
    'pg_ident.conf': `owner "${userInfo().username}" ${databaseUser}\n`,
  };
  for (const [name, text] of Object.entries(rules)) {
    await writeFile(join(dir, name), text, { mode: 0o600 });
    if (as.uid !== undefined) await chown(join(dir, name), as.uid, as.gid);
  }
  // Last: from here on the directory is the server's user's, and root writes nothing there.
  if (as.uid !== undefined) await chown(dir, as.uid, as.gid);
  return dir;
};

/** For small machines; durability is never traded. */
const builtIn: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: '5432',
  max_connections: '50',
  shared_buffers: '32MB',
  jit: 'off',
  fsync: 'on',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Everything a start needs; `settings` go on top of the built-in ones. */
export interface Launch {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly settings: Readonly<Record<string, string>>;
}

const lastWords = async (log: string): Promise<string> =>
  (await readFile(log, 'utf8')).split('\n').slice(-12).join('\n').trim();

const spawnServer = async (
  { cluster, binaries, settings }: Launch,
  socketDir: string,
  log: string,
): Promise<ChildProcess> => {
  const access = { hba_file: join(socketDir, 'pg_hba.conf'), ident_file: join(socketDir, 'pg_ident.conf') };
  const flags = Object.entries({ ...builtIn, ...settings, ...access, unix_socket_directories: socketDir });
  const output = await open(log, 'w', 0o600);
  try {
    // Its own session: neither the terminal's Ctrl-C nor our own death takes it down before we have drained.
    const child = spawn(
      binaries.postgres,
      ['-D', cluster.dir, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        ...cluster.as,
        cwd: '/',
        detached: true,
        stdio: ['ignore', output.fd, output.fd],
      },
    );
    child.unref();
    return child;
  } finally {
    await output.close();
  }
};

/**
 * Starts a server and waits until it is ready. Answers 'taken' when another process was faster.
 * Throws with the server's own last words when it dies, or is not ready by `deadline` (epoch ms).
 */
export const startPostmaster = async (launch: Launch, deadline: number): Promise<'ready' | 'taken'> => {
  const { cluster } = launch;
  const log = `${cluster.dir}.log`;
  await clearStale(cluster);
  const socketDir = await makeSocketDir(cluster);
  const child = await spawnServer(launch, socketDir, log);
  const exit = { happened: false };
  child.once('exit', () => {
    exit.happened = true;
  });
  child.once('error', () => {
    exit.happened = true;
  });
  while (Date.now() < deadline) {
    const found = await findPostmaster(cluster);
    if (exit.happened || (found && child.pid !== found.pid)) {
      await rm(socketDir, { recursive: true, force: true });
      if (found) return 'taken';
      throw new Error(`PostgreSQL did not start on ${cluster.dir}:\n${await lastWords(log)}`);
    }
    if (found?.status === 'ready') return 'ready';
    await delay(5);
  }
  throw new Error(`PostgreSQL on ${cluster.dir} did not become ready in time:\n${await lastWords(log)}`);
};

/** Stops a server, ending its sessions, and waits until it is down; after 10 s without a checkpoint. */
export const stopPostmaster = async (cluster: Cluster, server: Postmaster): Promise<void> => {
  process.kill(server.pid, 'SIGINT');
  const impatientAt = Date.now() + 10_000;
  let impatient = false;
  while ((await findPostmaster(cluster))?.pid === server.pid) {
    if (!impatient && Date.now() > impatientAt) {
      impatient = true;
      process.kill(server.pid, 'SIGQUIT');
    }
    await delay(10);
  }
  await removeSockets(server);
};
