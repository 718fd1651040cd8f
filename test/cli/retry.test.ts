/** What was given up on does not stay lost: it is listed with what to type, and typing it works beside the running service. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlay, type Play } from '../world/play.ts';
import { runGatehouse } from './run-gatehouse.ts';

let play: Play;
let client: pg.Client;
let lane: string;

beforeAll(async () => {
  play = await openPlay();
  await play.starts('feature');
  client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  lane = `epic:${(await client.query<{ id: string }>('select id from epics')).rows[0]?.id}`;
}, 60_000);
afterAll(async () => {
  await client.end();
  await play.ends();
});

const gatehouse = (...args: readonly string[]) => runGatehouse(args, { DATABASE_URL: play.databaseUrl });

const until = async (what: () => Promise<boolean> | boolean, patience = 20_000): Promise<boolean> => {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    if (await what()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
};

/** Runs `work` while nobody can work on the epic. */
const whileHeld = async (work: () => Promise<void>): Promise<void> => {
  const key = `hashtextextended('lane ' || $1, 0)`;
  await client.query(`select pg_advisory_lock(${key})`, [lane]);
  await work();
  await client.query(`select pg_advisory_unlock(${key})`, [lane]);
};

/** A `/claim` that Gatehouse could not understand, as far as its inbox says. */
const setAside = async (login: string, key: string): Promise<string> => {
  let guid = '';
  await whileHeld(async () => {
    play.person(login).says(play.stage(key), '/claim');
    await play.github.settled();
    const { rows } = await client.query<{ guid: string }>(
      `update deliveries set state = 'set_aside', problem = $1, tries = 8, done_at = now()
        where state = 'new' returning guid`,
      ['GitHub said: <b>no</b>\n\u001b[31m and worse'],
    );
    guid = rows[0]?.guid ?? '';
  });
  return guid;
};

const state = async (guid: string): Promise<string | undefined> =>
  (await client.query<{ state: string }>('select state from deliveries where guid = $1', [guid])).rows[0]
    ?.state;

test('with nothing given up, the list is empty and exit 0, and there is nothing on the page', async () => {
  expect(await gatehouse('dead-letters')).toEqual({
    code: 0,
    out: 'Nothing waits for a person.\n',
    talk: '',
  });
  expect((await gatehouse('retry', '--all')).code).toBe(0);
  expect(await (await fetch(play.house.url)).text()).not.toContain('dead-letters');
});

test('a delivery set aside is shown everywhere, and retried by its guid: the running service acts on it within seconds', async () => {
  const guid = await setAside('octo-pm', '1_define');
  const listed = await gatehouse('dead-letters');
  expect(listed.code).toBe(1);
  expect(listed.out).toMatch(
    new RegExp(
      `^delivery issue_comment.created, acme/shop#\\d+\\n {2}since 20.* UTC, after 8 tries: GitHub said: .*\\n {2}gatehouse retry ${guid}\\n$`,
    ),
  );
  expect(listed.out).not.toContain('\u001b');
  const page = await (await fetch(play.house.url)).text();
  expect(page).toContain(`gatehouse retry ${guid}`);
  expect(page).toContain('&lt;b&gt;no');
  const api = await (await fetch(`${play.house.url}/api/v1/dead-letters`)).json();
  expect(api).toMatchObject({ total: 1, deadLetters: [{ kind: 'delivery', guid, tries: 8 }] });
  expect(JSON.parse((await gatehouse('dead-letters', '--json')).out)).toMatchObject({ total: 1 });

  const began = Date.now();
  const retried = await gatehouse('retry', guid);
  expect(retried).toMatchObject({ code: 0, talk: '' });
  expect(retried.out).toBe(
    `delivery ${guid} (issue_comment) in ${lane}\nDue now: 1. A running service begins within a second.\n`,
  );
  expect(await until(async () => (await state(guid)) === 'done')).toBe(true);
  expect(Date.now() - began).toBeLessThan(15_000);
  await play.settles();
  expect(play.state('1_define')).toBe('in-progress');
  expect((await gatehouse('dead-letters')).code).toBe(0);
}, 60_000);

test('what was read once is not read again by a retry: it says so, and claims nothing twice', async () => {
  const { rows } = await client.query<{ guid: string }>(
    `select guid from deliveries where state = 'done' order by seq desc limit 1`,
  );
  const again = await gatehouse('retry', rows[0]?.guid ?? '');
  expect(again.code).toBe(1);
  expect(again.out).toContain('is not set aside: it was read and acted on.');
  expect((await gatehouse('retry', 'no-such-guid')).out).toContain(
    'No delivery no-such-guid is in the inbox.',
  );
  expect((await gatehouse('retry', 'epic:none')).code).toBe(1);
  expect(await gatehouse('retry', '')).toMatchObject({ code: 2, out: '' });
});

test('a promise given up leaves GitHub as it was, until its lane is retried', async () => {
  const stage = play.stage('1_define');
  await whileHeld(async () => {
    stage.title = 'vandalised';
    await client.query(`update painted set digest = '' where lane = $1`, [lane]);
    await client.query(
      `update promises set wanted = nextval('wishes'), given_up = true, tries = 12, problem = 'Resource not accessible'
        where lane = $1 and key = 'paint'`,
      [lane],
    );
  });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(stage.title).toBe('vandalised');
  const listed = await gatehouse('dead-letters');
  expect(listed.out).toMatch(/^promise paint, acme\/shop#\d+\n {2}since 20/);
  expect(listed.out).toContain(`gatehouse retry ${lane}\n`);
  expect(JSON.parse((await gatehouse('retry', lane, '--json')).out)).toEqual({
    deliveries: [],
    promises: [{ lane, key: 'paint' }],
  });
  expect(await until(() => stage.title.startsWith('1_define: '))).toBe(true);
}, 60_000);

test('--all takes deliveries and promises together', async () => {
  const guid = await setAside('octo-pm', '1_define');
  await client.query(
    `update promises set wanted = nextval('wishes'), given_up = true where lane = $1 and key = 'paint'`,
    [lane],
  );
  const { code, out } = await gatehouse('retry', '--all', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { deliveries: [{ guid }], promises: [{ lane, key: 'paint' }] },
  ]);
  await play.settles();
  expect(await state(guid)).toBe('done');
}, 60_000);

test('wrong usage and an unreachable or missing ledger are exit 2 with one line, and no ledger is made', async () => {
  for (const args of [['retry'], ['retry', 'x', '--all'], ['dead-letters', 'x']]) {
    const { code, out, talk } = await gatehouse(...args);
    expect([args, code, out]).toEqual([args, 2, '']);
    expect(talk).not.toBe('');
  }
  const away = await runGatehouse(['dead-letters'], { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' });
  expect([away.code, away.talk]).toEqual([
    2,
    expect.stringMatching(/^gatehouse: The database cannot be reached: .+\n$/),
  ]);
  expect(away.talk).not.toContain('hidden');
  const none = await runGatehouse(['retry', '--all'], { GATEHOUSE_DATA: '/tmp/gatehouse-no-such-ledger' });
  expect([none.code, none.talk]).toEqual([2, expect.stringContaining('There is no ledger in /tmp/')]);
});
