/** Plays one schedule: each act with its troubles, then peace, and a look at whether everything is as it would have been. */
import { isDeepStrictEqual } from 'node:util';
import type { Fate } from '../world/github/faults.ts';
import { labelsOf } from '../world/github/find.ts';
import type { Issue } from '../world/github/state.ts';
import { type Dice, dice } from './dice.ts';
import { violations } from './invariants.ts';
import { picture } from './picture.ts';
import type { Schedule, Trouble } from './plan.ts';
import { acts, type Scene } from './story.ts';
import type { Theatre } from './theatre.ts';

/** What came of a schedule. */
export interface Outcome {
  readonly seed: number;
  /** Empty: all is well. */
  readonly wrong: readonly string[];
  /** The most reconcile passes any act needed. */
  readonly passes: number;
  readonly crashes: number;
  /** How often each kind of trouble really happened. */
  readonly met: Readonly<Record<string, number>>;
}

const mostRounds = 60;
const mostPasses = 3;

const isLimit = (fate: Fate): boolean =>
  typeof fate === 'object' && ('limit' in fate || ('refuse' in fate && fate.retryAfter !== undefined));

const sceneOf = (
  theatre: Theatre,
  above: number,
): Scene & { readonly epicIssue: () => Issue | undefined } => {
  const { github, acme } = theatre;
  let known: { readonly epic?: Issue; readonly pull?: Issue } = {};
  const there = (issue: Issue | undefined, what: string): Issue => {
    if (issue === undefined) throw new Error(`there is no ${what}`);
    return issue;
  };
  return {
    person: github.person,
    epicIssue: () => known.epic,
    epic: () => there(known.epic, 'epic'),
    pull: () => there(known.pull, 'pull request'),
    opened: (what) => {
      known = { ...known, ...what };
    },
    stage: (key) =>
      there(
        [...acme.shop.issues.values()]
          .filter((one) => one.number > above && one.title.startsWith(`${key}: `))
          .findLast((one) => labelsOf(acme.shop, one).some((label) => label.name.startsWith('stage:'))),
        key,
      ),
  };
};

/** Sets the traps of one act; answers how to take them away and what was met. */
const setTraps = (theatre: Theatre, troubles: readonly Trouble[], met: Map<string, number>) => {
  const { faults } = theatre.github;
  const note = (what: string): void => {
    met.set(what, (met.get(what) ?? 0) + 1);
  };
  let requests = 0;
  let webhooks = 0;
  let limitedAt: number | undefined;
  const early: string[] = [];
  faults.requests.push(({ method, path }) => {
    const at = requests;
    requests += 1;
    // I8: after "wait a minute" nothing more comes from the one who heard it, until a minute has passed.
    if (limitedAt !== undefined && theatre.replicas().length === 1 && Date.now() - limitedAt > 40)
      early.push(`I8: ${method} ${path} came before the time GitHub had asked to wait for`);
    const trouble = troubles.find((one) => one.kind === 'request' && one.after === at);
    if (trouble?.kind !== 'request') return undefined;
    note(`request ${typeof trouble.fate === 'string' ? trouble.fate : JSON.stringify(trouble.fate)}`);
    if (isLimit(trouble.fate)) limitedAt = Date.now();
    return trouble.fate;
  });
  faults.webhooks.push(() => {
    const at = webhooks;
    webhooks += 1;
    const trouble = troubles.find((one) => one.kind === 'webhook' && one.after === at);
    if (trouble?.kind !== 'webhook') return undefined;
    note(`webhook ${typeof trouble.fate === 'string' ? trouble.fate : 'late'}`);
    return trouble.fate;
  });
  const crash = troubles.find((one) => one.kind === 'crash');
  if (crash?.kind === 'crash') theatre.replicas()[0]?.doom(crash.boundary, crash.hit);
  return {
    note,
    crash: crash?.kind === 'crash' ? crash : undefined,
    cut: troubles.find((one) => one.kind === 'cut'),
    early,
    away: () => {
      faults.clear();
      for (const replica of theatre.replicas()) replica.doom();
    },
  };
};

