/** One Gatehouse in this process, without jobs: it receives, works a lane when told to, and dies where it is told to. */
import pino from 'pino';
import { openEngine } from '../../src/compose.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Boundary } from '../../src/engine/boundary.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type Received, receive } from '../../src/engine/receive.ts';
import { workLane } from '../../src/engine/work-lane.ts';
import { type Connection, openDatabase } from '../../src/ledger/database.ts';
import { intake } from '../../src/ledger/intake.ts';
import { app } from '../world/house.ts';

export interface Replica {
  readonly engine: Engine;
  readonly isDead: () => boolean;
  /** Dies at the n-th hit of a boundary from now on; undefined: not at all. */
  readonly doom: (boundary?: Boundary, hit?: number) => void;
  /** Stores a delivery; false where it was not stored, `died` where nobody will ever answer. */
  readonly receives: (received: Received) => Promise<boolean | 'died'>;
  readonly works: (lane: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const configFor = (apiUrl: string, databaseUrl: string): Config => {
  const read = readConfig({
    APP_ID: String(app.id),
    PRIVATE_KEY: app.key.privateKey,
    WEBHOOK_SECRET: app.secret,
    GITHUB_API_URL: apiUrl,
    DATABASE_URL: databaseUrl,
    GATEHOUSE_WORKERS: '0',
    GATEHOUSE_THROTTLE: 'off',
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.config;
};

const never = new Promise<never>(() => undefined);

/** `admin` ends the sessions of a dead one, as the operating system would. */
export const openReplica = (apiUrl: string, databaseUrl: string, admin: Connection): Replica => {
  let dead = false;
  let doomed: { readonly boundary: Boundary; left: number } | undefined;
  let tellDeath: (died: 'died') => void = () => undefined;
  const death = new Promise<'died'>((resolve) => {
    tellDeath = resolve;
  });
  const db = openDatabase(databaseUrl, { max: 6 });
  const die = async (): Promise<never> => {
    dead = true;
    await admin.query(
      `select pg_terminate_backend(pid, 2000) from pg_stat_activity where application_name = $1`,
      [`gatehouse ${db.id}`],
    );
    tellDeath('died');
    return never;
  };
  const reach = (boundary: Boundary): Promise<void> | undefined => {
    if (dead) return never;
    if (doomed?.boundary !== boundary) return undefined;
    doomed.left -= 1;
    return doomed.left > 0 ? undefined : die();
  };
  const log = pino({ level: process.env['SCHEDULE_LOG'] ?? 'silent' });
  const { engine } = openEngine(configFor(apiUrl, databaseUrl), log, db, { reach });
  const inbox = { intake: intake(db), wake: () => undefined, reach };

  return {
    engine,
    isDead: () => dead,
    doom: (boundary, hit = 1) => {
      doomed = boundary === undefined ? undefined : { boundary, left: hit };
    },
    receives: (received) =>
      Promise.race([
        death,
        receive(inbox, received).then(
          () => true,
          () => false,
        ),
      ]),
    // What fails is tried again by whoever looks next, as `runLanes` does it.
    works: async (lane) => {
      await Promise.race([death, workLane(engine, lane).catch(() => undefined)]);
    },
    close: async () => {
      if (dead) void db.close().catch(() => undefined);
      else await db.close();
    },
  };
};
