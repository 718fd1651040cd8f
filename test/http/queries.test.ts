/** Every query as JSON: found by name, asked of one stage, and read only. */
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replay } from '../../src/core/epic/evolve.ts';
import { queries } from '../../src/core/query/index.ts';
import { rowOf } from '../../src/engine/epic-row.ts';
import { buildMetrics } from '../../src/http/metrics.ts';
import { buildRoutes } from '../../src/http/routes.ts';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { append } from '../../src/ledger/epics.ts';
import { pin } from '../../src/ledger/pins.ts';
import { projectEpic } from '../../src/ledger/read-models/epics.ts';
import { readOpenGates } from '../../src/ledger/read-models/open-gates.ts';
import { readPinnedPeople } from '../../src/ledger/read-models/pinned-people.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { at, eventful } from '../core/query/asked.ts';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';

let fresh: FreshDatabase;
let db: Database;
let routes: Hono;
const told: object[] = [];
const metrics = buildMetrics({
  epics: () => Promise.resolve({}),
  backlog: () => Promise.resolve({ unread: 0, due: 0, setAside: 0 }),
  busyLanes: () => 0,
  waitingRequests: () => 0,
  openGates: () => readOpenGates(db),
});

/** Stores the eventful epic, or how it was before its last few events. */
const store = async (id: string, without = 0): Promise<void> => {
  const all = eventful().events;
  const events = all.slice(0, all.length - without);
  const epic = replay(events);
  if (epic.status === 'unopened') throw new Error('There is too little to store.');
  await inTransaction(db, async (tx) => {
    await append(tx, { epicId: id, expectedVersion: 0, events, cause: 'test', actorId: 1, ...at(5) });
    await projectEpic(tx, rowOf(epic, { epicId: id, version: events.length, last: at(5).at }), 1);
  });
};

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase(fresh.url, { max: 2 });
  routes = buildRoutes({
    db,
    web: 'https://github.example',
    readiness: { check: () => Promise.resolve(undefined) },
    metrics,
    failed: (failure) => {
      throw failure;
    },
    now: () => new Date(at(6).at),
    asked: (question) => told.push(question),
  });
  await store('100');
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

const get = async (path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
  const answer = await routes.request(path);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

const everything = async (): Promise<unknown> =>
  (
    await db.query(
      'select (select json_agg(events) from events) as events, (select json_agg(epics) from epics) as epics',
    )
  ).rows;

describe('an epic’s queries', () => {
  test('the list names every query, what it answers, and where', async () => {
    const { body } = await get('/api/v1/epics/100/queries');
    const listed = body['queries'] as readonly { name: string; href: string }[];
    expect(listed.map((one) => one.name)).toEqual(queries.map((query) => query.name));
    for (const { href } of listed) expect((await get(href)).status).toBe(200);
  });

  test.each(queries.map((query) => [query.name, query.word]))(
    '%s answers, by its word too, and nothing is written',
    async (name, word) => {
      const before = await everything();
      const { status, body } = await get(`/api/v1/epics/100/queries/${name}?person=erin`);
      expect([status, Object.keys(body)]).toEqual([200, ['query', 'epic', 'at', 'answer']]);
      expect(body).toMatchObject({ query: name, epic: '100', ...at(6) });
      if (word !== null)
        expect((await get(`/api/v1/epics/100/queries/${word}?person=erin`)).body).toEqual(body);
      expect(await everything()).toEqual(before);
      expect(told.at(-1)).toEqual({ epic: '100', query: name });
    },
  );

  test('of one stage, and of one person', async () => {
    const evidence = await get('/api/v1/epics/100/queries/getEvidence?stage=build');
    expect(evidence.body['answer']).toEqual({
      stages: ['build'],
      evidence: [
        { stage: 'build', round: 1, by: 'dan', at: at(4).at, text: 'tested with <b>five</b> people' },
      ],
    });
    const mine = await get('/api/v1/epics/100/queries/getWaiting?person=Erin');
    expect(mine.body['answer']).toMatchObject({ login: 'Erin', roles: ['EM'], waiting: { length: 2 } });
  });

  test('what is not there is answered with what is, and with what was probably meant', async () => {
    const query = await get('/api/v1/epics/100/queries/getTimelime');
    expect([query.status, query.body['didYouMean']]).toEqual([404, 'getTimeline']);
    expect(query.body['known']).toEqual(queries.map((one) => one.name));
    const stage = await get('/api/v1/epics/100/queries/getEvidence?stage=biuld');
    expect([stage.status, stage.body['known'], stage.body['didYouMean']]).toEqual([
      404,
      ['define', 'build', 'tell'],
      'build',
    ]);
    for (const id of ['101', '%00', 'x'.repeat(500)]) {
      expect((await get(`/api/v1/epics/${id}/queries`)).status).toBe(404);
      expect((await get(`/api/v1/epics/${id}/queries/getStatus`)).status).toBe(404);
    }
    expect((await get('/api/v1/epics/100/queries/getWaiting?person=@acme/all')).status).toBe(400);
    expect((await get(`/api/v1/epics/100/queries/getPlan?stage=${'x'.repeat(300)}`)).status).toBe(400);
  });

  test('a query is asked, never told: other methods find nothing', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect((await routes.request('/api/v1/epics/100/queries/getStatus', { method })).status).toBe(404);
  });
});

