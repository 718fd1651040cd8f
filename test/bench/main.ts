/** `npm run bench`: one table of figures, each beside what it is held against; `--quick` for a look, `--json` for programs. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { freshDatabase, setup, teardown } from '../world/database.ts';
import { type Figure, judge, table } from './figure.ts';
import { measureIntake, measureRest } from './intake.ts';
import { measureKill, measureLatency, measurePaced, measureRequests } from './play.ts';
import { listening } from './process.ts';
import { measureDue, measurePending } from './timers.ts';
import { measureBacklog, measureBurst, measureLongLedger, measureOpenEpics } from './volume.ts';

const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');
const rounds = quick ? 1 : 5;
const root = fileURLToPath(new URL('../../', import.meta.url));

const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const embedded = async (): Promise<readonly Figure[]> => {
  const data = `/tmp/gatehouse-bench-${process.pid}`;
  const first = await listening('dist/main.js', '/readyz', { GATEHOUSE_DATA: data });
  await first.stop();
  const later = await listening('dist/main.js', '/readyz', { GATEHOUSE_DATA: data });
  await later.stop();
  rmSync(data, { recursive: true, force: true });
  const [one, two] = [first.readyAfter / 1_000, later.readyAfter / 1_000];
  const holds = one <= 2.5 && two <= 1 ? 'want' : one <= 6 && two <= 3 ? 'must' : 'no';
  return [
    {
      name: 'start to /readyz, embedded database: first / later',
      must: '≤ 6 s / 3 s',
      want: '≤ 2.5 s / 1 s',
      measured: `${one.toFixed(2)} s / ${two.toFixed(2)} s`,
      holds,
    },
  ];
};

const demo = (): Figure => {
  const began = performance.now();
  execFileSync(process.execPath, ['test/demo/main.ts', '--once'], { cwd: root, stdio: 'ignore' });
  const seconds = (performance.now() - began) / 1_000;
  return {
    name: 'the demo’s story',
    must: '≤ 60 s',
    want: '≤ 20 s',
    measured: `${seconds.toFixed(1)} s`,
    holds: judge(seconds, 'at-most', 60, 20),
  };
};

const run = async (): Promise<readonly Figure[]> => {
  const database = await freshDatabase();
  const figures: Figure[] = [];
  const parts: readonly (readonly [string, () => Promise<readonly Figure[] | Figure>])[] = [
    ['intake', () => measureIntake(database, rounds, quick ? 2 : 4)],
    ['latency', () => measureLatency(quick ? 11 : 51)],
    ['burst', measureBurst],
    ['requests', measureRequests],
    ['paced', measurePaced],
    ['open epics', measureOpenEpics],
    ['backlog', measureBacklog],
    ['pending timers', () => measurePending(quick ? 1 : 5, 10)],
    ['due timers', () => measureDue(quick ? 5 : 24)],
    ['kill', () => measureKill(quick ? 1 : 5)],
    ['long ledger', () => measureLongLedger(quick ? 100_000 : 1_000_000)],
    ['start and memory', () => measureRest(database, quick ? 1 : 5)],
    ['embedded', embedded],
    ['demo', async () => demo()],
  ];
  for (const [name, measure] of parts) {
    note(`measuring ${name} …`);
    figures.push(...[await measure()].flat());
  }
  await database.drop();
  return figures;
};

note('building …');
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
await setup();
try {
  const figures = await run();
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.version}`;
  const medians = quick ? 'One round each.' : 'Ratios are medians of five interleaved rounds.';
  process.stdout.write(
    json
      ? `${JSON.stringify({ machine, figures }, null, 2)}\n`
      : `${table(figures)}\n\n${medians} ✓✓ wanted, ✓ required. ${machine}.\n`,
  );
  process.exitCode = figures.some((one) => one.holds === 'no') ? 1 : 0;
} finally {
  await teardown();
}
