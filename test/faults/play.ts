/** One schedule played to its end: act by act, each with its faults, until everything is as if there had been none. */
import { obeyPauses } from '../../src/engine/obey-pauses.ts';
import { reconcileEpics } from '../../src/engine/reconcile/reconcile-epics.ts';
import { recoverDeliveries } from '../../src/engine/recover-deliveries.ts';
import { sweep } from '../../src/engine/sweep.ts';
import { tick } from '../../src/engine/tick.ts';
import { picture } from '../world/picture.ts';
import { openCourier } from './courier.ts';
import { dice } from './dice.ts';
import { holdAgainst } from './hold-against.ts';
import { checksAreTrue } from './invariants.ts';
import { watchPauses } from './pauses.ts';
import type { Replica } from './replica.ts';
import type { Fault, Reach, Schedule } from './schedule.ts';
import { type Act, type Scene, stories } from './story.ts';
import { openTown, type Town } from './town.ts';
import { openTrouble } from './trouble.ts';
import { openStage, type World } from './world.ts';

/** What came of a schedule. */
export interface Outcome {
  /** Sentences, each naming the invariant or the act; none where all is well. */
  readonly violations: readonly string[];
  /** How often everything had to be compared with GitHub, in the act that needed it most often. */
  readonly passes: number;
  readonly crashes: number;
  /** How often GitHub asked to wait. */
  readonly pauses: number;
  readonly fired: readonly Fault[];
  readonly reach: readonly Reach[];
  /** What people saw after each act, as JSON. */
  readonly pictures: readonly string[];
  readonly milliseconds: number;
  /** What the house logged, warnings and above. */
  readonly log: readonly string[];
}

/** What a play is held against. */
export interface Measure {
  /** The pictures of the undisturbed run; absent: this is one. */
  readonly expected?: readonly string[];
  /** Called before each act and after the last: where a test of this simulation breaks what the house promised. */
  readonly meddle?: (act: number, scene: Scene, log: string[]) => Promise<void> | void;
  readonly verify?: boolean;
}

/** Thirty faults in one act, each with its own pause, take some eighty. */
const mostRounds = 150;
const mostPasses = 3;

const waiting = `
  select extract(epoch from min(not_before) - clock_timestamp())::float8 * 1000 as in
    from (select not_before from deliveries where state = 'new'
          union all
          select not_before from promises where wanted > done and not given_up) as ahead`;

const left = `
  select lane || ' ' || key || ': ' || coalesce(problem, '') as what from promises where wanted > done and not given_up
  union all select lane || ' ' || event || ': ' || coalesce(problem, '') from deliveries where state = 'new'`;

/** The first thing that differs, so that a person need not read two pictures. */
const difference = (expected: string, seen: string): string => {
  const flat = (text: string): ReadonlyMap<string, string> =>
    new Map(
      (JSON.parse(text) as Record<string, unknown>[]).flatMap((issue) =>
        Object.entries(issue).map(([field, value]) => [
          `${issue['title']} / ${field}`,
          JSON.stringify(value),
        ]),
      ),
    );
  const [one, other] = [flat(expected), flat(seen)];
  const at = [...new Set([...one.keys(), ...other.keys()])].find((key) => one.get(key) !== other.get(key));
  return `${at}:\n    undisturbed ${one.get(at ?? '')}\n    here        ${other.get(at ?? '')}`;
};

const problemOf = (fields: object): string => {
  const told = 'err' in fields && fields.err instanceof Error ? fields.err.message : '';
  return `${told} ${JSON.stringify(fields, (key, value: unknown) => (key === 'err' ? undefined : value))}`;
};

