/** Whom PostgreSQL runs as: it refuses root, so root lends it another OS user. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The OS user of a spawned process; empty means ourselves. */
export type RunAs = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** True for the super-user, who may not run PostgreSQL. */
export const isRoot = (): boolean => process.getuid?.() === 0;

const lookUp = async (name: string): Promise<RunAs | undefined> => {
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
};

const creations: readonly (readonly [string, readonly string[]])[] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']],
  ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', 'postgres']], // Alpine
];

/**
 * The user a new cluster will belong to: ourselves, or for root `postgres`, created if the system allows it, else
 * `nobody`. Throws when root finds none of them.
 */
export const chooseRunAs = async (): Promise<RunAs> => {
  if (!isRoot()) return {};
  const existing = await lookUp('postgres');
  if (existing) return existing;
  for (const [command, args] of creations) {
    const created = await run(command, [...args]).then(
      () => lookUp('postgres'),
      () => undefined,
    );
    if (created) return created;
  }
  const nobody = await lookUp('nobody');
  if (nobody) return nobody;
  throw new Error(
    'PostgreSQL does not run as root, and there is no OS user postgres or nobody. Create one, or set DATABASE_URL.',
  );
};

const succeeds = (program: string, args: readonly string[], as: RunAs): Promise<boolean> =>
  run(program, [...args], { ...as, cwd: '/' }).then(
    () => true,
    () => false,
  );

/** Whether that user can start `program`: asks the system instead of computing permissions. */
export const canRun = (program: string, as: RunAs): Promise<boolean> => succeeds(program, ['--version'], as);

/** Whether that user can enter `dir`. */
export const canReach = (dir: string, as: RunAs): Promise<boolean> =>
  succeeds('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], as);
