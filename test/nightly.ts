/**
 * What takes longer than a test should: `npm run test:short` runs the short form of each part, as CI does; `npm run
 * test:nightly` the long one. One line a part, and a table at the end; a word after it chooses parts by name.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

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
const vitest = (env: Readonly<Record<string, string>>): Run => ({
  ...node('node_modules/vitest/vitest.mjs', 'run', '--project', 'trust', '--project', 'timed'),
  env,
});

/** The everyday sizes of what `test:trust` runs stand in the tests themselves. */
const parts: readonly Part[] = [
  {
    name: 'threats, fuzzing, the gate explored and played, replicas that die',
    short: vitest({ GATEHOUSE_SEQUENCES: '10', GATEHOUSE_FUZZ: '0.3', GATEHOUSE_SCHEDULES: 'played' }),
    long: vitest({
      GATEHOUSE_DEPTH: '8',
      GATEHOUSE_SEQUENCES: '5000',
      GATEHOUSE_ALL: '1',
      GATEHOUSE_FUZZ: '50',
      GATEHOUSE_SCHEDULES: 'played',
    }),
  },
  {
    name: 'properties of the core, forty times over',
    short: null,
    long: {
      ...node(
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        'everyday',
        '--testTimeout=1800000',
        'test/core',
      ),
      env: { GATEHOUSE_FUZZ: '40' },
    },
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

/** Runs it, passing on what it prints; gives its exit code and its last lines, where a runner says what failed. */
const follow = async ({ command: [program = '', ...rest], env }: Run): Promise<[number | null, string]> => {
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let last = '';
  child.stdout.on('data', (bytes: Buffer) => {
    process.stdout.write(bytes);
    last = (last + bytes.toString()).slice(-20_000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, last.split('\n').slice(-80).join('\n')];
};

const results: { name: string; ok: boolean; seconds: number; last: string }[] = [];
for (const { name, short: brief, long } of parts) {
  const run = short ? brief : long;
  if (run === null || !name.includes(word)) continue;
  process.stdout.write(`\n== ${name}\n`);
  const began = performance.now();
  const [code, last] = await follow(run);
  results.push({ name, ok: code === 0, seconds: Math.round((performance.now() - began) / 1_000), last });
}
// The parts after it have pushed it out of sight.
for (const { name, ok, last } of results) if (!ok) process.stdout.write(`\n== ${name}: FAILED\n${last}`);
process.stdout.write('\n');
for (const { name, ok, seconds } of results)
  process.stdout.write(`${ok ? 'fine  ' : 'FAILED'}  ${String(seconds).padStart(5)} s  ${name}\n`);
process.exitCode = results.length > 0 && results.every((one) => one.ok) ? 0 : 1;
