/** What GitHub must be told is told: nothing wished is swallowed, nothing said is said twice. */
import { expect, test } from 'vitest';
import { began, failed, kept } from '../../src/ledger/attempts.ts';
import { type DuePromise, due } from '../../src/ledger/due.ts';
import { type KeepInStep, promise, type SayOnce } from '../../src/ledger/outbox.ts';
import { type Painted, paint, readPainted, unpaint } from '../../src/ledger/painted.ts';
import { dueEpics } from '../../src/ledger/read-models/alarms.ts';
import { readDeadLetters } from '../../src/ledger/read-models/dead-letters.ts';
import { rearm } from '../../src/ledger/rearm.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { lanesWithDue } from '../../src/ledger/waiting-lanes.ts';
import { cellar } from './inbox.ts';

const house = cellar();

const step = (lane: string, key: string, priority = 0): KeepInStep => ({
  lane,
  key,
  kind: 'checklist',
  once: false,
  priority,
});
const say = (lane: string, key: string, text: string): SayOnce => ({
  lane,
  key,
  kind: 'say',
  once: true,
  payload: { text },
});

const wish = (...effects: readonly (KeepInStep | SayOnce)[]): Promise<unknown> =>
  inTransaction(house.db, (tx) => promise(tx, effects));

const keys = async (lane: string): Promise<string[]> =>
  (await due(house.db, lane, 100)).map(({ key }) => key);

const only = async (lane: string): Promise<DuePromise> => {
  const [first, ...more] = await due(house.db, lane, 2);
  if (!first || more.length > 0) throw new Error(`${lane} has not exactly one promise due`);
  return first;
};

test('twenty events in a burst are one promise, kept by one request', async () => {
  for (let n = 0; n < 20; n += 1) await wish(step('a', 'checklist'), step('a', 'checklist'));
  await kept(house.db, await only('a'));
  expect(await keys('a')).toEqual([]);
});

test('a wish made while the request was under way is not swallowed by its success', async () => {
  await wish(step('b', 'checklist'));
  const seen = await only('b');
  await wish(step('b', 'checklist'));
  await kept(house.db, seen);
  const newer = await only('b');
  expect(newer.wanted).toBeGreaterThan(seen.wanted);
  await kept(house.db, newer);
  expect(await keys('b')).toEqual([]);
  await kept(house.db, seen);
  expect(await keys('b')).toEqual([]);
});

test('a reply is said once, however often its cause comes again, also long after it was said', async () => {
  await wish(say('c', 'reply:d1/0', 'first'), say('c', 'reply:d1/0', 'doubled'));
  await wish(say('c', 'reply:d1/0', 'redelivered'));
  const reply = await only('c');
  expect(reply.payload).toEqual({ text: 'first' });
  await kept(house.db, reply);
  await wish(say('c', 'reply:d1/0', 'redelivered'));
  expect(await keys('c')).toEqual([]);
});

test('replies are given in the order of the commands; what is urgent goes first', async () => {
  await wish(step('d', 'checklist', 5), say('d', 'z', '1'), say('d', 'a', '2'), step('d', 'check', -1));
  expect(await keys('d')).toEqual(['check', 'z', 'a', 'checklist']);
});

test('an attempt whose outcome is unknown is remembered, so that nothing is created twice', async () => {
  await wish(step('e', 'stage:1'));
  const first = await only('e');
  expect(first.started).toBeNull();
  await began(house.db, first);
  expect((await only('e')).started).toBe(first.wanted);
  const past = new Date(Date.now() - 1_000);
  await failed(house.db, { ...first, problem: 'timeout\0', retryAt: past, nothingHappened: false });
  expect(await only('e')).toMatchObject({ started: first.wanted, tries: 1 });
  await failed(house.db, { ...first, problem: '422', retryAt: past, nothingHappened: true });
  expect(await only('e')).toMatchObject({ started: null, tries: 2, problem: '422' });
});

test('a failed promise waits until its time, and a new wish does not jump the wait GitHub asked for', async () => {
  await wish(step('f', 'checklist'));
  const retryAt = new Date(Date.now() + 60_000);
  await failed(house.db, { ...(await only('f')), problem: '429', retryAt, nothingHappened: true });
  expect(await keys('f')).toEqual([]);
  expect((await lanesWithDue(house.db, 100)).map((one) => one.lane)).not.toContain('f');
  await wish(step('f', 'checklist'));
  expect(await keys('f')).toEqual([]);
});

test('a promise given up is quiet until it is wished anew, and then has all its tries again', async () => {
  await wish(step('g', 'checklist'));
  await failed(house.db, { ...(await only('g')), problem: 'gone', retryAt: null, nothingHappened: true });
  expect(await keys('g')).toEqual([]);
  expect((await lanesWithDue(house.db, 100)).map((one) => one.lane)).not.toContain('g');
  await wish(step('g', 'checklist'));
  expect(await only('g')).toMatchObject({ tries: 0, problem: null });
});

