/** A PostgreSQL of one's own that can lose its power: stopped at once, without a checkpoint, and started again at the same address. */
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../src/ledger/database.ts';
import { findCluster } from '../../src/ledger/embedded/cluster.ts';
import { findPostmaster } from '../../src/ledger/embedded/postmaster.ts';
import { startEmbedded } from '../../src/ledger/embedded.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import type { Cellar } from './perform.ts';

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const socketOf = (url: string): string => new URL(url).searchParams.get('host') ?? '';

/** Opens it, migrated and durable: commits that were answered must be there after the cut. */
export const openCellar = async (): Promise<Cellar & { readonly close: () => Promise<void> }> => {
  const home = await mkdtemp(join(tmpdir(), 'gatehouse-crash-'));
  // The server may run as another user, who must get here.
  await chmod(home, 0o755);
  const [door, data] = [join(home, 'door'), join(home, 'data')];
  let server = await startEmbedded(data, { max_connections: '60' });
  await symlink(socketOf(server.url), door);
  // The server's own address changes with each start; the link's does not.
  const address = new URL(server.url);
  address.searchParams.set('host', door);
  const db = openDatabase(address.href, { max: 1 });
  await migrate(db);
  await db.close();
  return {
    database: { url: address.href, drop: async () => undefined },
    cutsPower: async () => {
      const cluster = await findCluster(data);
      const pid = cluster === undefined ? undefined : (await findPostmaster(cluster))?.pid;
      if (pid === undefined) throw new Error('PostgreSQL does not run.');
      process.kill(pid, 'SIGQUIT');
      while (isThere(pid)) await delay(10);
      await server.stop().catch(() => undefined);
      server = await startEmbedded(data, { max_connections: '60' });
      await rm(door);
      await symlink(socketOf(server.url), door);
    },
    close: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
};
