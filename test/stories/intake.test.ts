/** What the front door takes in, and what it turns away: 2xx if and only if the delivery is committed (contract §1, threats T01–T08). */
import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';
import { app, type House, prepareHouse } from '../world/house.ts';
import { openPlay, type Play } from '../world/play.ts';

const sign = (body: Uint8Array | string, secret = app.secret, algorithm = 'sha256'): string =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;

interface Posting {
  readonly event?: string;
  readonly guid?: string;
  /** Headers to add or, where undefined, to leave out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Posts a signed delivery as GitHub would; answers the status. */
const post = async (house: House, body: Buffer | string, how: Posting = {}): Promise<number> => {
  const headers = {
    'content-type': 'application/json',
    'x-github-event': how.event ?? 'issues',
    'x-github-delivery': how.guid ?? randomUUID(),
    'x-hub-signature-256': sign(body),
    ...how.headers,
  };
  const given = Object.entries(headers).filter((one): one is [string, string] => one[1] !== undefined);
  const sent = typeof body === 'string' ? body : new Uint8Array(body);
  const answer = await fetch(house.webhooks, { method: 'POST', headers: given, body: sent });
  await answer.text();
  return answer.status;
};

const ask = async <Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};

const stored = async (url: string): Promise<number> =>
  Number((await ask<{ count: string }>(url, 'select count(*) from deliveries'))[0]?.count);

/** Where the server listens: a socket in a directory (the tests' own server), or a host and port. */
const wayTo = (url: string): { path: string } | { host: string; port: number } => {
  const { hostname, port, searchParams } = new URL(url);
  const directory = searchParams.get('host');
  if (directory === null) return { host: hostname, port: Number(port === '' ? 5432 : port) };
  return { path: `${directory}/.s.PGSQL.${searchParams.get('port') ?? 5432}` };
};

const unread =
  "select guid, event, action, state, tries, problem from deliveries where state in ('new', 'set_aside')";