/** Plays it; throws only where the simulation itself is broken. */
export const playSchedule = async (
  world: World,
  schedule: Schedule,
  measure: Measure = {},
): Promise<Outcome> => {
  const began = process.hrtime.bigint();
  const story = stories[schedule.story];
  if (story === undefined) throw new Error(`There is no story ${schedule.story}.`);
  const roll = dice(schedule.seed + 1);
  const trouble = openTrouble(schedule.faults);
  const violations: string[] = [];
  const broken = (what: string): void => void violations.push(what);
  const log: string[] = [];
  const note = (fields: object, message: string): void => void log.push(`${message} ${problemOf(fields)}`);
  const quiet = (): void => undefined;
  const watch = watchPauses(world, broken);
  const { scene, road, strike } = await openStage(world, story, {
    toll: watch.toll,
    verify: measure.verify === true,
  });
  const { github } = scene;
  let act: Act | undefined;
  let town: Town | undefined;
  const townNow = (): Town => {
    if (town === undefined) throw new Error('The town is not there yet.');
    return town;
  };
  const courier = openCourier({
    github,
    dice: roll,
    trouble,
    town: townNow,
    mayVanish: () => act?.mayVanish === true,
  });
  github.faults.requests.push((asked) => {
    for (const one of checksAreTrue(scene)) broken(one);
    return trouble.atRequest(asked);
  });

  /** Everybody who is alive has been beating all the time. */
  const pass = async (milliseconds: number, except?: Replica): Promise<void> => {
    await world.clock.pass(milliseconds);
    const alive = townNow()
      .up()
      .filter((one) => one !== except);
    await world.admin.query('update replicas set seen_at = clock_timestamp() where id = any($1)', [
      alive.map((one) => one.engine.db.id),
    ]);
    for (const one of alive) await one.heart.beat(one.engine).catch(() => undefined);
  };

  const outside = () => {
    const hooks = courier.options();
    if (!schedule.interleaved || hooks.length === 0 || !roll.chance(0.08)) return hooks;
    const up = townNow().up();
    if (up.length === 0) return hooks;
    const replica = roll.pick(up);
    const look = (): void => townNow().begin(replica, 'sweep', () => sweep(replica.engine));
    return [...hooks, { weight: 2, happen: look }];
  };

  town = await openTown({
    place: {
      githubUrl: github.url,
      databaseUrl: world.databaseUrl,
      // One strand at a time holds one lane; what it asks meanwhile shares the rest.
      sessions: schedule.interleaved ? 12 : 3,
      // Nobody waits for it: time passes.
      sleep: schedule.paced ? (milliseconds) => pass(milliseconds).catch(() => undefined) : undefined,
      admin: world.admin,
      road,
      log: { debug: quiet, info: quiet, warn: note, error: note },
    },
    replicas: schedule.replicas,
    interleaved: schedule.interleaved,
    dice: roll,
    trouble,
    outside,
    died: courier.died,
    learns: watch.learns,
    standsStill: (replica) => pass(30_000, replica),
  });
  const stage = town;

  const someone = (): Replica => roll.pick(stage.up());

  const waitForDue = async (): Promise<boolean> => {
    const { rows } = await world.admin.query<{ in: number | null }>(waiting);
    const milliseconds = rows[0]?.in ?? null;
    if (milliseconds === null) return false;
    await pass(Math.max(1_000, milliseconds + 5));
    for (const one of stage.up()) {
      await watch.learns(one, () => obeyPauses(one.engine)).catch(() => undefined);
    }
    return true;
  };

  /** Until nothing is left to happen, now or later. */
  const settle = async (): Promise<void> => {
    for (let round = 0; round < mostRounds; round += 1) {
      await stage.rest();
      if (courier.release()) continue;
      const replica = someone();
      const woken = await stage.job(replica, 'sweep', () => sweep(replica.engine));
      if (woken !== 0) continue;
      const ringer = someone();
      if ((await stage.job(ringer, 'tick', () => tick(ringer.engine))) !== 0) continue;
      if (courier.hasFailed()) {
        const other = someone();
        const asked = await stage.job(other, 'recover', () => recoverDeliveries(other.engine, 0));
        if (asked === 'failed') {
          await pass(61_000);
          courier.failedAgain();
        }
        continue;
      }
      if (!(await waitForDue())) return;
    }
    const { rows } = await world.admin.query<{ what: string }>(left);
    broken(`It does not come to rest: ${rows.map((row) => row.what).join('; ')}`);
  };

  const look = (): string => JSON.stringify(picture(github, scene.acme.shop));

  /** Answers how many comparisons with GitHub it took. */
  const converge = async (index: number): Promise<number> => {
    await settle();
    trouble.calm();
    const expected = measure.expected?.[index];
    for (let passes = 0; ; passes += 1) {
      if (expected === undefined || look() === expected) return passes;
      if (passes === mostPasses) {
        broken(`Act ${index} (${act?.name}) ends otherwise: ${difference(expected, look())}`);
        return passes;
      }
      // What is younger than half a minute is left to its webhook.
      await pass(60_000);
      const replica = someone();
      await stage.job(replica, 'reconcile', () => reconcileEpics(replica.engine));
      await settle();
    }
  };

  const pictures: string[] = [];
  let passes = 0;
  try {
    for (const [index, next] of story.acts.entries()) {
      act = next;
      trouble.enter(index);
      courier.nextAct();
      // People read before they answer.
      await pass(90_000);
      if (measure.meddle !== undefined) await measure.meddle(index, scene, log);
      if (next.waits !== undefined) await pass(next.waits);
      next.deed(scene);
      passes = Math.max(passes, await converge(index));
      pictures.push(look());
      if (violations.length > 0) break;
    }
    if (measure.meddle !== undefined) await measure.meddle(story.acts.length, scene, log);
    const seen = { accepted: courier.accepted, log };
    violations.push(...(await holdAgainst(world.admin, scene, seen)), ...github.violations);
  } catch (failure) {
    broken(`${act?.name}: ${failure instanceof Error ? failure.stack : String(failure)}`);
  } finally {
    await stage.close();
    await strike();
  }
  return {
    violations: [...new Set(violations)],
    passes,
    crashes: stage.crashes(),
    pauses: watch.count(),
    fired: [...trouble.fired()],
    reach: trouble.reach(),
    pictures,
    milliseconds: Number((process.hrtime.bigint() - began) / 1_000_000n),
    log,
  };
};