test('epics beyond the first page can be had, each once', async () => {
  for (const id of ['7001', '7002', '7003']) await store(id);
  try {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await get(`/api/v1/epics?limit=2${after === '' ? '' : `&after=${after}`}`);
      seen.push(...(body['epics'] as { id: string }[]).map(({ id }) => id));
      if (typeof body['next'] !== 'string') break;
      after = body['next'];
    }
    expect(seen.toSorted()).toEqual(['100', '7001', '7002', '7003']);
    expect((await get('/api/v1/epics?after=nobody')).status).toBe(400);
  } finally {
    await db.query(`delete from epics where id like '700_'`);
  }
});

describe('a person’s page of work', () => {
  test('over all epics that are not over, the oldest first, by the names the rules write', async () => {
    const { body } = await get('/api/v1/people/ERIN/waiting');
    expect(body).toMatchObject({ login: 'ERIN', complete: true, teamsNotCounted: [] });
    expect(body['waiting']).toMatchObject([
      { epic: '100', repository: 'acme/shop', stage: 'build', duty: 'approve', since: at(5, 10).at },
      { duty: 'unblock', since: at(5, 13).at },
    ]);
    expect((await get('/api/v1/people/nobody/waiting')).body['waiting']).toEqual([]);
  });

  test('over many epics it is read a page at a time, by few statements, and every page says where the next begins', async () => {
    const ids = Array.from({ length: 45 }, (_, n) => String(5_000 + n));
    for (const id of ids) await store(id);
    try {
      let statements = 0;
      const query: Database['query'] = (statement, values) => {
        statements += 1;
        return db.query(statement, values);
      };
      const counted = buildRoutes({
        db: { ...db, query },
        web: '',
        readiness: { check: () => Promise.resolve(undefined) },
        metrics,
        failed: () => undefined,
      });
      const page = async (after: string) =>
        (await (await counted.request(`/api/v1/people/erin/waiting?limit=40&after=${after}`)).json()) as {
          complete: boolean;
          next: string | null;
          waiting: { epic: string }[];
        };
      const first = await page('0');
      expect(statements).toBeLessThanOrEqual(5);
      const second = await page(first.next ?? '');
      expect([first.complete, second.next]).toEqual([false, null]);
      const seen = [...first.waiting, ...second.waiting].map(({ epic }) => epic);
      expect([...new Set(seen)].sort()).toEqual(['100', ...ids].sort());
      expect((await get('/api/v1/people/erin/waiting')).body).toMatchObject({ complete: true, next: null });
    } finally {
      for (const id of ids) await db.query('delete from epics where id = $1', [id]);
    }
  }, 60_000);

  test('names the rules are bound to are read with their numbers, of this repository only', async () => {
    await pin(db, { repositoryId: 9, kind: 'user', name: 'Dan', id: 2 });
    await pin(db, { repositoryId: 8, kind: 'user', name: 'dan', id: 77 });
    expect(await readPinnedPeople(db, 9)).toEqual([{ id: 2, login: 'dan' }]);
  });

  test('what is no login and no team is refused with a word', async () => {
    expect((await get('/api/v1/people/dan/waiting?after=%27')).status).toBe(400);
    expect((await get('/api/v1/people/dan/waiting?limit=301')).status).toBe(400);
    expect((await get('/api/v1/people/a%20b/waiting')).status).toBe(400);
    expect((await get('/api/v1/people/dan/waiting?teams=managers')).body['error']).toContain('@org/team');
    expect((await get('/api/v1/people/dan/waiting?teams=@acme/managers,@acme/all')).status).toBe(200);
  });
});

test('TO-08: how long approvals were waited for, and how long they are waited for now, is in the figures', async () => {
  metrics.waited({ how: 'rejected', seconds: 7_200 });
  const figures = await (await routes.request('/metrics')).text();
  expect(figures).toContain('gatehouse_gate_wait_seconds_bucket{le="14400",how="rejected"} 1');
  expect(figures).toContain('gatehouse_gate_wait_seconds_sum{how="rejected"} 7200');
  expect(figures).toContain('gatehouse_gates_open 0');
  await store('200', 1);
  const later = await (await routes.request('/metrics')).text();
  expect(later).toContain('gatehouse_gates_open 1');
  const age = /^gatehouse_gate_oldest_wait_seconds (\S+)$/m.exec(later)?.[1];
  expect(Number(age)).toBeGreaterThan(86_400);
});
