/**
 * `node test/faults/run.ts --schedules 500 [--seed 1] [--workers 2]`: plays seeded schedules of faults and prints what came of
 * them; exits 1 where an invariant was broken. `--replay '<json>'` plays one schedule again and shows its log.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setup, teardown } from '../world/database.ts';
import { openBench, type Played } from './bench.ts';
import type { Schedule } from './schedule.ts';
import { addUp, type Sums, tellSmallest, tellSums, tellViolation } from './tell.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    replay: { type: 'string' },
    most: { type: 'string', default: '5' },
    shrink: { type: 'string', default: '15' },
  },
});

/** What the conductor asks of a worker, and what it answers. */
type Asked = { readonly seed: number } | { readonly shrink: Schedule };
type Answered = { readonly played: Played } | { readonly smallest: Played };

const isAsked = (message: unknown): message is Asked =>
  typeof message === 'object' && message !== null && ('seed' in message || 'shrink' in message);
const isAnswered = (message: unknown): message is Answered => typeof message === 'object' && message !== null;

/** A worker: plays what it is sent, one by one. */
const work = async (send: (answer: Answered) => void): Promise<void> => {
  const bench = await openBench();
  const answer = async (asked: Asked): Promise<Answered> =>
    'seed' in asked
      ? { played: await bench.playSeed(asked.seed) }
      : { smallest: await bench.smallest(asked.shrink, Number(values.shrink)) };
  // The conductor ends its workers.
  process.on('SIGTERM', () => undefined);
  process.on('message', (asked: unknown) => {
    if (!isAsked(asked)) {
      void bench.close().finally(() => process.exit(0));
      return;
    }
    answer(asked).then(send, (failure: unknown) => {
      process.stderr.write(
        `${JSON.stringify(asked)}: ${failure instanceof Error ? failure.stack : String(failure)}\n`,
      );
      process.exit(2);
    });
  });
  process.send?.('ready');
};

/** Gives seeds to workers until there are none left, or too many have failed; those that failed are made smaller at the end. */
const conduct = async (): Promise<Sums> => {
  const first = Number(values.seed);
  const last = first + Number(values.schedules);
  let next = first;
  let sums: Sums | undefined;
  let toShrink: readonly Schedule[] = [];
  // Whoever has waited long enough still gets the figures so far.
  process.once('SIGTERM', () => {
    next = last;
    toShrink = [];
  });
  const hear = (answer: Answered): void => {
    if ('smallest' in answer) {
      process.stdout.write(tellSmallest(answer.smallest));
      return;
    }
    const { played } = answer;
    sums = addUp(sums, played);
    if (sums.schedules % 500 === 0)
      process.stderr.write(`${sums.schedules} of ${values.schedules}, ${sums.failed} failed\n`);
    if (played.outcome.violations.length === 0) return;
    process.stdout.write(tellViolation(played));
    if (sums.failed <= Number(values.most)) toShrink = [...toShrink, played.schedule];
  };
  const nextTask = (): Asked | 'enough' => {
    if (next < last && (sums?.failed ?? 0) < Number(values.most)) {
      next += 1;
      return { seed: next - 1 };
    }
    const [schedule, ...others] = toShrink;
    toShrink = others;
    return schedule === undefined ? 'enough' : { shrink: schedule };
  };
  const hire = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker: ChildProcess = fork(
        fileURLToPath(import.meta.url),
        ['--workers', '0', '--shrink', values.shrink],
        { env: process.env, execArgv: ['--max-semi-space-size=64', '--disable-warning=DeprecationWarning'] },
      );
      worker.on('message', (message) => {
        if (isAnswered(message)) hear(message);
        worker.send(nextTask());
      });
      worker.once('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`A worker ended with ${code}; the last seed given out was ${next - 1}.`));
      });
    });
  await Promise.all(Array.from({ length: Number(values.workers) }, hire));
  if (sums === undefined) throw new Error('Nothing was played.');
  return sums;
};

const replay = async (text: string): Promise<void> => {
  const bench = await openBench();
  const schedule: Schedule = JSON.parse(text);
  const outcome = await bench.play(schedule);
  process.stdout.write(`${outcome.log.join('\n')}\n${tellViolation({ schedule, outcome })}`);
  await bench.close();
  process.exitCode = outcome.violations.length === 0 ? 0 : 1;
};

if (process.send !== undefined && values.workers === '0') {
  await work((played) => void process.send?.(played));
} else {
  await setup();
  try {
    if (values.replay !== undefined) await replay(values.replay);
    else {
      const began = performance.now();
      const sums = await conduct();
      process.stdout.write(tellSums(sums, (performance.now() - began) / 1_000));
      process.exitCode = sums.failed === 0 ? 0 : 1;
    }
  } finally {
    await teardown();
  }
}
