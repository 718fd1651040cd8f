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
  /** Waits more than it works: it runs beside the part before it. */
  readonly waits?: true;
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
    short: vitest({ GATEHOUSE_SEQUENCES: '6', GATEHOUSE_FUZZ: '0.3', GATEHOUSE_SCHEDULES: 'played' }),
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
    waits: true,
    short: node('test/crash/run.ts', '--short'),
    long: node('test/crash/run.ts'),
  },
  { name: 'the version before and this one together', short: null, long: node('test/crash/upgrade.ts') },
  {
    name: 'planted mistakes',
    short: node('test/planted/run.ts', '--short'),
    long: node('test/planted/run.ts'),
  },
  {
    name: 'mutation score, and every line of the gate seen',
    short: node('test/mutation/run.ts', '--short'),
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

interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  /** Its last lines, where a runner says what failed. */
  readonly last: string;
}

/** Runs it, passing on what it prints, or all of it at the end where something else is printing. */
const follow = async (
  name: string,
  { command: [program = '', ...rest], env }: Run,
  aside: boolean,
): Promise<Result> => {
  if (!aside) process.stdout.write(`\n== ${name}\n`);
  const began = performance.now();
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => {
    if (!aside) process.stdout.write(bytes);
    printed += bytes.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = Math.round((performance.now() - began) / 1_000);
  const last = printed.slice(-20_000).split('\n').slice(-80).join('\n');
  return { name, ok: code === 0, seconds, last: aside ? `\n== ${name}\n${printed}` : last };
};

const chosen = parts.flatMap(({ name, waits, short: brief, long }) => {
  const run = short ? brief : long;
  return run === null || !name.includes(word) ? [] : [{ name, run, waits }];
});
const results: Result[] = [];
for (const [index, { name, run, waits }] of chosen.entries()) {
  if (waits === true && index > 0) continue;
  const next = chosen[index + 1];
  const beside = next?.waits === true ? follow(next.name, next.run, true) : undefined;
  results.push(await follow(name, run, false));
  const other = await beside;
  if (other === undefined) continue;
  process.stdout.write(other.last);
  results.push(other);
}
// The parts after it have pushed it out of sight.
for (const { name, ok, last } of results) if (!ok) process.stdout.write(`\n== ${name}: FAILED\n${last}`);
process.stdout.write('\n');
for (const { name, ok, seconds } of results)
  process.stdout.write(`${ok ? 'fine  ' : 'FAILED'}  ${String(seconds).padStart(5)} s  ${name}\n`);
process.exitCode = results.length > 0 && results.every((one) => one.ok) ? 0 : 1;
