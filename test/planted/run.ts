/** `npm run test:planted`: plants one mistake after another into a copy of the tree; every one must be found (threats G25). */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setup, teardown } from '../world/database.ts';
import type { Plant } from './plant.ts';
import { plants } from './plants.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = [
  'src',
  'test',
  'migrations',
  'workflows',
  '.github',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
  'README.md',
  'app.yml',
];

interface Found {
  readonly plant: Plant;
  /** The first test that went red; undefined: the mistake went unnoticed. */
  readonly by: string | undefined;
  readonly seconds: number;
}

const copyTree = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'gatehouse-planted-'));
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
};

/** Puts the mistake in; throws where the code it was made for is no longer there. Answers how to take it out. */
const plantIn = (copy: string, { name, file, from, to }: Plant): (() => void) => {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`"${name}": ${file} does not hold this once:\n${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  return () => writeFileSync(path, text);
};

/** One suite has four minutes; all of them an hour. */
const patience = { one: 240_000, all: 3_600_000 };

const runTests = (
  copy: string,
  files: readonly string[],
  timeout = patience.one,
): Promise<{ failed: boolean; output: string }> =>
  new Promise((resolve) => {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', '--reporter', 'verbose', ...files];
    // All trees share one PostgreSQL; their templates differ where their migrations do.
    const env = { ...process.env, NO_COLOR: '1', DATABASE_URL: process.env['GATEHOUSE_TEST_SERVER'] };
    const options = {
      cwd: copy,
      env,
      maxBuffer: 64 << 20,
      timeout,
    };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ failed: error !== null, output: stdout + stderr }),
    );
  });

/** A red test by name; a tree that does not load at all finds nothing. */
const redTest = (output: string): string | undefined => /^\s*[×✗] (.+)$/m.exec(output)?.[1]?.trim();

const tryPlant = async (copy: string, plant: Plant): Promise<Found> => {
  const began = performance.now();
  const takeOut = plantIn(copy, plant);
  try {
    for (const file of plant.foundBy) {
      const { failed, output } = await runTests(copy, [file]);
      const by = failed ? redTest(output) : undefined;
      if (failed && by === undefined) process.stdout.write(`${output.slice(-2_000)}\n`);
      if (by !== undefined) return { plant, by, seconds: (performance.now() - began) / 1_000 };
    }
    return { plant, by: undefined, seconds: (performance.now() - began) / 1_000 };
  } finally {
    takeOut();
  }
};

/** A suite that is red without a mistake in it finds nothing; throws where one is. */
const checkSound = async (files: readonly string[]): Promise<void> => {
  const copy = copyTree();
  try {
    const { failed, output } = await runTests(copy, files, patience.all);
    if (failed) throw new Error(`Red without any mistake planted:\n${output.slice(-4_000)}`);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

const tell = ({ plant, by, seconds }: Found): void => {
  const took = `${seconds.toFixed(0)} s`;
  process.stdout.write(
    by === undefined
      ? `NOT FOUND  ${plant.name} (${took})\n`
      : `found  ${plant.name} (${took})\n         ${by}\n`,
  );
};

/** Each worker has a tree of its own. */
const work = async (queue: Plant[], found: Found[]): Promise<void> => {
  const copy = copyTree();
  try {
    for (let plant = queue.shift(); plant !== undefined; plant = queue.shift()) {
      const one = await tryPlant(copy, plant);
      tell(one);
      found.push(one);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

const args = process.argv.slice(2);
const word = args.find((one) => !one.startsWith('--'));
const short = args.includes('--short');
// In the short form each is looked for by the narrowest suite alone.
const chosen = plants
  .filter((plant) => !short || plant.quick === true)
  .map((plant) => (short ? { ...plant, foundBy: plant.foundBy.slice(0, 1) } : plant))
  .filter((plant) => word === undefined || plant.name.includes(word));
const found: Found[] = [];
const queue = [...chosen];
await setup();
try {
  // Beside the short form, the same suites have just been run as they are.
  if (!short) await checkSound([...new Set(chosen.flatMap((plant) => plant.foundBy))]);
  await Promise.all([work(queue, found), work(queue, found)]);
} finally {
  await teardown();
}
const missed = found.filter((one) => one.by === undefined);
process.stdout.write(`\n${found.length - missed.length} of ${chosen.length} planted mistakes found\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
