/** `npm run test:nightly`: the long form of everything CI runs short; one line per part, and a table at the end. */
import { spawnSync } from 'node:child_process';

interface Part {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const node = process.execPath;
const parts: readonly Part[] = [
  { name: '10,000 schedules of faults', command: [node, 'test/faults/run.ts', '--schedules', '10000'] },
  { name: 'every boundary, killed at every hit', command: [node, 'test/crash/run.ts'] },
  {
    name: 'the gate explored to depth 8',
    command: ['npx', 'vitest', 'run', 'test/model/explore.test.ts'],
    env: { GATEHOUSE_DEPTH: '8' },
  },
  {
    name: 'the gate against the real service',
    command: ['npx', 'vitest', 'run', 'test/model'],
    env: { GATEHOUSE_SEQUENCES: '5000', GATEHOUSE_ALL: '1' },
  },
  {
    name: 'fifty times the fuzzing',
    command: ['npx', 'vitest', 'run', 'test/fuzz'],
    env: { GATEHOUSE_FUZZ: '50' },
  },
  {
    name: '1,000 changes to the ledger',
    command: ['npx', 'vitest', 'run', 'test/cli/verify.test.ts'],
    env: { GATEHOUSE_TAMPER: '1000' },
  },
  { name: 'every planted mistake', command: [node, 'test/planted/run.ts'] },
  { name: 'mutation score', command: [node, 'test/mutation/run.ts'] },
  {
    name: 'ten minutes of 200 deliveries a second',
    command: [node, 'test/bench/ingress.ts', '--minutes', '10'],
  },
  { name: 'threat report', command: [node, 'test/threats/report.ts'] },
];

const word = process.argv[2];
const results = parts
  .filter(({ name }) => word === undefined || name.includes(word))
  .map(({ name, command: [program = node, ...args], env }) => {
    process.stdout.write(`\n== ${name}\n`);
    const began = performance.now();
    const { status } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    return { name, ok: status === 0, minutes: ((performance.now() - began) / 60_000).toFixed(1) };
  });
process.stdout.write('\n');
for (const { name, ok, minutes } of results)
  process.stdout.write(`${ok ? 'fine  ' : 'FAILED'}  ${minutes} min  ${name}\n`);
process.exitCode = results.every((one) => one.ok) ? 0 : 1;
