/** The figures an operator is woken by: true of the ledger as it is, and still there while the database is not. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildMetrics } from '../../src/http/metrics.ts';
import { began, failed } from '../../src/ledger/attempts.ts';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { saveInstallation } from '../../src/ledger/installations.ts';
import { promise } from '../../src/ledger/outbox.ts';
import { readBacklog, readBacklogAge } from '../../src/ledger/read-models/backlog.ts';
import { countBypasses } from '../../src/ledger/read-models/bypasses.ts';
import { countEpics } from '../../src/ledger/read-models/live-epics.ts';
import { readOpenGates } from '../../src/ledger/read-models/open-gates.ts';
import { countReworks } from '../../src/ledger/read-models/reworks.ts';
import { readRunning } from '../../src/ledger/read-models/running.ts';
import { countSignals } from '../../src/ledger/read-models/signal-counts.ts';
import { readSpent } from '../../src/ledger/read-models/spent.ts';
import { beat } from '../../src/ledger/replicas.ts';
import { reserve } from '../../src/ledger/spends.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';

let fresh: FreshDatabase;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase(fresh.url, { max: 8 });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});
beforeEach(async () => {
  await db.query('truncate promises, deliveries, epics, installations, repositories, replicas, spends');
});

const metricsOn = (on: Database) =>
  buildMetrics({
    epics: () => countEpics(on),
    reworks: () => countReworks(on),
    signals: () => countSignals(on),
    bypasses: () => countBypasses(on),
    openGates: () => readOpenGates(on),
    reachable: () =>
      on.query('select 1').then(
        () => true,
        () => false,
      ),
    backlog: () => readBacklog(on),
    ages: () => readBacklogAge(on),
    replicas: () => readRunning(on),
    spent: () => readSpent(on),
    busyLanes: () => 3,
    waitingRequests: () => 2,
    queues: () => new Map([[7, { waiting: 5, until: null, why: null }]]),
  });

const look = async (metrics = metricsOn(db)): Promise<string> => {
  const answer = await metrics.routes.request('/metrics');
  expect(answer.status).toBe(200);
  return answer.text();
};

const promised = async (lane: string, key: string): Promise<void> => {
  await inTransaction(db, (tx) => promise(tx, [{ once: false, lane, key, kind: 'paint' }]));
};

const givesUp = async (lane: string, key: string): Promise<void> => {
  const { rows } = await db.query<{ wanted: number }>('select wanted from promises where lane = $1', [lane]);
  const attempt = { lane, key, wanted: rows[0]?.wanted ?? 0 };
  await began(db, attempt);
  await failed(db, { ...attempt, problem: 'no', retryAt: null, nothingHappened: true });
};

test('a promise given up is counted: whoever only watches /metrics learns that somebody must act', async () => {
  await promised('epic:1', 'paint');
  expect(await look()).toContain('gatehouse_backlog{what="due"} 1');
  await givesUp('epic:1', 'paint');
  const figures = await look();
  expect(figures).toContain('gatehouse_backlog{what="givenUp"} 1');
  expect(figures).toContain('gatehouse_backlog{what="due"} 0');
});

const oldest = async (what: string): Promise<number> =>
  Number(
    new RegExp(`gatehouse_backlog_oldest_seconds\\{what="${what}"\\} ([\\d.e+-]+)`).exec(await look())?.[1],
  );

test('how long GitHub has been told less than is true is measured from the first wish, and begins anew once it was told', async () => {
  expect([await oldest('due'), await oldest('unread')]).toEqual([0, 0]);
  await promised('epic:1', 'paint');
  await db.query(`update promises set due_since = now() - interval '10 minutes'`);
  await promised('epic:1', 'paint');
  expect(await oldest('due')).toBeGreaterThanOrEqual(600);
  await db.query('update promises set done = wanted');
  expect(await oldest('due')).toBe(0);
  await promised('epic:1', 'paint');
  expect(await oldest('due')).toBeLessThan(60);
});

test('what waits because the App was uninstalled wakes nobody', async () => {
  await saveInstallation(db, { id: 7, account: 'acme', state: 'active' });
  await db.query(
    `insert into repositories (id, node_id, owner, name, default_branch, installation_id, private)
     values (42, 'R_42', 'acme', 'shop', 'main', 7, false)`,
  );
  await promised('repository:42', 'survey');
  await db.query(`update promises set due_since = now() - interval '10 minutes'`);
  expect(await oldest('due')).toBeGreaterThanOrEqual(600);
  await saveInstallation(db, { id: 7, account: 'acme', state: 'deleted' });
  expect(await oldest('due')).toBe(0);
});

test('what is used up of GitHub’s limits and who works on the ledger can be seen', async () => {
  await reserve(db, 7, 3);
  await db.query(`update spends set at = at - interval '2 minutes'`);
  await reserve(db, 7, 4);
  await beat(db, { id: '00000000-0000-4000-8000-000000000001', version: '1.2.3' });
  const figures = await look();
  expect(figures).toContain('gatehouse_content_made{installation="7",within="minute"} 4');
  expect(figures).toContain('gatehouse_content_made{installation="7",within="hour"} 7');
  expect(figures).toContain('gatehouse_replicas{version="1.2.3"} 1');
  expect(figures).toContain('gatehouse_database_up 1');
});

test('while the database is away the figures that need none are shown, and those of yesterday are not', async () => {
  let away = false;
  const query: Database['query'] = (statement, values) =>
    away ? Promise.reject(new Error('connect ECONNREFUSED')) : db.query(statement, values);
  const metrics = metricsOn({ ...db, query });
  metrics.answered(503);
  expect(await look(metrics)).toMatch(/^gatehouse_gate_bypasses 0$/m);
  away = true;
  const figures = await look(metrics);
  for (const shown of [
    'gatehouse_database_up 0',
    'gatehouse_lanes_busy 3',
    'gatehouse_github_requests_waiting 2',
    'gatehouse_requests_waiting{installation="7"} 5',
    'gatehouse_webhook_deliveries_total{status="503"} 1',
  ])
    expect(figures).toContain(shown);
  expect(figures).not.toMatch(/^gatehouse_(?:backlog|epics|gate_bypasses|gates_open|replicas|signals)[ {]/m);
  away = false;
  expect(await look(metrics)).toMatch(/^gatehouse_gate_bypasses 0$/m);
});

test.each([
  ['gatehouse_signals', 'epics_signals', countSignals],
  ['gatehouse_gate_bypasses', 'epics_bypassed', countBypasses],
  ['gatehouse_stage_reworks', 'epics_reworks', countReworks],
  ['gatehouse_gates_open', 'epics_in_review', readOpenGates],
])('%s is read by an index of the epics it counts, however many there ever were', async (_, index, read) => {
  const asked: string[] = [];
  const query: Database['query'] = (statement, values) => {
    asked.push(typeof statement === 'string' ? statement : statement.text);
    return db.query(statement, values);
  };
  await read({ query });
  const [statement = ''] = asked;
  await db.query(
    `insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary)
     select 'old' || n, 1, n, 't', 'w', case when n % 2 = 0 then 'done' else 'running' end, 1, now(), now(), json_build_object('stages', json_build_array(), 'pad', repeat(md5(n::text), 30))
       from generate_series(1, 3000) as n`,
  );
  await db.query('analyze epics');
  const { rows } = await db.query<{ 'QUERY PLAN': string }>(`explain ${statement}`);
  const plan = rows.map((row) => row['QUERY PLAN']);
  expect(plan.join('\n')).toMatch(new RegExp(`(?:using|on) ${index}\\b`));
});
