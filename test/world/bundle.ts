/** The house in one file, for the hundreds of processes that stories start: each is ready in a third of the time. */
import { readdirSync, renameSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** As deep as every file of `src` that looks for files beside it. */
const file = `${root}dist/one/main.js`;

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      changedAt(`${folder}/${name}`),
    ),
  );

/** For vitest's `globalSetup`: makes it anew where the source has changed since; GATEHOUSE_TEST_HOUSE says where it is. */
export const setup = async (): Promise<void> => {
  process.env['GATEHOUSE_TEST_HOUSE'] = file;
  if (changedAt(file) > Math.max(newest(`${root}src`), changedAt(`${root}package-lock.json`))) return;
  const bundle = await rolldown({
    input: `${root}src/main.ts`,
    platform: 'node',
    // Some libraries evaluate code of their own; that is theirs to know.
    logLevel: 'silent',
  });
  // Whole at once: another run may be starting houses from it.
  const fresh = `${file}.${process.pid}`;
  await bundle.write({ file: fresh, format: 'esm', codeSplitting: false });
  renameSync(fresh, file);
  await bundle.close();
};