const cutSessions = (theatre: Theatre): Promise<unknown> =>
  theatre.admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name like 'gatehouse %' and pid <> pg_backend_pid()
        and application_name <> $1`,
    [`gatehouse ${theatre.admin.id}`],
  );

const replays = async (theatre: Theatre, troubles: readonly Trouble[]): Promise<number> => {
  let count = 0;
  for (const trouble of troubles) {
    if (trouble.kind !== 'replay') continue;
    const old = theatre.github.deliveries.at(-trouble.back);
    if (old === undefined || old.status === 'pending') continue;
    count += 1;
    if (!trouble.fresh) theatre.github.redeliver(old.id);
    else {
      const body = Buffer.from(old.text);
      await theatre.replicas()[0]?.receives({ guid: crypto.randomUUID(), event: old.event, body });
    }
  }
  return count;
};

/** The act under fire: until nothing more moves, or nobody is left to move it. */
const underFire = async (
  theatre: Theatre,
  troubles: readonly Trouble[],
  met: Map<string, number>,
  roll: Dice,
) => {
  const traps = setTraps(theatre, troubles, met);
  let crashes = 0;
  let again = traps.crash?.again;
  const revive = async (): Promise<void> => {
    const revived = await theatre.revives();
    crashes += revived;
    if (revived === 0 || traps.crash === undefined) return;
    traps.note(`crash ${traps.crash.boundary}`);
    // Once more, while the successor finds out what the first one left.
    if (again !== undefined) theatre.replicas()[0]?.doom(traps.crash.boundary, again);
    again = undefined;
  };
  return {
    traps,
    crashes: () => crashes,
    run: async (): Promise<void> => {
      for (let round = 0; round < 8; round += 1) {
        await theatre.github.settled();
        await revive();
        const worked = await theatre.works(roll, async (index) => {
          await revive();
          if (traps.cut?.kind === 'cut' && traps.cut.after === index && round === 0) {
            traps.note('cut');
            await cutSessions(theatre);
          }
        });
        await revive();
        if (worked === 0) break;
        if (roll.hit(0.4)) break;
      }
    },
  };
};

/** Nothing goes wrong any more: works until nothing is left. */
const untilQuiet = async (theatre: Theatre, roll: Dice): Promise<void> => {
  for (let round = 0; round < mostRounds; round += 1) {
    await theatre.github.settled();
    if ((await theatre.works(roll)) > 0) continue;
    await theatre.github.settled();
    if ((await theatre.works(roll)) === 0 && !(await theatre.timePasses())) return;
  }
};

const difference = (wanted: readonly object[], found: readonly object[]): string => {
  const lines = (value: readonly object[]): readonly string[] => JSON.stringify(value, null, 1).split('\n');
  const [one, other] = [lines(wanted), lines(found)];
  const at = one.findIndex((line, index) => line !== other[index]);
  return `wanted …${one.slice(Math.max(0, at - 3), at + 4).join(' ')}\n    found …${other.slice(Math.max(0, at - 3), at + 4).join(' ')}`;
};

/**
 * Plays it. `wanted`: what people see after each act where nothing goes wrong; without it this run is that run, and the
 * pictures are handed to `seen`.
 */
export const perform = async (
  theatre: Theatre,
  schedule: Schedule,
  wanted: readonly (readonly object[])[],
  seen: (picture: readonly object[]) => void = () => undefined,
): Promise<Outcome> => {
  const roll = dice(schedule.seed ^ 0x9e3779b9);
  const { github, acme } = theatre;
  const above = Math.max(0, ...acme.shop.issues.keys());
  const since = github.deliveries.length;
  const scene = sceneOf(theatre, above);
  const met = new Map<string, number>();
  const wrong: string[] = [];
  let passes = 0;
  let crashes = 0;
  await theatre.casts(schedule.replicas);
  for (const [index, act] of acts.entries()) {
    const troubles = schedule.acts[index] ?? [];
    const fire = await underFire(theatre, troubles, met, roll);
    act.deed(scene);
    const replayed = await replays(theatre, troubles);
    if (replayed > 0) met.set('replay', (met.get('replay') ?? 0) + replayed);
    if (troubles.length > 0) await fire.run();
    wrong.push(...fire.traps.early.slice(0, 1));
    fire.traps.away();
    crashes += fire.crashes();
    // What heard "wait" has waited; a successor begins with what the ledger knows.
    if (troubles.some((one) => one.kind === 'request' && isLimit(one.fate)))
      await theatre.casts(schedule.replicas);
    await theatre.revives();
    await untilQuiet(theatre, roll);
    if (troubles.length > 0) {
      await theatre.recovers();
      await untilQuiet(theatre, roll);
    }
    let now = picture(github, acme.shop, above);
    let needed = 0;
    const right = wanted[index];
    while (right !== undefined && !isDeepStrictEqual(now, right) && needed < mostPasses) {
      needed += 1;
      await theatre.reconciles();
      await untilQuiet(theatre, roll);
      now = picture(github, acme.shop, above);
    }
    passes = Math.max(passes, needed);
    seen(now);
    if (right !== undefined && !isDeepStrictEqual(now, right)) {
      wrong.push(`after "${act.name}" people see something else: ${difference(right, now)}`);
      break;
    }
  }
  const epic = scene.epicIssue();
  if (epic !== undefined) wrong.push(...(await violations(theatre, String(epic.id), since)));
  return { seed: schedule.seed, wrong, passes, crashes, met: Object.fromEntries(met) };
};
