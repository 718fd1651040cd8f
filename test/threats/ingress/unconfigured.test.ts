/** A Gatehouse without its secrets does not open, and an open one has no other doors than these (threats T11). */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMetrics } from '../../../src/http/metrics.ts';
import { buildRoutes } from '../../../src/http/routes.ts';
import { openDatabase } from '../../../src/ledger/database.ts';
import { app } from '../../world/house.ts';
import { openPlay, type Play } from '../../world/play.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const good: Readonly<Record<string, string>> = {
  APP_ID: '1',
  PRIVATE_KEY: app.key.privateKey,
  WEBHOOK_SECRET: 'a secret',
  DATABASE_URL: 'postgres://nobody:hidden-password@127.0.0.1:1/none',
  PORT: '0',
};

const start = (
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const given = Object.fromEntries(
      Object.entries({ ...good, ...env }).filter(([, value]) => value !== undefined),
    );
    const child = spawn(process.execPath, ['src/main.ts'], {
      cwd: root,
      env: { PATH: process.env['PATH'], ...given },
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on('exit', (code) => resolve({ code, said }));
  });

describe.concurrent('starting without what is needed', () => {
  test.each([
    ['no App', { APP_ID: undefined }, /APP_ID/],
    ['no key', { PRIVATE_KEY: undefined }, /PRIVATE_KEY/],
    ['no secret', { WEBHOOK_SECRET: undefined }, /WEBHOOK_SECRET/],
    ['an empty secret', { WEBHOOK_SECRET: '' }, /WEBHOOK_SECRET/],
    ['a broken key', { PRIVATE_KEY: 'my very private text' }, /PRIVATE_KEY/],
    [
      'a key file that is not there',
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/nowhere.pem' },
      /PRIVATE_KEY_PATH/,
    ],
    [
      'a key where its path belongs',
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '-----BEGIN PRIVATE KEY-----\nmy very private text\n' },
      /PRIVATE_KEY_PATH/,
    ],
    ['a nonsense port', { PORT: 'http' }, /PORT/],
    ['no database to be reached', {}, /./],
  ])('T11: with %s it ends at once, names the variable and shows no secret', async (_name, env, named) => {
    const { code, said } = await start(env);
    expect(code).not.toBe(0);
    expect(code).not.toBeNull();
    expect(said).toMatch(named);
    for (const secret of ['my very private text', 'a secret', 'hidden-password', 'PRIVATE KEY-----'])
      expect(said).not.toContain(secret);
  });
});

/** Every route with an address of its kind and how it answers a stranger. Whoever opens a new door writes it down here. */
const doors: Readonly<Record<string, readonly [path: string, status: number]>> = {
  'GET /': ['/', 200],
  'GET /healthz': ['/healthz', 200],
  'GET /readyz': ['/readyz', 200],
  'GET /metrics': ['/metrics', 200],
  'GET /api/v1/epics': ['/api/v1/epics', 200],
  'GET /api/v1/epics/:id': ['/api/v1/epics/0', 404],
  'GET /api/v1/epics/:id/events': ['/api/v1/epics/0/events', 404],
  'GET /api/v1/epics/:id/queries': ['/api/v1/epics/0/queries', 404],
  'GET /api/v1/epics/:id/queries/:name': ['/api/v1/epics/0/queries/getStatus', 404],
  'GET /api/v1/people/:login/waiting': ['/api/v1/people/nobody/waiting', 200],
  'GET /api/v1/repairs': ['/api/v1/repairs', 200],
  'GET /api/v1/repositories/:id/rules': ['/api/v1/repositories/0/rules', 404],
  'GET /api/v1/dead-letters': ['/api/v1/dead-letters', 200],
  'POST /api/github/webhooks': ['/api/github/webhooks', 401],
};

describe('doors', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(() => play.ends());

  test('T11: the routes there are and the routes of the list are the same', () => {
    const db = openDatabase('postgresql://nobody@127.0.0.1:1/none', { max: 1 });
    const nothing = async () => ({});
    const figures = {
      epics: nothing,
      backlog: async () => ({ unread: 0, due: 0, setAside: 0 }),
      busyLanes: () => 0,
      waitingRequests: () => 0,
    };
    const metrics = buildMetrics(figures);
    const readiness = { check: async () => undefined };
    const { routes } = buildRoutes({ db, web: 'http://x', readiness, metrics, failed: () => undefined });
    // Layers around all routes answer nothing themselves; the unknown paths below show it.
    const layer = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
      method === 'ALL' && path === '/*';
    const own = routes.filter((route) => !layer(route));
    const there = new Set([
      ...own.map(({ method, path }) => `${method} ${path}`),
      'POST /api/github/webhooks',
    ]);
    expect([...there].sort()).toEqual(Object.keys(doors).sort());
  });

  test('T11: those of the list answer as it says', async () => {
    for (const [door, [path, status]] of Object.entries(doors)) {
      const [method = ''] = door.split(' ');
      expect([door, (await fetch(play.house.url + path, { method })).status]).toEqual([door, status]);
    }
  });

  test('T11: no set-up, debug, proxy or admin page of the libraries inside answers, and nothing else is written to', async () => {
    const paths = [
      ...[
        '/probot',
        '/probot/setup',
        '/probot/import',
        '/probot/success',
        '/probot/stats',
        '/setup',
        '/ping',
      ],
      ...[
        '/debug',
        '/debug/pprof',
        '/admin',
        '/jobs',
        '/queues',
        '/graphql',
        '/graphiql',
        '/worker',
        '/health',
      ],
      ...[
        '/.env',
        '/.git/config',
        '/package.json',
        '/server-status',
        '/api',
        '/api/v1',
        '/api/github',
        '/events',
      ],
      ...[
        '/api/github/hooks',
        '/webhook-proxy',
        '/status',
        '/swagger',
        '/openapi.json',
        '/docs',
        '/node_modules/',
      ],
      ...['/%2e%2e/package.json', '//etc/passwd', '/..%2f..%2fetc/passwd', '/metrics/', '/readyz/..'],
    ];
    for (const path of paths) {
      const status = (await fetch(play.house.url + path, { redirect: 'manual' })).status;
      expect([path, status]).toEqual([path, path === '/readyz/..' ? 200 : 404]);
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const path of ['/', '/metrics', '/readyz', '/api/v1/epics', '/api/v1/epics/0']) {
        expect([method, path, (await fetch(play.house.url + path, { method })).status]).toEqual([
          method,
          path,
          404,
        ]);
      }
    }
    const trace = await fetch(`${play.house.url}/api/github/webhooks`, { method: 'PUT' });
    expect(trace.status).toBe(404);
  });
});
