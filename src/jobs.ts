/** Every background job by name. Jobs are wake-ups: losing one or running it twice changes nothing (design rule 5). */
import type { Engine } from './engine/engine.ts';
import type { Heart } from './engine/heartbeat.ts';
import { nowAndThen } from './engine/now-and-then.ts';
import { obeyPauses } from './engine/obey-pauses.ts';
import { projectAgain } from './engine/project-again.ts';
import { beginPasses } from './engine/reconcile/reconcile-epics.ts';
import { refreshChecks } from './engine/reconcile/refresh-checks.ts';
import { recoverDeliveries } from './engine/recover-deliveries.ts';
import { sweep } from './engine/sweep.ts';
import { tick } from './engine/tick.ts';
import { tidy } from './engine/tidy.ts';

/** What jobs are started with. */
export interface Rhythm {
  /** Milliseconds between full comparisons with GitHub. */
  readonly reconcileEvery: number;
  readonly heart: Heart;
}

/** A job, how long it pauses between two runs, and whether it runs at once when the process starts. */
interface Job {
  readonly name: string;
  readonly every: number;
  readonly atStart: boolean;
  readonly run: (engine: Engine) => Promise<unknown>;
}

const minute = 60_000;
const hour = 60 * minute;

/** `sweep` is also how a process finds what another one stored: its pause is the longest a lost wake-up can cost. */
const jobs = ({ reconcileEvery, heart }: Rhythm): readonly Job[] => [
  { name: 'heartbeat', every: heart.every, atStart: false, run: heart.beat },
  { name: 'obey-pauses', every: 1_000, atStart: false, run: obeyPauses },
  { name: 'tick', every: 1_000, atStart: true, run: tick },
  { name: 'sweep', every: 1_000, atStart: true, run: sweep },
  {
    name: 'recover-deliveries',
    every: Math.min(minute, reconcileEvery),
    atStart: true,
    run: (engine) => recoverDeliveries(engine, Math.min(minute, reconcileEvery) / 2),
  },
  { name: 'reconcile', every: reconcileEvery, atStart: true, run: beginPasses(reconcileEvery) },
  { name: 'project-again', every: hour, atStart: true, run: projectAgain },
  { name: 'tidy', every: hour, atStart: false, run: tidy },
  // One look at an index: a process that lives shorter than a check must not let it grow stale.
  { name: 'refresh-checks', every: Math.min(hour, reconcileEvery), atStart: true, run: refreshChecks },
];

/** See `startJobs`. */
export interface Jobs {
  /** Starts no further run and waits for those under way. */
  readonly stop: () => Promise<void>;
}

const startJob = (engine: Engine, job: Job): (() => Promise<void>) => {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const told = nowAndThen();
  const runOnce = async (): Promise<void> => {
    try {
      if (engine.reach !== undefined) await engine.reach('B14');
      await job.run(engine);
      told.worked((times) => engine.log.info({ job: job.name, times }, 'background job works again'));
    } catch (err) {
      told.failed((times) => engine.log.warn({ job: job.name, times, err }, 'background job failed'));
    }
  };
  const schedule = (pause: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = runOnce().then(() => schedule(job.every));
    }, pause);
    timer.unref();
  };
  schedule(job.atStart ? 0 : job.every);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
};

/** Runs each job again and again, never twice at once. */
export const startJobs = (engine: Engine, rhythm: Rhythm): Jobs => {
  const stops = jobs(rhythm).map((job) => startJob(engine, job));
  return {
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
};