test('an operator is told since when a promise is given up, not when its epic last changed; a retry ends that', async () => {
  const mine = async (): Promise<Date | null | undefined> =>
    (await readDeadLetters(house.db)).letters.find(({ lane }) => lane === 'epic:since')?.since;
  await house.db.query(
    `insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary)
     values ('since', 1, 77, 't', 'w', 'running', 1, now(), now() - interval '3 days', '{}')`,
  );
  await wish(step('epic:since', 'paint'));
  await failed(house.db, {
    ...(await only('epic:since')),
    problem: 'gone',
    retryAt: null,
    nothingHappened: true,
  });
  expect(Date.now() - ((await mine())?.getTime() ?? 0)).toBeLessThan(60_000);
  await rearm(house.db, { lane: 'epic:since' });
  const { rows } = await house.db.query(`select given_up_at from promises where lane = 'epic:since'`);
  expect([await mine(), rows]).toEqual([undefined, [{ given_up_at: null }]]);
});

test('giving up an old wish does not give up the new one', async () => {
  await wish(step('h', 'checklist'));
  const seen = await only('h');
  await wish(step('h', 'checklist'));
  await failed(house.db, { ...seen, problem: 'gone', retryAt: null, nothingHappened: true });
  expect(await keys('h')).toEqual(['checklist']);
});

test('promises of a transaction that failed were never made', async () => {
  const torn = inTransaction(house.db, async (tx) => {
    await promise(tx, [step('i', 'checklist')]);
    throw new Error('no');
  });
  await expect(torn).rejects.toThrow('no');
  expect(await keys('i')).toEqual([]);
});

test('a sweep finds every lane with something due, the longest waiting first', async () => {
  await wish(step('y', 'checklist'));
  await wish(step('x', 'checklist'));
  const lanes = (await lanesWithDue(house.db, 100)).map((one) => one.lane);
  expect(lanes.slice(-2)).toEqual(['y', 'x']);
});

test('a sweep looks at what is due, not at every epic that ever was', async () => {
  await house.db.query(
    `insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary)
     select 'old' || n, 70, n, 't', 'w', 'done', 1, now(), now(), '{}' from generate_series(1, 5000) as n`,
  );
  await wish(...Array.from({ length: 100 }, (_, n) => step(`epic:old${n + 1}`, 'paint')));
  await house.db.query('analyze epics, promises');
  const epicsRead = async (): Promise<number> => {
    await house.db.query('select pg_stat_force_next_flush()');
    const { rows } = await house.db.query<{ read: number }>(
      `select seq_tup_read as read from pg_stat_user_tables where relname = 'epics'`,
    );
    return rows[0]?.read ?? 0;
  };
  const before = await epicsRead();
  expect(
    (await lanesWithDue(house.db, 1_000)).filter(({ lane }) => lane.startsWith('epic:old')),
  ).toHaveLength(100);
  expect((await epicsRead()) - before).toBeLessThan(5_000);
  await house.db.query(
    `delete from promises where lane like 'epic:old%'; delete from epics where id like 'old%'`,
  );
});

test('F34: what waits for a suspended installation is not asked for each second, and hides nobody else', async () => {
  await house.db.query(
    `insert into repositories (id, node_id, owner, name, default_branch, installation_id, private)
     select id, 'R', 'acme', 'r' || id, 'main', id, false from unnest(array[71, 72]) as id`,
  );
  await house.db.query(`insert into installations (id, account, state) values (71, 'gone', 'suspended')`);
  for (const id of [71, 72])
    await house.db.query(
      `insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary, next_alarm)
       values ('e' || $1::bigint, $1::bigint, 1, 't', 'w', 'running', 1, now(), now(), '{}', now() - $2 * interval '1 hour')`,
      [id, 73 - id],
    );
  const lanes = [71, 72].flatMap((id) => [`epic:e${id}`, `subject:${id}#1`, `repository:${id}`]);
  await wish(...lanes.map((lane) => step(lane, 'paint')));
  const woken = (await lanesWithDue(house.db, 100)).filter(({ lane }) => lanes.includes(lane));
  expect(new Set(woken)).toEqual(new Set(lanes.slice(3).map((lane) => ({ lane, repositoryId: 72 }))));
  expect(await dueEpics(house.db, 1)).toEqual([{ id: 'e72', repositoryId: 72 }]);
  await house.db.query(`update installations set state = 'active' where id = 71`);
  expect((await lanesWithDue(house.db, 100)).filter(({ lane }) => lanes.includes(lane))).toHaveLength(6);
  expect(await dueEpics(house.db, 2)).toHaveLength(2);
});

test('what GitHub was made to show is remembered per object, and an object that must be redone keeps its place', async () => {
  const rows: Painted[] = [
    { object: 'checklist', digest: 'd1', remote: { number: 2 } },
    { object: 'stage:1', digest: 'd2', remote: null },
  ];
  await paint(house.db, 'j', rows);
  await paint(house.db, 'j', [{ object: 'stage:1', digest: 'd3', remote: { number: 3 } }]);
  expect([...(await readPainted(house.db, 'j')).values()]).toEqual([
    rows[0],
    { object: 'stage:1', digest: 'd3', remote: { number: 3 } },
  ]);
  await unpaint(house.db, 'j', 'stage:1');
  const after = (await readPainted(house.db, 'j')).get('stage:1');
  expect(after?.digest).not.toBe('d3');
  expect(after?.remote).toEqual({ number: 3 });
});
