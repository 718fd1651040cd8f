/** Where schedules are played: one database and one clock for a process, and for each schedule a GitHub and a road of its own. */
import pg from 'pg';
import { freshDatabase } from '../world/database.ts';
import { addAccount, addInstallation, addRepository } from '../world/github/acts/seed.ts';
import { type StandIn, startGitHub } from '../world/github/stand-in.ts';
import { seedAcme } from '../world/github/world.ts';
import { app } from '../world/house.ts';
import { type Clock, openClock } from './clock.ts';
import { openRoad, type Road, type Toll } from './road.ts';
import { type Scene, type Story, shopOptions } from './story.ts';

/** See `openWorld`. */
export interface World {
  readonly databaseUrl: string;
  readonly admin: pg.Client;
  readonly clock: Clock;
  readonly close: () => Promise<void>;
}

/** What a schedule is played on. */
export interface Stage {
  readonly scene: Scene;
  readonly road: Road;
  /** Takes everything down; the ledger is empty afterwards. */
  readonly strike: () => Promise<void>;
}

// Whoever wipes is no part of the house: the triggers that keep history are not asked.
const wipe = `
  set session_replication_role = replica;
  do $$
  declare name text;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' loop
      execute format('delete from %I', name);
    end loop;
  end
  $$;
  set session_replication_role = origin;`;

/** A fresh database whose time is ours. */
export const openWorld = async (): Promise<World> => {
  const database = await freshDatabase();
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const clock = await openClock(admin);
  return {
    databaseUrl: database.url,
    admin,
    clock,
    close: async () => {
      clock.close();
      await admin.end();
      await database.drop();
    },
  };
};

/** No two schedules share an id: what a process remembers of one repository is nothing to another. */
let ids = 3_000_000_000;

const openGitHub = async ({ graphql }: Story, verify: boolean): Promise<StandIn> => {
  const github = await startGitHub({
    appId: app.id,
    webhookSecret: app.secret,
    features: { graphql },
    verifyAnswers: verify,
  });
  ids += 100_000;
  github.state.lastId = ids;
  return github;
};

/** A GitHub with acme's shop on it. `verify` holds every answer against GitHub's description. */
export const openStage = async (
  world: World,
  story: Story,
  { toll, verify }: { readonly toll: Toll; readonly verify: boolean },
): Promise<Stage> => {
  const github = await openGitHub(story, verify);
  const acme = seedAcme(github, shopOptions);
  const owner = addAccount(github.hub, 'umbrella', 'Organization');
  const vault = addRepository(github.hub, { owner, name: 'vault-of-umbrella', private: true, files: {} });
  const stranger = { vault, installation: addInstallation(github.hub, owner, 'all') };
  const road = openRoad(toll);
  return {
    scene: { github, acme, stranger, passed: new Set(), heads: [], props: {} },
    road,
    strike: async () => {
      road.close();
      await github.close();
      await world.admin.query(wipe);
    },
  };
};
