/** Promises that cannot be kept hold up nobody else's: a reply is not lost and a lane not held by what its neighbour failed at (threats F21, F59). */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { Engine, Log } from '../../src/engine/engine.ts';
import { workLane } from '../../src/engine/work-lane.ts';
import { intake } from '../../src/ledger/intake.ts';
import { cellar, delivery } from '../ledger/inbox.ts';

const house = cellar();
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** An engine whose GitHub is at `url`; nobody listens at port 9. */
const engineAt = (url = 'http://127.0.0.1:9', log: Log = quiet): Engine => {
  const read = readConfig({ APP_ID: '1', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 's', GITHUB_API_URL: url });
  if ('problems' in read) throw new Error(read.problems.join());
  return openEngine(read.config, log, house.db).engine;
};

const lane = 'repository:1';
const knows = (): Promise<unknown> =>
  house.db.query(
    `insert into repositories (id, node_id, owner, name, default_branch, installation_id, private)
     values (1, 'R', 'acme', 'shop', 'main', 9, false)`,
  );
const wishes = (key: string, kind: string, payload: object | null = null, started = false) =>
  house.db.query(
    `insert into promises (lane, key, kind, payload, started, wanted)
     select $1, $2, $3, $4, case when $5 then wanted end, wanted from nextval('wishes') as wanted`,
    [lane, key, kind, payload, started],
  );
const left = async (): Promise<readonly string[]> =>
  (
    await house.db.query<{ key: string }>(
      'select key from promises where wanted > done or given_up order by key',
    )
  ).rows.map(({ key }) => key);

/** A GitHub without GraphQL whose threads cannot be read, but written to; or one that asks everybody to wait. */
const said: string[] = [];
let busy = false;
let remaining: number | undefined;
let github: Server;
let url = '';
beforeAll(async () => {
  github = createServer((request, response) => {
    const hour = { 'x-ratelimit-limit': '5000', 'x-ratelimit-reset': String(Date.now() / 1000 + 1800) };
    const spent = remaining === undefined ? {} : { ...hour, 'x-ratelimit-remaining': String(remaining) };
    const json = (status: number, body: object): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...spent })
        .end(JSON.stringify(body));
    request.resume();
    if (request.url?.endsWith('/access_tokens'))
      json(201, { token: 't', expires_at: '2999-01-01T00:00:00Z' });
    else if (busy) response.writeHead(429, { 'retry-after': '60' }).end('{}');
    else if (request.method === 'GET') json(403, { message: 'Resource not accessible by integration' });
    else if (request.url?.endsWith('/comments')) {
      said.push(request.url);
      json(201, { id: said.length, node_id: 'IC' });
    } else json(404, { message: 'Not Found' });
  });
  await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
  const address = github.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => github.close());

afterEach(async () => {
  busy = false;
  remaining = undefined;
  said.length = 0;
  await house.db.query('delete from promises; delete from deliveries; delete from repositories');
});

test('F59: what only a newer version can keep is left to it, and its lane is given back', async () => {
  await knows();
  await wishes('new', 'of-the-next-version');
  let rounds = 0;
  const isOver = (): boolean => {
    rounds += 1;
    return rounds > 3;
  };
  await workLane(engineAt(), lane, isOver);
  expect(rounds).toBe(1);
});

test('a reply is not lost because GitHub refuses what its neighbour asks for', async () => {
  await knows();
  const saying = (number: number) => ({ number, nodeId: 'I', text: 'No.' });
  await wishes('asked', 'say', saying(1), true);
  await wishes('reply', 'say', saying(2));
  await workLane(engineAt(url), lane);
  expect(said).toEqual(['/repos/acme/shop/issues/2/comments']);
  expect(await left()).toEqual(['asked']);
});

test('what cannot be understood is put off by itself, and does not stop its lane for ever', async () => {
  await knows();
  await wishes('broken', 'react', { content: 'a thumb' });
  await wishes('tick', 'tick');
  await workLane(engineAt(url), lane);
  expect(await left()).toEqual(['broken']);
  const { rows } = await house.db.query(
    'select tries, not_before > now() as later from promises where wanted > done',
  );
  expect(rows).toEqual([{ tries: 1, later: true }]);
});

test('what a fault of ours keeps from ever being done is an error in the log after a dozen tries, with its lane', async () => {
  await knows();
  await wishes('broken', 'react', { content: 'a thumb' });
  const told: string[] = [];
  const hear = (level: string) => (fields: object, message: string) =>
    void told.push(`${level} ${message} ${'lane' in fields ? fields.lane : ''}`);
  const log = { debug: hear('debug'), info: hear('info'), warn: hear('warn'), error: hear('error') };
  await workLane(engineAt(url, log), lane);
  expect(told).toContain(`warn effect put off ${lane}`);
  await house.db.query('update promises set tries = 12, not_before = null');
  await workLane(engineAt(url, log), lane);
  expect(told).toContain(`error effect fails whenever it is tried ${lane}`);
  expect(await left()).toEqual(['broken']);
});

test('A3: the last of an hour’s requests is left to people: a reply is said, and comparing waits for the next hour', async () => {
  await knows();
  remaining = 900;
  const engine = engineAt(url);
  await wishes('first', 'say', { number: 1, nodeId: 'I', text: 'No.' });
  await workLane(engine, lane);
  await wishes('survey', 'full-survey');
  await wishes('reply', 'say', { number: 2, nodeId: 'I', text: 'No.' });
  await workLane(engine, lane);
  expect(said).toHaveLength(2);
  expect(await left()).toEqual(['survey']);
  const { rows } = await house.db.query(
    `select tries, not_before > now() + interval '29 minutes' as "nextHour" from promises where wanted > done`,
  );
  expect(rows).toEqual([{ tries: 0, nextHour: true }]);
});

test('F22: waiting because GitHub asks for it uses up nobody’s tries', async () => {
  await knows();
  busy = true;
  await wishes('reply', 'say', { number: 2, nodeId: 'I', text: 'No.' });
  await workLane(engineAt(url), lane);
  const { rows } = await house.db.query('select tries, not_before > now() as later from promises');
  expect(rows).toEqual([{ tries: 0, later: true }]);
});

/** A delivery that takes a look at GitHub, tried so often before; answers what became of it. */
const arrives = async (tries: number, at?: string): Promise<unknown> => {
  await house.db.query('delete from deliveries');
  const body = Buffer.from(
    JSON.stringify({
      action: 'suspend',
      installation: { id: 9, account: { login: 'acme' } },
      sender: { id: 1, login: 'a' },
    }),
  );
  const more = { event: 'installation', action: 'suspend', lane: 'installation:9', body };
  const { seq } = await intake(house.db).store(
    delivery(1, { ...more, installationId: 9, repositoryId: null, number: null }),
  );
  await house.db.query('update deliveries set tries = $2 where seq = $1', [seq, tries]);
  await workLane(engineAt(at), 'installation:9');
  return (await house.db.query('select state, tries from deliveries where seq = $1', [seq])).rows[0];
};

test('F21: a delivery outlasts an outage of GitHub of some hours, and then makes room for those behind it', async () => {
  expect(await arrives(8)).toEqual({ state: 'new', tries: 9 });
  expect(await arrives(47)).toEqual({ state: 'new', tries: 48 });
  expect(await arrives(48)).toEqual({ state: 'set_aside', tries: 48 });
});

test('F22: a delivery that waited for GitHub’s limits often enough is not given up at the first fault after', async () => {
  busy = true;
  expect(await arrives(7, url)).toEqual({ state: 'new', tries: 7 });
});
