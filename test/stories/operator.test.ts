/** What an operator sees of a start that fails, a stop that comes too early, and a night without a database. */
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { freshDatabase } from '../world/database.ts';
import { type House, prepareHouse } from '../world/house.ts';
import { openPlay } from '../world/play.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const prepare = async (env: Record<string, string>): Promise<House> => {
  const house = await prepareHouse({ githubUrl: 'http://127.0.0.1:9', env: { LOG_LEVEL: 'info', ...env } });
  ends.push(() => house.kill());
  return house;
};

const isGone = async (house: House): Promise<void> => {
  await vi.waitFor(() => expect(house.isGone()).toBe(true), { timeout: 30_000, interval: 20 });
};

test('a database that is not there is called the database, in one line without its password', async () => {
  const house = await prepare({ DATABASE_URL: 'postgres://gate:hunter2@127.0.0.1:1/ledger' });
  house.launch();
  await isGone(house);
  expect(house.output()).toMatch(
    /^gatehouse: The database cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:1$/m,
  );
  expect(house.output()).not.toContain('hunter2');
}, 60_000);

test('told to stop while it starts, it ends by itself and leaves no database server behind', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-early-'));
  await chmod(dir, 0o755);
  ends.push(() => rm(dir, { recursive: true, force: true }));
  const house = await prepare({ GATEHOUSE_DATA: dir });
  house.launch();
  const pid = join(dir, 'postgres', 'postmaster.pid');
  await vi.waitFor(() => expect(existsSync(pid)).toBe(true), { timeout: 30_000, interval: 2 });
  expect(house.output()).not.toContain('Gatehouse is open');
  expect(await house.stop()).toBe(0);
  expect(house.output()).toMatch(/"msg":"closed"/);
  expect(existsSync(pid)).toBe(false);
}, 60_000);

/** A way to a server that can be cut: `cut` ends what is open and refuses what comes. */
const bridgeTo = async (url: string) => {
  const { searchParams, hostname, port } = new URL(url);
  const host = searchParams.get('host');
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far =
      host === null
        ? dial(Number(port || 5432), hostname)
        : dial(`${host}/.s.PGSQL.${searchParams.get('port') ?? 5432}`);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const through = new URL(url);
  through.searchParams.delete('host');
  through.searchParams.delete('port');
  through.hostname = '127.0.0.1';
  through.port = String(typeof address === 'object' ? address?.port : 0);
  ends.push(
    () =>
      new Promise((resolve) => {
        for (const one of sockets) one.destroy();
        server.close(resolve);
      }),
  );
  return {
    url: through.href,
    cut: (cut: boolean) => {
      isCut = cut;
      if (cut) for (const one of sockets) one.destroy();
    },
  };
};

test('a database that is away for a while: not ready, one line for each job and not one a second, and its return is said', async () => {
  const fresh = await freshDatabase();
  ends.push(() => fresh.drop());
  const bridge = await bridgeTo(fresh.url);
  const house = await prepare({ DATABASE_URL: bridge.url });
  await house.start();
  bridge.cut(true);
  const readiness = async (): Promise<number> => (await fetch(`${house.url}/readyz`)).status;
  await vi.waitFor(async () => expect(await readiness()).toBe(503), { timeout: 10_000 });
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  const figures = await fetch(`${house.url}/metrics`);
  expect([figures.status, await figures.text()]).toEqual([
    200,
    expect.stringContaining('gatehouse_database_up 0'),
  ]);
  expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
  const page = await fetch(`${house.url}/`);
  expect([page.status, await page.text()]).toEqual([
    503,
    expect.stringContaining('The database cannot be reached'),
  ]);
  const api = await fetch(`${house.url}/api/v1/epics`);
  expect([api.status, await api.json()]).toEqual([503, { error: expect.stringContaining('database') }]);
  const lines = (what: RegExp): number =>
    house
      .output()
      .split('\n')
      .filter((line) => what.test(line)).length;
  // What a process has written arrives a moment after its answers.
  await vi.waitFor(() => expect(lines(/"path":"\/api\/v1\/epics".*request failed/)).toBe(1));
  expect(lines(/"job":"tick".*background job failed/)).toBe(1);
  bridge.cut(false);
  await vi.waitFor(async () => expect(await readiness()).toBe(200), { timeout: 20_000 });
  await vi.waitFor(() => expect(lines(/"job":"tick".*background job works again/)).toBe(1), {
    timeout: 20_000,
  });
  expect(await house.stop()).toBe(0);
}, 90_000);

test('a webhook secret that is not GitHub’s is said in the log, once and not for each delivery', async () => {
  const fresh = await freshDatabase();
  ends.push(() => fresh.drop());
  const house = await prepare({ DATABASE_URL: fresh.url });
  await house.start();
  for (let n = 0; n < 5; n += 1)
    expect((await fetch(house.webhooks, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(house.output().match(/not signed with WEBHOOK_SECRET/g)).toHaveLength(1);
}, 60_000);

test('the log leads from a comment to its delivery, and from what was given up to what to type, without a page of stack', async () => {
  const play = await openPlay({ env: { LOG_LEVEL: 'info' } });
  ends.push(play.ends);
  const epic = await play.starts('feature');
  play.github.faults.requests.push({
    text: /addComment|^\{"body"/,
    times: 99,
    fate: { refuse: 403, message: 'Resource not accessible by integration' },
  });
  const comment = play.person('octo-eng').says(play.stage('1_define'), '/claim');
  await play.settles();
  const logged = play.house
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Record<string, unknown> => JSON.parse(line));
  const said = (msg: string) => logged.filter((line) => line['msg'] === msg);
  expect(said('epic opened')).toMatchObject([{ number: epic.number, workflow: 'feature' }]);
  const guid = play.github.deliveries.find((one) => one.event === 'issue_comment')?.guid;
  expect(said('command decided')).toMatchObject([{ delivery: guid, cause: `comment/${comment.id}/0` }]);
  const lane = `epic:${String(epic.id)}`;
  expect(said('effect given up').at(0)).toMatchObject({
    level: 50,
    lane,
    status: 403,
    mend: `gatehouse retry ${lane}`,
  });
  expect(play.house.output()).not.toContain('"stack"');
}, 60_000);
