/** The directory PostgreSQL keeps everything in: found, or created whole. */
import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { reachablePlace } from './reachable-place.ts';
import { canReach, isRoot, type RunAs } from './run-as.ts';

const run = promisify(execFile);

/** A cluster's directory and the OS user it belongs to. */
export interface Cluster {
  readonly dir: string;
  readonly as: RunAs;
}

/** The one user of the cluster's database; `peer` lets only our own OS user be it. */
export const databaseUser = 'gatehouse';

const nothingThere = (): undefined => undefined;

/** The cluster kept in `home`, or undefined. A file `postgres.location` in `home` may say that it is kept elsewhere. */
export const findCluster = async (home: string): Promise<Cluster | undefined> => {
  const elsewhere = await readFile(join(home, 'postgres.location'), 'utf8').catch(nothingThere);
  const dir = elsewhere?.trim() ?? join(home, 'postgres');
  const found = await stat(join(dir, 'PG_VERSION')).catch(nothingThere);
  if (!found) return undefined;
  return { dir, as: isRoot() ? { uid: found.uid, gid: found.gid } : {} };
};

/** Throws when the cluster was made by another major version: PostgreSQL cannot read those. */
export const checkVersion = async ({ dir }: Cluster, { major }: Binaries): Promise<void> => {
  const found = (await readFile(join(dir, 'PG_VERSION'), 'utf8')).trim();
  if (found !== major) {
    throw new Error(
      `${dir} was made by PostgreSQL ${found}; this version of Gatehouse brings ${major}. Dump it with ${found} and restore it, or set DATABASE_URL.`,
    );
  }
};

/** A fresh cluster under a temporary name, so that one that exists is always whole. */
const initialise = async (beside: string, { initdb }: Binaries, as: RunAs): Promise<string> => {
  const dir = await mkdtemp(join(beside, 'postgres.new-'));
  await chmod(dir, 0o700);
  if (as.uid !== undefined) await chown(dir, as.uid, as.gid);
  // Without sync: the caller has it written to disk while the server is already up.
  const flags = ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C', '--auth=peer'];
  try {
    await run(initdb, ['-D', dir, '-U', databaseUser, ...flags], { ...as, cwd: '/' });
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
  return dir;
};

/** Gives the new cluster its final name; another process may have been faster, then theirs is kept. */
const settle = async (fresh: string, dir: string): Promise<void> => {
  await rename(fresh, dir).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true });
    if (!(await stat(join(dir, 'PG_VERSION')).catch(nothingThere))) throw error;
  });
};

/**
 * Creates the cluster of `home`: in it if its OS user can reach it, else below `/var/lib/gatehouse` under a random name
 * (not one derived from `home`: who deletes `home` to start over must not meet the old data again).
 */
export const createCluster = async (home: string, binaries: Binaries, as: RunAs): Promise<void> => {
  if (await canReach(home, as)) {
    await settle(await initialise(home, binaries, as), join(home, 'postgres'));
    return;
  }
  const fresh = await initialise(await reachablePlace(), binaries, as);
  const dir = fresh.replace('postgres.new-', `${basename(home)}-`);
  await rename(fresh, dir);
  await writeFile(join(home, 'postgres.location'), `${dir}\n`, { flag: 'wx' }).catch(
    async (error: unknown) => {
      await rm(dir, { recursive: true, force: true });
      if (!(await findCluster(home))) throw error;
    },
  );
};
