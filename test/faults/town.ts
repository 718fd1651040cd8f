/** The replicas and what they are doing: strands of work that take turns, die, stand still and come back. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Boundary } from '../../src/engine/boundary.ts';
import { obeyPauses } from '../../src/engine/obey-pauses.ts';
import { workLane } from '../../src/engine/work-lane.ts';
import type { Dice } from './dice.ts';
import { openReplica, type Replica, type ReplicaPlace } from './replica.ts';
import type { Trouble } from './trouble.ts';

interface Strand {
  readonly replica: Replica;
  readonly what: string;
  /** The boundary it passed last. */
  last: Boundary | 'its start';
  waiting: number;
}

interface Turn {
  readonly strand: Strand;
  readonly boundary: Boundary;
  readonly go: () => void;
}

/** Something that could happen next. */
export interface Option {
  readonly weight: number;
  readonly happen: () => void;
}

/** How the town behaves. */
export interface TownPlan {
  readonly place: Omit<ReplicaPlace, 'name' | 'reach' | 'commit'>;
  readonly replicas: number;
  readonly interleaved: boolean;
  readonly dice: Dice;
  readonly trouble: Trouble;
  /** What else could happen: webhooks that arrive. */
  readonly outside: () => readonly Option[];
  /** Told when a replica is gone, with what it was doing. */
  readonly died: (replica: Replica) => void;
  /** Lets a replica read what GitHub asked others to wait for. */
  readonly learns: (replica: Replica, read: () => Promise<unknown>) => Promise<void>;
  /** Lets a stopped replica's lease end, and everybody else notice. */
  readonly standsStill: (replica: Replica) => Promise<void>;
}

/** See `openTown`. */
export interface Town {
  readonly up: () => readonly Replica[];
  /** Begins a piece of work on a replica; what it throws is what a process would log. */
  readonly begin: (replica: Replica, what: string, work: () => Promise<unknown>) => void;
  /** Lets everything happen that can happen now, in an order the dice choose. */
  readonly rest: () => Promise<void>;
  /** The same, but with one job more, and its outcome: `failed` where it threw or its replica died. */
  readonly job: <T>(replica: Replica, what: string, work: () => Promise<T>) => Promise<T | 'failed'>;
  readonly crashes: () => number;
  readonly close: () => Promise<void>;
}

/** A strand that hears nothing for so long waits for something another strand holds. */
const patience = 25;
/** Far beyond anything that takes this long by itself. */
const stuck = 15_000;

/** A bell that is waited for and rung; a ring that nobody waited for is not lost. */
const bell = () => {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: (): void => {
      rung = true;
      wake?.();
    },
    /** False: it did not ring within so many milliseconds. */
    heard: async (within: number): Promise<boolean> => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, within);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      const heard = rung;
      rung = false;
      return heard;
    },
  };
};

