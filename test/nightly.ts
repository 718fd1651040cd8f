/**
 * What takes longer than a test should: `npm run test:short` runs the short form of each part, as CI does; `npm run
 * test:nightly` the long one. One line a part, and a table at the end; a word after it chooses parts by name.
 */
import { spawnSync } from 'node:child_process';

interface Run {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Part {
  readonly name: string;
  readonly short: Run | null;
  readonly long: Run;
}

const node = (...command: readonly string[]): Run => ({ command: [process.execPath, ...command] });
const vitest = (env: Readonly<Record<string, string>>, ...files: readonly string[]): Run => ({
  ...node('node_modules/vitest/vitest.mjs', 'run', '--project', 'trust', ...files),
  env,
});

/** The everyday sizes of what `test:trust` runs stand in the tests themselves. */
const parts: readonly Part[] = [
  {
    name: 'threats, fuzzing, the gate explored and played, replicas that die',
    // A dozen schedules of the five hundred below.
    short: vitest({ GATEHOUSE_SEQUENCES: '10' }, '--exclude', 'test/faults/faults.test.ts'),
    long: vitest({
      GATEHOUSE_DEPTH: '8',
      GATEHOUSE_SEQUENCES: '5000',
      GATEHOUSE_ALL: '1',
      GATEHOUSE_FUZZ: '50',
    }),
  },
  {
    name: 'seeded schedules of faults',
    short: node('test/faults/run.ts', '--schedules', '500'),
    long: node('test/faults/run.ts', '--schedules', '10000'),
  },
  {
    name: 'killed at every boundary',
    short: node('test/crash/run.ts', '--short'),
    long: node('test/crash/run.ts'),
  },
  { name: 'the version before and this one together', short: null, long: node('test/crash/upgrade.ts') },
  {
    name: 'planted mistakes',
    short: null,
    long: node('test/planted/run.ts'),
  },
  {
    name: 'mutation score',
    short: null,
    long: node('test/mutation/run.ts'),
  },
  {
    name: '200 deliveries a second',
    short: node('test/bench/ingress.ts', '--minutes', '0.5'),
    long: node('test/bench/ingress.ts', '--minutes', '10'),
  },
  {
    name: '1,000 changes to the ledger',
    short: null,
    long: {
      ...node('node_modules/vitest/vitest.mjs', 'run', '--project', 'everyday', 'test/cli/verify.test.ts'),
      env: { GATEHOUSE_TAMPER: '1000' },
    },
  },
  { name: 'threat report', short: node('test/threats/report.ts'), long: node('test/threats/report.ts') },
];

const args = process.argv.slice(2);
const short = args.includes('--short');
const word = args.find((one) => !one.startsWith('--')) ?? '';

const results = parts.flatMap(({ name, short: brief, long }) => {
  const run = short ? brief : long;
  const [program, ...rest] = run?.command ?? [];
  if (run === null || program === undefined || !name.includes(word)) return [];
  process.stdout.write(`\n== ${name}\n`);
  const began = performance.now();
  const { status } = spawnSync(program, rest, { stdio: 'inherit', env: { ...process.env, ...run.env } });
  return [{ name, ok: status === 0, seconds: Math.round((performance.now() - began) / 1_000) }];
});
process.stdout.write('\n');
for (const { name, ok, seconds } of results)
  process.stdout.write(`${ok ? 'fine  ' : 'FAILED'}  ${String(seconds).padStart(5)} s  ${name}\n`);
process.exitCode = results.length > 0 && results.every((one) => one.ok) ? 0 : 1;
