/** The figures of many schedules, and one failing schedule, in words. */
import type { Played } from './bench.ts';
import { tellFault } from './schedule.ts';
import { stories } from './story.ts';

/** Figures of schedules played so far. */
export interface Sums {
  readonly schedules: number;
  readonly failed: number;
  readonly crashes: number;
  readonly pauses: number;
  readonly planned: number;
  /** Faults that hit something, by kind. */
  readonly fired: Readonly<Record<string, number>>;
  /** Reconcile passes needed → how many schedules. */
  readonly passes: Readonly<Record<string, number>>;
  readonly replicas: Readonly<Record<string, number>>;
  readonly milliseconds: number;
  readonly slowest: number;
}

const none: Sums = {
  schedules: 0,
  failed: 0,
  crashes: 0,
  pauses: 0,
  planned: 0,
  fired: {},
  passes: {},
  replicas: {},
  milliseconds: 0,
  slowest: 0,
};

const counted = (
  counts: Readonly<Record<string, number>>,
  ...keys: readonly (string | number)[]
): Readonly<Record<string, number>> => {
  const sum: Record<string, number> = { ...counts };
  for (const key of keys) sum[key] = (sum[key] ?? 0) + 1;
  return sum;
};

/** The sums with one schedule more. */
export const addUp = (sums: Sums = none, { schedule, outcome }: Played): Sums => ({
  schedules: sums.schedules + 1,
  failed: sums.failed + (outcome.violations.length > 0 ? 1 : 0),
  crashes: sums.crashes + outcome.crashes,
  pauses: sums.pauses + outcome.pauses,
  planned: sums.planned + schedule.faults.length,
  fired: counted(
    sums.fired,
    ...outcome.fired.map((fault) =>
      'at' in fault ? `${fault.kind} ${fault.at}` : `${fault.kind} ${fault.fate}`,
    ),
  ),
  passes: counted(sums.passes, outcome.passes),
  replicas: counted(sums.replicas, schedule.replicas),
  milliseconds: sums.milliseconds + outcome.milliseconds,
  slowest: Math.max(sums.slowest, outcome.milliseconds),
});

const table = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([key, count]) => `  ${key.padEnd(28)}${String(count).padStart(7)}\n`)
    .join('');

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);

/** All figures, for people. */
export const tellSums = (sums: Sums, seconds: number): string =>
  [
    `\n${sums.schedules} schedules in ${seconds.toFixed(1)} s`,
    ` (${(sums.milliseconds / sums.schedules).toFixed(0)} ms each, the slowest ${sums.slowest} ms)\n`,
    `${sums.planned} faults planned, ${sumOf(sums.fired)} hit, ${sums.crashes} processes died,`,
    ` GitHub asked to wait ${sums.pauses} times\n\nFaults that hit\n${table(sums.fired)}`,
    `Comparisons with GitHub needed\n${table(sums.passes)}Replicas\n${table(sums.replicas)}`,
    `\nSchedules that broke an invariant: ${sums.failed}\n`,
  ].join('');

/** How to play a schedule again. */
const again = (schedule: Played['schedule']): string =>
  `  node test/faults/run.ts --replay '${JSON.stringify(schedule)}'\n`;

/** A failing schedule, as soon as it is known: what broke, its seed, and how to play it again. */
export const tellViolation = ({ schedule, outcome }: Played): string =>
  [
    `\n── seed ${schedule.seed}: story ${schedule.story} (${stories[schedule.story]?.name}), ${schedule.replicas} replicas\n`,
    ...outcome.violations.map((one) => `  ${one}`),
    again(schedule),
  ].join('\n');

/** The same, smaller. */
export const tellSmallest = ({ schedule, outcome }: Played): string =>
  [
    `\n── seed ${schedule.seed} needs only (${schedule.replicas} replicas):\n`,
    ...schedule.faults.map((one) => `  ${tellFault(one)}`),
    ...(outcome.violations.length === 0
      ? ['  It did not happen again: look for something that takes its time.']
      : outcome.violations.map((one) => `  ${one}`)),
    again(schedule),
  ].join('\n');
