/** Plays seeds: makes their schedules, holds them against the undisturbed runs, and makes those that fail smaller. */
import { type Outcome, playSchedule } from './play.ts';
import { type Reach, type Schedule, scheduleOf } from './schedule.ts';
import { shrink } from './shrink.ts';
import { stories } from './story.ts';
import { openWorld, type World } from './world.ts';

/** A schedule and what came of it. */
export interface Played {
  readonly schedule: Schedule;
  readonly outcome: Outcome;
}

/** See `openBench`. */
export interface Bench {
  readonly playSeed: (seed: number) => Promise<Played>;
  readonly play: (schedule: Schedule) => Promise<Outcome>;
  /** The smallest schedule that still fails, found within `plays` plays and a little time. */
  readonly smallest: (schedule: Schedule, plays: number) => Promise<Played>;
  readonly close: () => Promise<void>;
}

/** Databases are renewed now and then: dead rows of hundreds of schedules would slow the next ones down. */
const perWorld = 150;

/** One bench per process: it takes clocks and `fetch` over. */
export const openBench = async (): Promise<Bench> => {
  let world: World = await openWorld();
  let played = 0;
  const references = new Map<number, Promise<Outcome>>();

  const nextWorld = async (): Promise<World> => {
    played += 1;
    if (played % perWorld !== 0) return world;
    await world.close();
    world = await openWorld();
    return world;
  };

  const reference = (story: number): Promise<Outcome> => {
    const known = references.get(story);
    if (known !== undefined) return known;
    const made = playSchedule(world, { seed: 1, story, replicas: 1, interleaved: false, faults: [] });
    const sound = made.then((outcome) => {
      if (outcome.violations.length === 0) return outcome;
      throw new Error(`Story ${story} fails without any fault:\n${outcome.violations.join('\n')}`);
    });
    references.set(story, sound);
    return sound;
  };

  const play = async (schedule: Schedule): Promise<Outcome> => {
    const { pictures } = await reference(schedule.story);
    return playSchedule(await nextWorld(), schedule, { expected: pictures });
  };

  const playSeed = async (seed: number): Promise<Played> => {
    const reachOf = async (story: number): Promise<readonly Reach[]> => (await reference(story)).reach;
    const schedule = await scheduleOf(seed, stories.length, reachOf);
    return { schedule, outcome: await play(schedule) };
  };

  const smallest: Bench['smallest'] = async (schedule, plays) => {
    let last: Played | undefined;
    const fails = async (one: Schedule): Promise<boolean> => {
      const outcome = await play(one);
      if (outcome.violations.length === 0) return false;
      last = { schedule: one, outcome };
      return true;
    };
    await shrink(schedule, fails, plays);
    return last ?? { schedule, outcome: await play(schedule) };
  };

  return { playSeed, play, smallest, close: () => world.close() };
};
