/** The wiring: every room built once, in the order they need each other; used by main, demo and stories. */
import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import type { Config } from './config.ts';
import { readMarker } from './core/render/marker.ts';
import type { Reach } from './engine/boundary.ts';
import { bringTables } from './engine/bring-up.ts';
import type { Engine, Log } from './engine/engine.ts';
import { type Heart, type Pulse, startHeart } from './engine/heartbeat.ts';
import { type Lanes, runLanes } from './engine/lanes.ts';
import { nowAndThen } from './engine/now-and-then.ts';
import { obeyPauses } from './engine/obey-pauses.ts';
import { type Received, receive } from './engine/receive.ts';
import { readStock } from './engine/stock.ts';
import { version } from './engine/version.ts';
import { openWaits } from './engine/waits.ts';
import { workLane } from './engine/work-lane.ts';
import type { Ration } from './github/govern.ts';
import { connectGitHub } from './github/octokit.ts';
import { closeServer } from './http/close-server.ts';
import { buildMetrics } from './http/metrics.ts';
import { buildRoutes } from './http/routes.ts';
import { buildServer, listen } from './http/server.ts';
import { type Jobs, startJobs } from './jobs.ts';
import type { Database } from './ledger/database.ts';
import { intake } from './ledger/intake.ts';
import { readBacklog, readBacklogAge } from './ledger/read-models/backlog.ts';
import { countBypasses } from './ledger/read-models/bypasses.ts';
import { countEpics } from './ledger/read-models/live-epics.ts';
import { readOpenGates } from './ledger/read-models/open-gates.ts';
import { countReworks } from './ledger/read-models/reworks.ts';
import { readRunning } from './ledger/read-models/running.ts';
import { countSignals } from './ledger/read-models/signal-counts.ts';
import { readSpent } from './ledger/read-models/spent.ts';
import { reserve, sharePause } from './ledger/spends.ts';
import { type Cellar, openCellar } from './open-cellar.ts';
import { within } from './within.ts';

/** A running Gatehouse. */
export interface House {
  readonly port: number;
  /** Takes no new work, finishes what is under way, closes everything. */
  readonly stop: () => Promise<void>;
}

/** Where people read what the API serves: github.com for its API, the host itself for others. */
const webRootOf = (apiUrl: string): string => {
  const { protocol, host } = new URL(apiUrl);
  return host === 'api.github.com' ? 'https://github.com' : `${protocol}//${host}`;
};

const waitingRequests = (engine: Engine): number =>
  [...engine.github.state().values()].reduce((sum, one) => sum + one.waiting, 0);

/** What tests may put in the house's way; production gives nothing. */
export interface Trial {
  readonly reach?: Reach | undefined;
  readonly now?: (() => Date) | undefined;
  readonly pulse?: Pulse | undefined;
  readonly lag?: Engine['lag'];
  readonly pace?: Parameters<typeof connectGitHub>[0]['pace'];
}

type Sign = (text: string) => string;

/** A key of its own, so that a marker seen on GitHub says nothing about webhook signatures. */
const signWith =
  (secret: string): Sign =>
  (text) =>
    createHmac('sha256', `marker:${secret}`).update(text).digest('hex').slice(0, 32);

const signersOf = ({ webhookSecret, previousSecret }: Config): readonly [Sign, ...Sign[]] => [
  signWith(webhookSecret),
  ...(previousSecret === undefined ? [] : [signWith(previousSecret.secret)]),
];

const secretsNow = ({ webhookSecret, previousSecret }: Config, now: Date): readonly string[] =>
  previousSecret !== undefined && now < previousSecret.until
    ? [webhookSecret, previousSecret.secret]
    : [webhookSecret];

/** An engine, who works its lanes, and how it shows that it is alive. */
export interface Workshop {
  readonly engine: Engine;
  readonly lanes: Lanes;
  readonly heart: Heart;
}

const rationOf = (db: Database, log: Log, heart: Heart, throttle: boolean): Ration => ({
  reserve: async (installation, content) => (throttle ? reserve(db, installation, content) : 0),
  paused: (installation, until, why) => {
    sharePause(db, { installation, until, why }).catch((err: unknown) =>
      log.warn({ err, installation }, 'the other replicas could not be told of a pause'),
    );
  },
  mayWrite: heart.alive,
});

