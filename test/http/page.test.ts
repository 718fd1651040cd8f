/** The page, the JSON and the figures: what waits is shown with its reason, what does not is not, and nothing is framed or cached. */
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queues } from '../../src/http/dashboard/limits.ts';
import { buildMetrics } from '../../src/http/metrics.ts';
import { buildRoutes } from '../../src/http/routes.ts';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { saveInstallation } from '../../src/ledger/installations.ts';
import { beat } from '../../src/ledger/replicas.ts';
import { sharePause } from '../../src/ledger/spends.ts';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';

let fresh: FreshDatabase;
let db: Database;
let routes: Hono;
const queues = new Map<number | 'app', { waiting: number; until: number | null; why: string | null }>();

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase(fresh.url, { max: 2 });
  const waiting = (): Queues => queues;
  const metrics = buildMetrics({
    epics: () => Promise.resolve({ running: 0 }),
    backlog: () => Promise.resolve({ unread: 0, due: 0, setAside: 0 }),
    busyLanes: () => 0,
    waitingRequests: () => 0,
    queues: waiting,
  });
  routes = buildRoutes({
    db,
    web: 'https://github.example',
    readiness: { check: () => Promise.resolve(undefined) },
    metrics,
    queues: waiting,
    failed: () => undefined,
  });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

const get = async (path: string): Promise<string> => (await routes.request(path)).text();

test('with nothing waiting, nothing is said about waiting', async () => {
  const page = await get('/');
  for (const word of ['Waiting for GitHub', 'operator', 'running:']) expect(page).not.toContain(word);
  expect(JSON.parse(await get('/api/v1/dead-letters'))).toEqual({ total: 0, deadLetters: [] });
  expect(await get('/metrics')).not.toMatch(/^gatehouse_(requests_waiting|paused_until_seconds)\{/m);
});

test('an installation that GitHub told to wait: who, until when and why, on the page and in the figures', async () => {
  const until = Date.now() + 600_000;
  await saveInstallation(db, { id: 7, account: 'acme', state: 'active' });
  await sharePause(db, { installation: 7, until, why: 'secondary' });
  queues.set(7, { waiting: 12, until, why: 'secondary' });
  queues.set(8, { waiting: 3, until: null, why: null });
  queues.set('app', { waiting: 0, until: null, why: null });
  const page = await get('/');
  expect(page).toContain('acme: GitHub takes nothing before');
  expect(page).toContain('it asked to slow down; 12 waiting');
  expect(page).toContain('installation 8: 3 waiting, paced as GitHub asks');
  expect(page).not.toContain('the App itself');
  const figures = await get('/metrics');
  expect(figures).toContain('gatehouse_requests_waiting{installation="7"} 12');
  expect(figures).not.toContain('gatehouse_requests_waiting{installation="app"}');
  expect(figures).toContain(
    `gatehouse_paused_until_seconds{installation="7",why="secondary"} ${until / 1_000}`,
  );
  expect(figures).not.toContain('acme');
  queues.clear();
  await db.query('delete from pauses');
  expect(await get('/metrics')).not.toContain('gatehouse_paused_until_seconds{');
  expect(await get('/')).not.toContain('Waiting for GitHub');
});

test('an installation that has made what it may in an hour is named, with how much that is, though nothing is sent meanwhile', async () => {
  await saveInstallation(db, { id: 7, account: 'acme', state: 'active' });
  await db.query(
    `insert into spends (installation_id, at, content)
     select 7, clock_timestamp() - interval '10 minutes', 99 from generate_series(1, 5)`,
  );
  await db.query('insert into spends (installation_id, content) values (8, 12)');
  const page = await get('/');
  expect(page).toContain('acme: 0 of 80 issues and comments made within the last minute, 495 of 500');
  expect(page).not.toContain('installation 8');
  await db.query('delete from spends');
  expect(await get('/')).not.toContain('Waiting for GitHub');
});

test('where the App was suspended or uninstalled and epics wait, the page says so and what to do', async () => {
  await saveInstallation(db, { id: 7, account: 'acme', state: 'suspended' });
  expect(await get('/')).not.toContain('may not act');
  await db.query(
    `insert into repositories (id, node_id, owner, name, default_branch, installation_id, private)
     values (42, 'R_42', 'acme', 'shop', 'main', 7, false)`,
  );
  await db.query(
    `insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary)
     values ('e1', 42, 1, 't', 'w', 'running', 1, now(), now(), '{}'), ('e2', 42, 2, 't', 'w', 'done', 1, now(), now(), '{}')`,
  );
  expect(await get('/')).toContain('acme: the App is suspended, 1 epic stands still.');
  await saveInstallation(db, { id: 7, account: 'acme', state: 'deleted' });
  expect(await get('/')).toContain('<code>gatehouse forget acme</code>');
  await saveInstallation(db, { id: 7, account: 'acme', state: 'active' });
  expect(await get('/')).not.toContain('may not act');
  await db.query('delete from epics');
});

test('which versions run is said at the foot of the page, those that are gone not', async () => {
  await beat(db, { id: '00000000-0000-4000-8000-000000000001', version: '1.2.3' });
  await beat(db, { id: '00000000-0000-4000-8000-000000000002', version: '1.2.3' });
  await beat(db, { id: '00000000-0000-4000-8000-000000000003', version: '0.9.0' });
  await db.query(`update replicas set seen_at = now() - interval '1 minute' where version = '0.9.0'`);
  expect(await get('/')).toContain('running: 1.2.3 ×2</footer>');
});

test.each(['/', '/api/v1/epics', '/api/v1/dead-letters', '/metrics', '/healthz', '/nothing/here'])(
  'T90: %s is neither framed, nor cached, nor guessed at',
  async (path) => {
    const { headers } = await routes.request(path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  },
);

test('a failure keeps the guard and its secrets', async () => {
  const broken = openDatabase('postgres://u:hidden@127.0.0.1:1/x', { max: 1 });
  const metrics = buildMetrics({
    epics: () => Promise.reject(new Error('hidden')),
    backlog: () => Promise.reject(new Error('hidden')),
    busyLanes: () => 0,
    waitingRequests: () => 0,
  });
  const failing = buildRoutes({
    db: broken,
    web: '',
    readiness: { check: () => Promise.resolve('the database cannot be reached') },
    metrics,
    failed: () => undefined,
  });
  const answer = await failing.request('/');
  expect([answer.status, answer.headers.get('x-frame-options')]).toEqual([503, 'DENY']);
  expect(await answer.text()).not.toContain('hidden');
  await broken.close();
});

test('a limit that is none is refused with a word', async () => {
  const answer = await routes.request('/api/v1/dead-letters?limit=0');
  expect([answer.status, Object.keys(JSON.parse(await answer.text()))]).toEqual([400, ['error']]);
});
