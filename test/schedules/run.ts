/** `npm run test:faults`: hundreds of seeded schedules, two at a time; prints what went wrong and what came of it. */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { setup, teardown } from '../world/database.ts';
import { playSeason, type Season } from './season.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    part: { type: 'string' },
    rest: { type: 'boolean', default: false },
  },
});
const count = Number(values.schedules);
const first = Number(values.seed);
const workers = Math.max(1, Math.min(Number(values.workers), count));

const seedsOf = (part: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index).filter((_, index) => index % workers === part);

const runPart = async (part: number): Promise<void> => {
  let done = 0;
  const season = await playSeason(seedsOf(part), values.rest ? { graphql: false } : {}, () => {
    done += 1;
    if (done % 25 === 0) process.send?.({ done: 25 });
  });
  process.send?.({ season });
};

/** Each part in a process of its own; every other one on a GitHub without GraphQL. */
const startPart = (part: number, onDone: (count: number) => void): Promise<Season> =>
  new Promise((resolve, reject) => {
    const rest = values.rest || part % 2 === 1 ? ['--rest'] : [];
    const args = ['--schedules', String(count), '--seed', String(first), '--workers', String(workers)];
    const child: ChildProcess = fork(import.meta.filename, [...args, '--part', String(part), ...rest]);
    child.on('message', (message: { readonly season?: Season; readonly done?: number }) => {
      if (message.done !== undefined) onDone(message.done);
      if (message.season !== undefined) resolve(message.season);
    });
    child.on('exit', (code) => reject(new Error(`part ${part} ended with ${code}`)));
  });

const added = (
  lists: readonly Readonly<Record<string, number>>[],
): readonly (readonly [string, number])[] => {
  const sum = new Map<string, number>();
  for (const list of lists)
    for (const [key, value] of Object.entries(list)) sum.set(key, (sum.get(key) ?? 0) + value);
  return [...sum].sort(([one], [other]) => one.localeCompare(other));
};

const report = (seasons: readonly Season[], seconds: number): number => {
  const failures = seasons.flatMap((season) => season.failures);
  const total = (of: (season: Season) => number): number =>
    seasons.reduce((sum, season) => sum + of(season), 0);
  const passes = added(seasons.map((season) => season.passes));
  const lines = [
    `schedules ${total((one) => one.schedules)} (seeds ${first} to ${first + count - 1}), ${seconds.toFixed(0)} s`,
    `troubles ${total((one) => one.troubles)}, of them crashes that happened ${total((one) => one.crashes)}`,
    `reconcile passes needed: ${passes.map(([number, times]) => `${number}: ${times}`).join(', ')}`,
    ...added(seasons.map((season) => season.met)).map(
      ([what, times]) => `  ${String(times).padStart(5)} × ${what}`,
    ),
    ...failures.flatMap(({ seed, wrong, least }) => [
      `FAILED seed ${seed}`,
      ...wrong.map((one) => `  ${one}`),
      `  least: ${least}`,
    ]),
    `lost, doubled or violated: ${failures.length}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return failures.length === 0 ? 0 : 1;
};

if (values.part !== undefined) {
  await runPart(Number(values.part));
  process.exit(0);
}
await setup();
try {
  const began = performance.now();
  let done = 0;
  const parts = Array.from({ length: workers }, (_, part) =>
    startPart(part, (more) => {
      done += more;
      process.stderr.write(`\r${done} of ${count} `);
    }),
  );
  const seasons = await Promise.all(parts);
  process.stderr.write('\r');
  process.exitCode = report(seasons, (performance.now() - began) / 1_000);
} finally {
  await teardown();
}