/** Opens the first replicas. */
export const openTown = async (plan: TownPlan): Promise<Town> => {
  const { dice, trouble, interleaved } = plan;
  const here = new AsyncLocalStorage<Strand>();
  const signal = bell();
  let replicas: readonly Replica[] = [];
  let strands: readonly Strand[] = [];
  let turns: readonly Turn[] = [];
  let underWay: readonly Promise<unknown>[] = [];
  let homecomings: readonly { steps: number }[] = [];
  let crashes = 0;
  let named = 0;

  const meanwhile = (work: Promise<unknown>): void => {
    const noted = work
      .catch(() => undefined)
      .finally(() => {
        underWay = underWay.filter((one) => one !== noted);
        signal.ring();
      });
    underWay = [...underWay, noted];
  };

  const kill = (replica: Replica, down: number): void => {
    crashes += 1;
    replicas = replicas.filter((one) => one !== replica);
    strands = strands.filter((one) => one.replica !== replica);
    const its = turns.filter((one) => one.strand.replica === replica);
    turns = turns.filter((one) => !its.includes(one));
    for (const one of its) one.go();
    homecomings = [...homecomings, { steps: down }];
    plan.died(replica);
    meanwhile(replica.kill());
  };

  const turnOf = (strand: Strand, boundary: Boundary): Promise<void> =>
    new Promise((go) => {
      strand.waiting += 1;
      turns = [...turns, { strand, boundary, go }];
      signal.ring();
    });

  const reach = (replica: Replica, boundary: Boundary): Promise<void> | void => {
    if (replica.dead) return replica.gone;
    const struck = trouble.atBoundary(boundary);
    const crash = struck.find((one) => one.kind === 'crash');
    if (crash !== undefined) {
      kill(replica, crash.down);
      return replica.gone;
    }
    const strand = here.getStore();
    if (strand !== undefined) strand.last = boundary;
    const misfortunes = struck.map(async ({ kind }) => {
      if (kind === 'cut') await replica.cutOff();
      if (kind === 'database') await Promise.all(replicas.map((one) => one.cutOff()));
      if (kind === 'stop') await plan.standsStill(replica);
    });
    const stopped = struck.some(({ kind }) => kind === 'stop');
    const turn =
      interleaved && strand !== undefined && strands.includes(strand) && (stopped || dice.chance(0.4))
        ? [turnOf(strand, boundary)]
        : [];
    if (misfortunes.length + turn.length === 0) return undefined;
    return Promise.all([...misfortunes, ...turn]).then(() => (replica.dead ? replica.gone : undefined));
  };

  const begin: Town['begin'] = (replica, what, work) => {
    const strand: Strand = { replica, what, last: 'its start', waiting: 0 };
    strands = [...strands, strand];
    void here
      .run(strand, work)
      .catch((failure: unknown) => replica.engine.log.debug({ err: failure, what }, 'strand failed'))
      .finally(() => {
        strands = strands.filter((one) => one !== strand);
        signal.ring();
      });
  };

  const workOn = (replica: Replica, lane: string): void => {
    replica.woken.delete(lane);
    replica.busy.add(lane);
    begin(replica, lane, () =>
      workLane(replica.engine, lane).finally(() => {
        replica.busy.delete(lane);
      }),
    );
  };

  const open = (): Replica => {
    named += 1;
    return openReplica({ ...plan.place, name: `r${named}`, reach, commit: () => trouble.atCommit() });
  };

  /** What a process does when it starts, with the boundaries it passes. */
  const comeHome = (): void => {
    const [first, ...others] = homecomings;
    if (first === undefined) return;
    homecomings = others;
    const replica = open();
    replicas = [...replicas, replica];
    begin(replica, 'start', async () => {
      await reach(replica, 'B15');
      await replica.heart.beat(replica.engine);
      await plan.learns(replica, () => obeyPauses(replica.engine));
    });
  };

  const options = (): readonly Option[] => {
    for (const one of homecomings) one.steps -= 1;
    const home = homecomings.some((one) => one.steps <= 0) ? [{ weight: 3, happen: comeHome }] : [];
    const lanes = replicas.flatMap((replica) =>
      [...replica.woken]
        .filter((lane) => !replica.busy.has(lane))
        .map((lane) => ({ weight: 2, happen: () => workOn(replica, lane) })),
    );
    const granted = turns.map((turn) => ({
      weight: 3,
      happen: () => {
        turns = turns.filter((one) => one !== turn);
        turn.strand.waiting -= 1;
        turn.go();
      },
    }));
    return [...home, ...lanes, ...granted, ...plan.outside()];
  };

  const choose = (among: readonly Option[]): void => {
    let left = dice.roll() * among.reduce((sum, one) => sum + one.weight, 0);
    const chosen = among.find((one) => {
      left -= one.weight;
      return left < 0;
    });
    (chosen ?? among[0])?.happen();
  };

  const running = (): boolean => strands.some((one) => one.waiting === 0);

  const rest: Town['rest'] = async () => {
    for (;;) {
      while (underWay.length > 0) await Promise.all(underWay);
      if (running()) {
        const blocked = interleaved && turns.length > 0;
        if (await signal.heard(blocked ? patience : stuck)) continue;
        if (!blocked)
          throw new Error(
            `Nothing moves: ${strands.map(({ what, last }) => `${what} since ${last}`).join(', ')}`,
          );
      }
      const possible = options();
      if (possible.length > 0) choose(possible);
      else if (homecomings.length === 0 && strands.length === 0) return;
    }
  };

  const job: Town['job'] = async (replica, what, work) => {
    let outcome: Awaited<ReturnType<typeof work>> | 'failed' = 'failed';
    begin(replica, what, async () => {
      await reach(replica, 'B14');
      outcome = await work();
    });
    await rest();
    return outcome;
  };

  for (let count = 0; count < plan.replicas; count += 1) {
    const replica = open();
    replicas = [...replicas, replica];
    await replica.heart.beat(replica.engine);
  }
  return {
    up: () => replicas,
    begin,
    rest,
    job,
    crashes: () => crashes,
    close: async () => {
      const last = replicas;
      replicas = [];
      strands = [];
      turns = [];
      await Promise.all(last.map((one) => one.close().catch(() => undefined)));
    },
  };
};
