/** Many who ask, much that there is, and names nobody expected: the answer stays one, bounded, and readable by machines. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildMetrics } from '../../src/http/metrics.ts';
import { buildRoutes } from '../../src/http/routes.ts';
import { buildServer, listen } from '../../src/http/server.ts';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import { readBacklog } from '../../src/ledger/read-models/backlog.ts';
import { countReworks } from '../../src/ledger/read-models/reworks.ts';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';

let fresh: FreshDatabase;
let db: Database;
let asked = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
  const open = openDatabase(fresh.url, { max: 4 });
  const query: Database['query'] = (statement, values) => {
    asked += 1;
    return open.query(statement, values);
  };
  db = { ...open, query };
  await db.query(
    `insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary)
     select 'e' || n, 1, n, 'Epic number ' || n, 'flow "' || n || E'"\\n\\\\', 'running', 1, now(), now() - n * interval '1 minute',
            format('{"owner":"acme","repository":"shop","stages":[],"reworks":%s}', 200 - n)::json
       from generate_series(1, 120) as n`,
  );
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

const routesOf = () =>
  buildRoutes({
    db,
    web: 'https://github.example',
    readiness: { check: () => Promise.resolve(undefined) },
    metrics: buildMetrics({
      epics: () => Promise.resolve({ running: 120 }),
      backlog: () => readBacklog(db),
      reworks: () => countReworks(db),
      busyLanes: () => 0,
      waitingRequests: () => 0,
    }),
    failed: () => undefined,
  });

const statementsFor = async (work: () => Promise<unknown>): Promise<number> => {
  const before = asked;
  await work();
  return asked - before;
};

test.each(['/', '/metrics'])('fifty who ask for %s at once cost the database what one does', async (path) => {
  const routes = routesOf();
  const ask = async (): Promise<string> => (await routes.request(path)).text();
  const one = await statementsFor(ask);
  const fifty = await statementsFor(async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    for (const answer of answers) expect(answer.length).toBeGreaterThan(500);
  });
  expect([one > 0, fifty]).toEqual([true, one]);
  // What was under way is over: the next one is told what is so now.
  expect(await statementsFor(ask)).toBe(one);
});

test('a first page that shows not every epic says so, and where the others are', async () => {
  const routes = routesOf();
  const page = await (await routes.request('/')).text();
  expect(page.match(/Epic number \d+/g)).toHaveLength(50);
  const [, href = ''] = /The 50 that changed last\. Older ones: <a href="([^"]+)"/.exec(page) ?? [];
  const { epics } = (await (await routes.request(href)).json()) as { epics: { title: string }[] };
  expect(epics[0]?.title).toBe('Epic number 51');
});

const sample =
  /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (?:[+-]?(?:\d[\d.e+-]*|Inf)|NaN)$/i;

test('what Prometheus reads is read to its end: one HELP and TYPE before each figure, no series twice', async () => {
  const text = await (await routesOf().request('/metrics')).text();
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const series = new Set<string>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, about, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (about === 'HELP') {
      expect([name, helped.has(name)]).toEqual([name, false]);
      helped.add(name);
    } else if (about === 'TYPE') {
      expect([name, types.has(name)]).toEqual([name, false]);
      types.set(name, rest);
    } else {
      const [, figure = '', labels = ''] = sample.exec(line) ?? [];
      expect(line).toMatch(sample);
      const family = types.has(figure) ? figure : figure.replace(/_(?:bucket|sum|count)$/, '');
      expect([figure, helped.has(family), types.has(family)]).toEqual([figure, true, true]);
      expect([line, series.has(figure + labels)]).toEqual([line, false]);
      if (figure.startsWith('gatehouse_') && types.get(family) === 'counter')
        expect(figure).toMatch(/_total$/);
      series.add(figure + labels);
    }
  }
  expect(series.size).toBeGreaterThan(20);
});

test('however many names people give their workflows, the figures are few, and none is lost from the sum', async () => {
  const text = await (await routesOf().request('/metrics')).text();
  const lines = text.split('\n').filter((line) => line.startsWith('gatehouse_stage_reworks{'));
  expect(lines).toHaveLength(51);
  const sum = lines.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  expect(sum).toBe(Array.from({ length: 120 }, (_, n) => 199 - n).reduce((total, one) => total + one, 0));
  expect(lines[0]).toBe('gatehouse_stage_reworks{workflow="flow \\"1\\"\\n\\\\"} 199');
});

test('a load balancer that says HTTP/1.0 and no host learns that the process is up', async () => {
  const door = {
    secrets: () => [],
    usedPrevious: () => undefined,
    receive: () => Promise.resolve(),
    answered: () => undefined,
    failed: () => undefined,
  };
  const server = buildServer(door, routesOf());
  const port = await listen(server, 0, '127.0.0.1');
  const answer = await new Promise<string>((done) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /healthz HTTP/1.0\r\n\r\n'));
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk.toString();
    });
    socket.on('close', () => done(said));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\{"ok":true\}$/);
  await new Promise((done) => server.close(done));
});
