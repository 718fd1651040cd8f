/** Where schedules are played: one stand-in, one database, replicas that come and go; hundreds of stories one after another. */
import { createServer, type IncomingMessage } from 'node:http';
import { obeyPauses } from '../../src/engine/obey-pauses.ts';
import { reconcileEpics } from '../../src/engine/reconcile.ts';
import { recoverDeliveries } from '../../src/engine/recover-deliveries.ts';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { lanesWithDue, lanesWithUnread } from '../../src/ledger/waiting-lanes.ts';
import { freshDatabase } from '../world/database.ts';
import type { Features } from '../world/github/hub.ts';
import { type StandIn, startGitHub } from '../world/github/stand-in.ts';
import { type Acme, acmeConfig, seedAcme } from '../world/github/world.ts';
import { app } from '../world/house.ts';
import type { Dice } from './dice.ts';
import { openReplica, type Replica } from './replica.ts';
import { workflow } from './story.ts';

export interface Theatre {
  readonly github: StandIn;
  readonly acme: Acme;
  /** Sees the ledger; no replica's own. */
  readonly admin: Database;
  readonly replicas: () => readonly Replica[];
  /** From now on so many replicas share the work; those there are are closed. */
  readonly casts: (count: number) => Promise<void>;
  /** Puts a living one in the place of each dead one. */
  readonly revives: () => Promise<number>;
  /** Works every lane that has something to do, in a seeded order, each by a seeded replica; answers how many. */
  readonly works: (roll: Dice, everyLane?: (index: number) => Promise<void>) => Promise<number>;
  /** What had to wait need not wait any more; false where nothing had to. */
  readonly timePasses: () => Promise<boolean>;
  readonly recovers: () => Promise<void>;
  readonly reconciles: () => Promise<void>;
  readonly ends: () => Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const shuffled = <T>(list: readonly T[], roll: Dice): readonly T[] =>
  list
    .map((one) => ({ one, place: roll.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ one }) => one);

/** Opens it; `features` say what this GitHub can do. */
export const openTheatre = async (features: Partial<Features> = {}): Promise<Theatre> => {
  const github = await startGitHub({
    appId: app.id,
    webhookSecret: app.secret,
    publicKey: app.key.publicKey,
    features,
  });
  const acme = seedAcme(github, { config: acmeConfig(), files: { '.github/gatehouse/small.yml': workflow } });
  const fresh = await freshDatabase();
  const admin = openDatabase(fresh.url, { max: 4 });
  let replicas: Replica[] = [];
  let turn = 0;
  const open = (): Replica => openReplica(github.url, fresh.url, admin);

  const door = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const body = await bodyOf(request);
      const living = replicas.filter((one) => !one.isDead());
      turn += 1;
      const replica = living[turn % Math.max(1, living.length)];
      const { 'x-github-delivery': guid, 'x-github-event': event } = request.headers;
      const stored = await replica?.receives({ guid: String(guid), event: String(event), body });
      if (stored === undefined || stored === 'died') request.socket.destroy();
      else response.writeHead(stored ? 202 : 503).end();
    };
    answer().catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('no door');
  github.webhookTarget = `http://127.0.0.1:${address.port}/`;

  const living = (): readonly Replica[] => replicas.filter((one) => !one.isDead());
  const anyone = (): Replica => {
    const [first] = living();
    if (first === undefined) throw new Error('nobody is alive');
    return first;
  };

  return {
    github,
    acme,
    admin,
    replicas: () => replicas,
    casts: async (count) => {
      await Promise.all(replicas.map((one) => one.close()));
      replicas = Array.from({ length: count }, open);
    },
    revives: async () => {
      let revived = 0;
      for (const [index, one] of replicas.entries()) {
        if (!one.isDead()) continue;
        await one.close();
        replicas = replicas.with(index, open());
        revived += 1;
      }
      return revived;
    },
    works: async (roll, everyLane) => {
      const waiting = [...(await lanesWithUnread(admin, 500)), ...(await lanesWithDue(admin, 500))];
      const lanes = shuffled([...new Set(waiting.map((one) => one.lane))], roll);
      for (const [index, lane] of lanes.entries()) {
        const workers = living();
        // Two at once on one lane: one gets it, the other is told so.
        const chosen = roll.hit(0.3) ? workers : workers.slice(roll.below(workers.length)).slice(0, 1);
        await Promise.all(chosen.map((one) => one.works(lane)));
        await everyLane?.(index);
      }
      return lanes.length;
    },
    timePasses: async () => {
      const { rowCount } = await admin.query(
        `with promised as (
           update promises set not_before = null where not_before is not null and wanted > done returning 1
         ), delivered as (
           update deliveries set not_before = null where not_before is not null and state = 'new' returning 1
         ), paused as (delete from pauses)
         select 1 from promised union all select 1 from delivered`,
      );
      return (rowCount ?? 0) > 0;
    },
    recovers: async () => {
      await recoverDeliveries(anyone().engine, 0);
    },
    reconciles: async () => {
      await obeyPauses(anyone().engine);
      await reconcileEpics(anyone().engine);
    },
    ends: async () => {
      await Promise.all(replicas.map((one) => one.close()));
      await new Promise((resolve) => door.close(resolve));
      await github.close();
      await admin.close();
      await fresh.drop();
    },
  };
};