/** The engine and its lanes on an open, migrated database. */
export const openEngine = (
  config: Config,
  log: Log,
  db: Database,
  { reach, pulse, lag, pace = {}, now }: Trial = {},
): Workshop => {
  const heart = startHeart({ id: db.id, version }, pulse);
  const lanes = runLanes(
    config.workers,
    (lane, isOver) => workLane(engine, lane, isOver),
    (lane, err) => log.error({ lane, err }, 'lane failed; it is tried again'),
  );
  const signers = signersOf(config);
  const engine: Engine = {
    db,
    github: connectGitHub({
      appId: config.appId,
      privateKey: config.privateKey,
      apiUrl: config.apiUrl,
      throttle: config.throttle,
      pace,
      reach,
      ration: rationOf(db, log, heart, config.throttle),
    }),
    log,
    stock: readStock(),
    sign: signers[0],
    readMarker: (body) =>
      signers.map((sign) => readMarker(body, sign)).find((marker) => marker !== undefined),
    now: now ?? heart.now,
    wake: lanes.wake,
    grace: Math.min(30_000, config.reconcileEvery),
    lag,
    reach,
    waits: openWaits(),
  };
  return { engine, lanes, heart };
};

const answers = (db: Database): Promise<boolean> =>
  db.query('select 1').then(
    () => true,
    () => false,
  );

const openPorch = (config: Config, engine: Engine, lanes: Lanes, ready: () => string | undefined): Server => {
  const { db, log } = engine;
  const inbox = { intake: intake(db), wake: lanes.wake, reach: engine.reach, log };
  const failed = (err: unknown, of: object = {}): void => log.error({ ...of, err }, 'request failed');
  const unsigned = nowAndThen();
  const metrics = buildMetrics({
    epics: () => countEpics(db),
    reworks: () => countReworks(db),
    signals: () => countSignals(db),
    reachable: () => answers(db),
    backlog: () => readBacklog(db),
    ages: () => readBacklogAge(db),
    replicas: () => readRunning(db),
    spent: () => readSpent(db),
    bypasses: () => countBypasses(db),
    busyLanes: lanes.busy,
    waitingRequests: () => waitingRequests(engine),
    queues: engine.github.state,
    openGates: () => readOpenGates(db),
  });
  engine.waits?.listen(metrics.waited);
  const check = async (): Promise<string | undefined> => {
    const problem = ready();
    if (problem !== undefined) return problem;
    return (await answers(db)) ? undefined : 'the database cannot be reached';
  };
  const routes = buildRoutes({
    db,
    web: webRootOf(config.apiUrl),
    readiness: { check },
    metrics,
    queues: engine.github.state,
    failed,
    now: engine.now,
    asked: (question) => log.info(question, 'question answered'),
  });
  const door = {
    secrets: () => secretsNow(config, engine.now()),
    usedPrevious: metrics.usedPrevious,
    receive: (received: Received) => receive(inbox, received),
    answered: (status: number) => {
      metrics.answered(status);
      if (status === 202) void engine.reach?.('B3');
      if (status === 401)
        unsigned.failed((times) =>
          log.warn(
            { times },
            'webhook refused: not signed with WEBHOOK_SECRET; `gatehouse doctor` says whether GitHub sent it',
          ),
        );
    },
    failed,
  };
  return buildServer(door, routes);
};

/** In milliseconds, together less than a deployment waits. Lanes that take longer are left: their locks end with their sessions. */
const patience = { lanes: 5_000, senders: 1_500, database: 1_000 };

const openOn = async (cellar: Cellar, config: Config, log: Log, trial: Trial): Promise<House> => {
  await bringTables(cellar.db, log);
  if (trial.reach !== undefined) await trial.reach('B15');
  const { engine, lanes, heart } = openEngine(config, log, cellar.db, trial);
  let unready: string | undefined = 'starting';
  const server = openPorch(config, engine, lanes, () => unready);
  const port = await listen(server, config.port, config.host);
  let jobs: Jobs | undefined;
  if (config.workers > 0) {
    await heart.beat(engine);
    await obeyPauses(engine);
    jobs = startJobs(engine, { reconcileEvery: config.reconcileEvery, heart });
  }
  unready = undefined;
  log.info({ port, workers: config.workers }, 'Gatehouse is open');
  const stop = async (): Promise<void> => {
    // Not ready first, so that no new work is sent here; what arrives all the same is stored for the others.
    unready = 'stopping';
    engine.github.close();
    if (!(await within(patience.lanes, Promise.all([jobs?.stop(), lanes.stop()]))))
      log.warn(
        { lanes: lanes.busy() },
        'not finished in time; whoever works on this ledger next goes on with it',
      );
    await closeServer(server, patience.senders);
    await within(patience.database, heart.stop(engine)).catch((err: unknown) =>
      log.warn({ err }, 'the others will notice by themselves that this replica has ended'),
    );
    await cellar.close();
  };
  return { port, stop };
};

/**
 * Starts everything: the database is brought up to date, then the port opens, then workers run.
 * Throws where a part cannot start, and then leaves nothing running.
 */
export const openHouse = async (config: Config, log: Log, trial: Trial = {}): Promise<House> => {
  const cellar = await openCellar(config, log);
  try {
    return await openOn(cellar, config, log, trial);
  } catch (failure) {
    await cellar.close().catch((err: unknown) => log.warn({ err }, 'the database could not be closed'));
    throw failure;
  }
};
