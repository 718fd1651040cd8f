/** The house and its command line in one file each, for the hundreds of processes that tests start: ready in a third of the time. */
import { readdirSync, renameSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** As deep as every file of `src` that looks for files beside it; where each is to be found is said in the environment. */
const bundles = [
  { input: `${root}src/main.ts`, file: `${root}dist/one/main.js`, variable: 'GATEHOUSE_TEST_HOUSE' },
  { input: `${root}src/cli/index.ts`, file: `${root}dist/one/cli.js`, variable: 'GATEHOUSE_TEST_CLI' },
];

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      changedAt(`${folder}/${name}`),
    ),
  );

const write = async (input: string, file: string): Promise<void> => {
  // Some libraries evaluate code of their own; that is theirs to know.
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  // Whole at once: another run may be starting from it.
  const fresh = `${file}.${process.pid}`;
  await bundle.write({ file: fresh, format: 'esm', codeSplitting: false });
  renameSync(fresh, file);
  await bundle.close();
};

/** For vitest's `globalSetup`: makes anew what is older than the source. */
export const setup = async (): Promise<void> => {
  const changed = Math.max(newest(`${root}src`), changedAt(`${root}package-lock.json`));
  for (const { input, file, variable } of bundles) {
    process.env[variable] = file;
    if (changedAt(file) <= changed) await write(input, file);
  }
};
