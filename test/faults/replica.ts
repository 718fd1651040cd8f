/** One replica of the house without its porch: an engine on its own pool, whose lanes are worked when the director says so. */
import type pg from 'pg';
import { openEngine } from '../../src/compose.ts';
import type { Config } from '../../src/config.ts';
import type { Boundary } from '../../src/engine/boundary.ts';
import type { Engine, Log } from '../../src/engine/engine.ts';
import type { Heart } from '../../src/engine/heartbeat.ts';
import type { Inbox } from '../../src/engine/receive.ts';
import { openDatabase } from '../../src/ledger/database.ts';
import { intake } from '../../src/ledger/intake.ts';
import { app } from '../world/house.ts';
import type { Road, Traveller } from './road.ts';

/** What happens to the next COMMIT of a replica: it is done and its answer lost, or the session dies before it. */
export type CommitFate = 'answer-lost' | 'never-arrives' | undefined;

/** A running replica. */
export interface Replica extends Traveller {
  readonly engine: Engine;
  readonly inbox: Inbox;
  readonly heart: Heart;
  /** Lanes it was told of and has not looked at yet. */
  readonly woken: Set<string>;
  /** Lanes it works on. */
  readonly busy: Set<string>;
  /** Ends all its database sessions, as a network or a database restart does; new ones may be opened. */
  readonly cutOff: () => Promise<void>;
  /** No goodbye: nothing it does from now on has any effect. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a replica is made with. */
export interface ReplicaPlace {
  readonly name: string;
  readonly githubUrl: string;
  readonly databaseUrl: string;
  /** Database sessions at most; each costs the server a process. */
  readonly sessions: number;
  readonly admin: pg.Client;
  readonly road: Road;
  readonly log: Log;
  readonly reach: (replica: Replica, boundary: Boundary) => Promise<void> | void;
  readonly commit: (replica: Replica) => CommitFate;
}

const configOf = (apiUrl: string, databaseUrl: string): Config => ({
  appId: app.id,
  privateKey: app.key.privateKey,
  webhookSecret: app.secret,
  previousSecret: undefined,
  apiUrl,
  databaseUrl,
  dataDirectory: '',
  port: 0,
  host: '127.0.0.1',
  logLevel: 'silent',
  // Lanes are worked by hand; nothing here runs by itself.
  workers: 0,
  reconcileEvery: 600_000,
  throttle: false,
});

const lostAnswer = (): Error => Object.assign(new Error('the connection was lost'), { code: 'ECONNRESET' });

/** Every COMMIT of this session asks for its fate first. */
const tapCommits = (client: pg.PoolClient, fate: () => CommitFate): void => {
  const query = client.query.bind(client);
  const tapped = async (statement: unknown): Promise<unknown> => {
    const meant = fate();
    if (meant === undefined) return Reflect.apply(query, client, [statement]);
    if (meant === 'answer-lost') await Reflect.apply(query, client, [statement]);
    else await Reflect.apply(query, client, ['rollback']);
    // What comes next on this session meets a closed door, as after any cut.
    await client.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    throw lostAnswer();
  };
  Object.assign(client, {
    query: (...args: readonly unknown[]) =>
      args[0] === 'commit' ? tapped(args[0]) : Reflect.apply(query, client, args),
  });
};

/** The dead say nothing. */
const quietAfter = (log: Log, dead: () => boolean): Log => {
  const unless =
    (say: Log['warn']): Log['warn'] =>
    (fields, message) => {
      if (!dead()) say(fields, message);
    };
  const { debug, info, warn, error } = log;
  return { debug: unless(debug), info: unless(info), warn: unless(warn), error: unless(error) };
};

/** Opens a replica; it connects with its first statement. */
export const openReplica = (place: ReplicaPlace): Replica => {
  const { name, admin, road } = place;
  const state = { dead: false };
  const log = quietAfter(place.log, () => state.dead);
  const woken = new Set<string>();
  // Strands of a dead one must end: libraries keep what was asked for in memory that all replicas here share.
  const { promise: gone, reject: bury } = Promise.withResolvers<never>();
  gone.catch(() => undefined);
  const traveller: Traveller = {
    name,
    gone,
    get dead() {
      return state.dead;
    },
  };
  const db = openDatabase(place.databaseUrl, { max: place.sessions });
  db.pool.on('connect', (client) => {
    client.on('error', () => undefined);
    tapCommits(client, () => (state.dead ? undefined : place.commit(replica)));
  });
  const reach = (boundary: Boundary): Promise<void> | void => place.reach(replica, boundary);
  const config = configOf(road.to(place.githubUrl, traveller), place.databaseUrl);
  const { engine: bare, heart } = openEngine(config, log, db, { reach, pace: { patience: 0 } });
  const wake: Engine['wake'] = (lane, at) => {
    if (!state.dead && (at === undefined || at.getTime() <= Date.now())) woken.add(lane);
  };
  const engine = { ...bare, wake };
  const cutOff = async (): Promise<void> => {
    const { rows } = await admin.query<{ pid: number }>(
      'select pid, pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      [`gatehouse ${db.id}`],
    );
    const ended = rows.map((row) => row.pid);
    // Their locks are free when they are gone, and PostgreSQL itself waits in steps of 100 ms.
    for (let gone = ended.length === 0; !gone; ) {
      const left = await admin.query('select 1 from pg_stat_activity where pid = any($1)', [ended]);
      gone = left.rowCount === 0;
      if (!gone) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const replica: Replica = {
    name,
    gone,
    get dead() {
      return state.dead;
    },
    engine,
    heart,
    inbox: { intake: intake(db), wake, reach },
    woken,
    busy: new Set(),
    cutOff,
    kill: async () => {
      state.dead = true;
      woken.clear();
      engine.github.close();
      // Not awaited: it waits for statements that nobody will ever finish.
      db.close().catch(() => undefined);
      await cutOff();
      bury(new Error(`${name} is dead`));
      road.forget(traveller);
    },
    close: async () => {
      state.dead = true;
      engine.github.close();
      bury(new Error(`${name} is closed`));
      road.forget(traveller);
      // Where something hangs, its connection is never given back.
      const patience = new Promise((resolve) => setTimeout(resolve, 1_000).unref());
      await Promise.race([db.close(), patience.then(cutOff)]);
    },
  };
  return replica;
};
