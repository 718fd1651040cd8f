/** Who begins a pass, how often, and which kind: one over all replicas, the first after a start a full one. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { beginPasses } from '../../src/engine/reconcile/reconcile-epics.ts';
import { GitHubFailure } from '../../src/github/failure.ts';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { readEtag, saveEtag } from '../../src/ledger/etags.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { freshDatabase } from '../world/database.ts';

let db: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  db = openDatabase(database.url, { max: 8 });
  await migrate(db);
});
afterAll(async () => {
  await db.close();
  await drop();
});
beforeEach(() => db.query('delete from rounds; delete from promises; delete from repositories'));

/** Only what beginning a pass uses; GitHub is away. */
const engineOn = (on: Database): Engine => {
  const away = new GitHubFailure({ kind: 'unavailable', message: 'away', url: 'GET /app' });
  const github = { app: { get: () => Promise.reject(away) } };
  return { db: on, github, log: { warn: () => {} }, wake: () => {} } as unknown as Engine;
};

const known = (id: number, installation: number): Promise<unknown> =>
  db.query(
    `insert into repositories (id, node_id, owner, name, default_branch, installation_id, private)
     values ($1, 'R', 'acme', 'shop', 'main', $2, false)`,
    [id, installation],
  );

const wished = async (): Promise<readonly string[]> =>
  (await db.query<{ wish: string }>(`select lane || ' ' || kind as wish from promises order by 1`)).rows.map(
    ({ wish }) => wish,
  );

test('of several replicas that start together one makes a full pass, and of each period’s asking one begins', async () => {
  await known(1, 9);
  const engine = engineOn(db);
  const replicas = [1, 2, 3].map(() => beginPasses(60_000));
  const started = await Promise.all(replicas.map((begin) => begin(engine)));
  expect(started.filter(Boolean)).toHaveLength(1);
  expect(await wished()).toEqual(['repository:1 full-survey']);
  expect(await Promise.all(replicas.map((begin) => begin(engine)))).toEqual([false, false, false]);
  await db.query(`update rounds set began = began - interval '55 seconds'`);
  const next = await Promise.all(replicas.map((begin) => begin(engine)));
  expect(next.filter(Boolean)).toHaveLength(1);
  expect(await wished()).toEqual(['repository:1 full-survey', 'repository:1 survey']);
});

test('a process that starts long after the last full pass makes one, whatever the others did', async () => {
  await known(1, 9);
  const engine = engineOn(db);
  expect(await beginPasses(3_600_000)(engine)).toBe(true);
  await db.query(`delete from promises`);
  await db.query(`update rounds set began = began - interval '2 minutes' where name = 'reconcile-full'`);
  expect(await beginPasses(3_600_000)(engine)).toBe(true);
  expect(await wished()).toEqual(['repository:1 full-survey']);
});

test('once a day a pass is a full one, also where nothing is ever restarted', async () => {
  await known(1, 9);
  const engine = engineOn(db);
  const begin = beginPasses(60_000);
  await begin(engine);
  await db.query('delete from promises');
  await db.query(`update rounds set began = began - interval '25 hours'`);
  expect(await begin(engine)).toBe(true);
  expect(await wished()).toEqual(['repository:1 full-survey']);
});

test('T10: what a pass wakes takes the turn of its repository, so that a pass over many keeps nobody else waiting', async () => {
  await known(1, 9);
  const turns: unknown[] = [];
  const wake: Engine['wake'] = (lane, _at, repository) => void turns.push([lane, repository]);
  await db.query(
    `insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary)
     values ('e1', 1, 1, 't', 'w', 'running', 1, now(), now(), '{}')`,
  );
  await beginPasses(60_000)({ ...engineOn(db), wake });
  expect(turns).toEqual([
    ['repository:1', 1],
    ['epic:e1', 1],
  ]);
  await db.query('delete from epics');
});

test('a repository of a suspended installation is left alone', async () => {
  await known(1, 9);
  await known(2, 8);
  await db.query(`insert into installations (id, account, state) values (8, 'acme', 'suspended')`);
  await beginPasses(60_000)(engineOn(db));
  expect(await wished()).toEqual(['repository:1 full-survey']);
  await db.query('delete from installations');
});

test('an etag says nothing any more once the ledger wants something else', async () => {
  const at = { lane: 'epic:1', url: 'under/1' };
  await saveEtag(db, { ...at, etag: 'W/"a b c"', against: 'x' });
  expect(await readEtag(db, { ...at, against: 'x' })).toBe('W/"a b c"');
  expect(await readEtag(db, { ...at, against: 'y' })).toBeNull();
  await saveEtag(db, { ...at, etag: 'W/"d"', against: 'y' });
  expect(await readEtag(db, { ...at, against: 'x' })).toBeNull();
  expect(await readEtag(db, { ...at, against: 'y' })).toBe('W/"d"');
});