/** Waits until every delivery has been read; effects on commits that never were may go on waiting. */
const readAll = async (url: string): Promise<void> => {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const [left] = await ask<{ count: string }>(url, "select count(*) from deliveries where state = 'new'");
    if (left?.count === '0') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not all was read:\n${JSON.stringify(await ask(url, unread))}`);
};

const lives = async (house: House): Promise<void> => {
  expect((await fetch(`${house.url}/readyz`)).status).toBe(200);
  expect(house.output()).not.toMatch(/unhandled|uncaught|RangeError|TypeError/i);
};

/** Every example GitHub publishes. */
const examples: readonly { readonly name: string; readonly examples: readonly object[] }[] = createRequire(
  import.meta.url,
)('@octokit/webhooks-examples/api.github.com/index.json');
const all = examples.flatMap(({ name, examples: bodies }) => bodies.map((body) => ({ event: name, body })));

describe('a Gatehouse that hears everything', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(() => play.ends());

  test('T01, G5: takes every official example of a webhook, and none of them is set aside or breaks a thing', async () => {
    expect(all.length).toBeGreaterThan(300);
    const before = await stored(play.databaseUrl);
    const { shop, installation, org } = play.acme;
    const here = {
      installation: { id: installation.id },
      repository: { id: shop.id, node_id: shop.nodeId, name: shop.name, owner: { login: org.login } },
    };
    let sent = 0;
    for (const { event, body } of all) {
      const ours = /^installation/.test(event) ? [] : [{ ...body, ...here }];
      for (const one of [body, ...ours]) {
        expect([event, await post(play.house, JSON.stringify(one), { event })]).toEqual([event, 202]);
        sent += 1;
      }
    }
    await readAll(play.databaseUrl);
    expect(await stored(play.databaseUrl)).toBe(before + sent);
    expect(await ask(play.databaseUrl, unread)).toEqual([]);
    await lives(play.house);
  }, 60_000);
});

describe('a Gatehouse at work', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(() => play.ends());

  test('T01, T02: turns away what GitHub did not sign, in every kind of wrong, and stores nothing of it', async () => {
    const body = JSON.stringify(all[0]?.body);
    const right = sign(body);
    const wrong: Readonly<Record<string, Posting['headers']>> = {
      'no signature': { 'x-hub-signature-256': undefined },
      'an empty one': { 'x-hub-signature-256': '' },
      'only SHA-1': { 'x-hub-signature-256': undefined, 'x-hub-signature': sign(body, app.secret, 'sha1') },
      'another secret': { 'x-hub-signature-256': sign(body, 'guess') },
      'an empty secret': { 'x-hub-signature-256': sign(body, '\u0000') },
      'of another body': { 'x-hub-signature-256': sign(`${body} `) },
      'without its prefix': { 'x-hub-signature-256': right.slice(7) },
      'cut short': { 'x-hub-signature-256': right.slice(0, -2) },
      'too long': { 'x-hub-signature-256': `${right}00` },
      'not hexadecimal': { 'x-hub-signature-256': `sha256=${'z'.repeat(64)}` },
      'SHA-512': { 'x-hub-signature-256': sign(body, app.secret, 'sha512') },
      'two at once': { 'x-hub-signature-256': `${right}, ${right}` },
      'beyond ASCII': { 'x-hub-signature-256': `sha256=${'ÿ'.repeat(64)}` },
      'one bit off': { 'x-hub-signature-256': right.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
    };
    const before = await stored(play.databaseUrl);
    for (const [kind, headers] of Object.entries(wrong)) {
      expect([kind, await post(play.house, body, headers === undefined ? {} : { headers })]).toEqual([
        kind,
        401,
      ]);
    }
    expect(await stored(play.databaseUrl)).toBe(before);
    await lives(play.house);
  });

  test('T06: turns away a body of more than 25 MB, announced or not, and goes on', async () => {
    const before = await stored(play.databaseUrl);
    const large = Buffer.alloc(25 * 1024 * 1024 + 1, 32);
    // Whoever is cut off while still sending would never read the answer.
    for (let time = 0; time < 4; time += 1) expect(await post(play.house, large)).toBe(413);
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let part = 0; part < 27; part += 1) controller.enqueue(new Uint8Array(1024 * 1024));
        controller.close();
      },
    });
    const headers = { 'x-github-event': 'issues', 'x-github-delivery': randomUUID() };
    const streamed = await fetch(play.house.webhooks, {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
    expect(await stored(play.databaseUrl)).toBe(before);
    await lives(play.house);
  });

  test('T07: loses no comment for the characters in it', async () => {
    const epic = await play.starts('feature');
    const { shop, installation, org } = play.acme;
    const frame = {
      action: 'created',
      installation: { id: installation.id },
      repository: { id: shop.id, node_id: shop.nodeId, name: shop.name, owner: { login: org.login } },
    };
    const texts = [
      '\u0000',
      '\ud800',
      '\udfff\u0000',
      '\ufffe',
      '\u202e',
      'a'.repeat(65_536),
      '🧵'.repeat(999),
    ];
    for (const [index, text] of texts.entries()) {
      const user = { id: 1, login: `x${text.slice(0, 3)}`, type: 'User' };
      const issue = { id: epic.id, number: epic.number, title: text, body: text, state: 'open', user };
      const comment = { id: 1000 + index, body: `${text} /status`, user };
      const body = JSON.stringify({ ...frame, issue, comment, sender: user });
      expect(await post(play.house, body, { event: 'issue_comment' })).toBe(202);
    }
    // JSON.stringify escapes what is not well formed; raw bytes that are no UTF-8 come too.
    const raw = Buffer.concat([
      Buffer.from('{"action":"'),
      Buffer.from([0xff, 0x00, 0xc0]),
      Buffer.from('"}'),
    ]);
    expect(await post(play.house, raw)).toBe(202);
    await play.settles();
    expect(await ask(play.databaseUrl, unread)).toEqual([]);
    await lives(play.house);
  });

  test('T06, T55: keeps and ignores what it does not know, and what is no JSON, and what nests without end', async () => {
    const before = await stored(play.databaseUrl);
    const depth = 100_000;
    const { shop, installation } = play.acme;
    const huge = {
      installation: { id: installation.id },
      repository: { id: shop.id, name: 'shop', owner: { login: 'acme' } },
      issue: { number: 2 ** 40 },
    };
    const bodies: readonly (readonly [string, string])[] = [
      ['martian_landing', '{"action":"touched_down"}'],
      ['issues', '{"action":"never_heard_of"}'],
      ['issues', ''],
      ['issues', '{"action":"labeled"'],
      ['issues', 'null'],
      ['issues', '[[1]]'],
      ['issues', '"labeled"'],
      ['issues', '{"action":{"labeled":true},"repository":"shop"}'],
      ['issues', `${'['.repeat(depth)}${']'.repeat(depth)}`],
      ['issues', `{"action":"labeled","x":${'{"a":'.repeat(depth)}"\\u0000"${'}'.repeat(depth)}}`],
      ['issues', '{"__proto__":{"polluted":true},"action":"constructor"}'],
      ['issues', JSON.stringify(huge)],
      ['issues', JSON.stringify({ ...huge, issue: { number: 1.5 }, repository: { id: -1e30 } })],
    ];
    for (const [event, body] of bodies) {
      expect([body.slice(0, 60), await post(play.house, body, { event })]).toEqual([body.slice(0, 60), 202]);
    }
    await play.settles();
    expect(await stored(play.databaseUrl)).toBe(before + bodies.length);
    await lives(play.house);
  });

  test('sets aside a payload of another shape than its event, once, and reads what comes after it', async () => {
    const { shop, installation, org } = play.acme;
    const frame = {
      action: 'labeled',
      installation: { id: installation.id },
      repository: { id: shop.id, node_id: shop.nodeId, name: shop.name, owner: { login: org.login } },
      issue: { number: 1 },
    };
    const guid = randomUUID();
    expect(await post(play.house, JSON.stringify(frame), { guid })).toBe(202);
    await play.settles();
    const [row] = await ask<{ state: string; tries: number }>(
      play.databaseUrl,
      `select state, tries from deliveries where guid = '${guid}'`,
    );
    expect(row).toEqual({ state: 'set_aside', tries: 0 });
    expect((await play.starts('feature', 'after the poison')).number).toBeGreaterThan(0);
    expect(play.checklist().title).toBe('[feature] after the poison');
    await lives(play.house);
  });

  test('answers fifty copies of one delivery with 2xx and keeps one row', async () => {
    const guid = randomUUID();
    const before = await stored(play.databaseUrl);
    const copies = Array.from({ length: 50 }, () => post(play.house, '{"action":"opened"}', { guid }));
    expect(new Set(await Promise.all(copies))).toEqual(new Set([202]));
    expect(await stored(play.databaseUrl)).toBe(before + 1);
  });
});

describe('a Gatehouse whose database goes away', () => {
  let database: FreshDatabase;
  let house: House;
  let open = true;
  const sockets = new Set<Socket>();
  const gate = createServer((from) => {
    if (!open) {
      from.destroy();
      return;
    }
    const to = connect(wayTo(database.url));
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const cut = (): void => {
    open = false;
    for (const socket of sockets) socket.destroy();
  };

  beforeAll(async () => {
    database = await freshDatabase();
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
    const address = gate.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { username, password, pathname } = new URL(database.url);
    const databaseUrl = `postgresql://${username || 'postgres'}:${password || 'none'}@127.0.0.1:${port}${pathname}`;
    house = await prepareHouse({ githubUrl: 'http://127.0.0.1:9', databaseUrl });
    await house.start();
  });
  afterAll(async () => {
    open = true;
    await house.stop();
    gate.close();
    await database.drop();
  });

  test('T08: never says 2xx for what it could not keep, and takes the same delivery when the database is back', async () => {
    expect(await post(house, '{}')).toBe(202);
    cut();
    const guids = Array.from({ length: 20 }, () => randomUUID());
    const refused = await Promise.all(guids.map((guid) => post(house, '{}', { guid })));
    expect(new Set(refused)).toEqual(new Set([503]));
    expect((await fetch(`${house.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
    expect(await stored(database.url)).toBe(1);
    open = true;
    const taken = await Promise.all(guids.map((guid) => post(house, '{}', { guid })));
    expect(new Set(taken)).toEqual(new Set([202]));
    expect(await stored(database.url)).toBe(21);
    expect((await fetch(`${house.url}/readyz`)).status).toBe(200);
  });

  test('T08: keeps every delivery it said 2xx to while its connections are ended again and again', async () => {
    const kept: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const guids = Array.from({ length: 20 }, () => randomUUID());
      const posting = guids.map(async (guid) => {
        if ((await post(house, '{}', { guid })) === 202) kept.push(guid);
      });
      await ask(
        database.url,
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await Promise.all(posting);
    }
    expect(await post(house, '{}')).toBe(202);
    const rows = await ask<{ guid: string }>(database.url, 'select guid from deliveries');
    const there = new Set(rows.map((row) => row.guid));
    expect(kept.filter((guid) => !there.has(guid))).toEqual([]);
  });
});
