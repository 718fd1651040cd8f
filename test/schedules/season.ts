/** Many schedules in one theatre, and what came of them together. */
import type { Features } from '../world/github/hub.ts';
import { type Outcome, perform } from './perform.ts';
import { type Schedule, scheduleOf, troublesIn } from './plan.ts';
import { shrink } from './shrink.ts';
import { acts } from './story.ts';
import { openTheatre, type Theatre } from './theatre.ts';

/** What a season came to. */
export interface Season {
  readonly schedules: number;
  readonly troubles: number;
  readonly crashes: number;
  /** Reconcile passes needed → how many schedules needed them. */
  readonly passes: Readonly<Record<number, number>>;
  readonly met: Readonly<Record<string, number>>;
  readonly failures: readonly {
    readonly seed: number;
    readonly wrong: readonly string[];
    readonly least: string;
  }[];
}

const calm = (seed: number): Schedule => ({ seed, replicas: 1, acts: acts.map(() => []) });

/** What people see after each act where nothing goes wrong. */
const undisturbed = async (theatre: Theatre): Promise<readonly (readonly object[])[]> => {
  const seen: (readonly object[])[] = [];
  const outcome = await perform(theatre, calm(0), [], (picture) => seen.push(picture));
  if (outcome.wrong.length > 0) throw new Error(`Undisturbed, the story fails:\n${outcome.wrong.join('\n')}`);
  return seen;
};

const printed = (schedule: Schedule): string =>
  `replicas: ${schedule.replicas}; ${schedule.acts
    .flatMap((troubles, act) =>
      troubles.map((one) => `act ${act} (${acts[act]?.name}): ${JSON.stringify(one)}`),
    )
    .join('; ')}`;

/** Plays the schedules of these seeds; a failing one is shrunk in theatres of its own. */
export const playSeason = async (
  seeds: readonly number[],
  features: Partial<Features> = {},
  told: (outcome: Outcome) => void = () => undefined,
): Promise<Season> => {
  let theatre = await openTheatre(features);
  const wanted = await undisturbed(theatre);
  const sum = { troubles: 0, crashes: 0, passes: new Map<number, number>(), met: new Map<string, number>() };
  const failures: Season['failures'][number][] = [];
  const again = async (schedule: Schedule): Promise<boolean> => {
    const own = await openTheatre(features);
    try {
      const right = await undisturbed(own);
      return (await perform(own, schedule, right)).wrong.length > 0;
    } finally {
      await own.ends();
    }
  };
  try {
    for (const seed of seeds) {
      const schedule = scheduleOf(seed, acts.length);
      const outcome = await perform(theatre, schedule, wanted);
      told(outcome);
      sum.troubles += troublesIn(schedule);
      sum.crashes += outcome.crashes;
      sum.passes.set(outcome.passes, (sum.passes.get(outcome.passes) ?? 0) + 1);
      for (const [what, count] of Object.entries(outcome.met))
        sum.met.set(what, (sum.met.get(what) ?? 0) + count);
      if (outcome.wrong.length === 0) continue;
      const least = printed(await shrink(schedule, again));
      failures.push({ seed, wrong: outcome.wrong, least });
      // What it left behind must not spoil the next one.
      await theatre.ends();
      theatre = await openTheatre(features);
      await undisturbed(theatre);
    }
  } finally {
    await theatre.ends();
  }
  const { troubles, crashes, passes, met } = sum;
  return {
    schedules: seeds.length,
    troubles,
    crashes,
    passes: Object.fromEntries(passes),
    met: Object.fromEntries(met),
    failures,
  };
};
