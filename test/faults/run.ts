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
import { addUp, type Sums, tellSums, tellViolation } from './tell.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    replay: { type: 'string' },
    most: { type: 'string', default: '5' },
  },
});

/** A worker: plays the seeds it is sent, one by one. */
const work = async (send: (played: Played) => void): Promise<void> => {
  const bench = await openBench();
  process.on('message', (seed: unknown) => {
    if (typeof seed !== 'number') {
      void bench.close().finally(() => process.exit(0));
      return;
    }
    bench.playSeed(seed).then(send, (failure: unknown) => {
      process.stderr.write(`seed ${seed}: ${failure instanceof Error ? failure.stack : String(failure)}\n`);
      process.exit(2);
    });
  });
  process.send?.('ready');
};

const isPlayed = (message: unknown): message is Played => typeof message === 'object' && message !== null;

/** Gives seeds to workers until there are none left, or too many have failed. */
const conduct = async (): Promise<Sums> => {
  const first = Number(values.seed);
  const last = first + Number(values.schedules);
  let next = first;
  let sums: Sums | undefined;
  const hire = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker: ChildProcess = fork(fileURLToPath(import.meta.url), ['--workers', '0'], {
        env: process.env,
      });
      worker.on('message', (message) => {
        if (isPlayed(message)) {
          sums = addUp(sums, message);
          if (message.outcome.violations.length > 0) process.stdout.write(tellViolation(message));
        }
        const enough = (sums?.failed ?? 0) >= Number(values.most);
        if (next < last && !enough) {
          worker.send(next);
          next += 1;
        } else worker.send('enough');
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
