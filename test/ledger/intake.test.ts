/** The inbox tells the truth: a 2xx means committed, and what was sent comes back byte for byte. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/ledger/database.ts';
import { IntakeFull, intake } from '../../src/ledger/intake.ts';
import { markDelivery } from '../../src/ledger/mark-delivery.ts';
import { unread } from '../../src/ledger/unread.ts';
import { cellar, delivery, until } from './inbox.ts';

const house = cellar();

const isStored = async (on: Connection, guid: string): Promise<boolean> =>
  (await on.query('select 1 from deliveries where guid = $1', [guid])).rowCount === 1;

const waitingForLock = `
  select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into deliveries%'`;

describe('what GitHub is told', () => {
  test('a delivery is only called stored when another process can already read it', async () => {
    const other = house.replica();
    const { store } = intake(house.db);
    const lies = await Promise.all(
      Array.from({ length: 300 }, async (_, number) => {
        const stored = await store(delivery(number));
        return (await isStored(other, stored.guid)) ? undefined : stored.guid;
      }),
    );
    expect(lies.filter(Boolean)).toEqual([]);
  });

  test('while the database cannot commit nobody is told that it did', async () => {
    const blocker = await house.replica().pool.connect();
    await blocker.query('begin; lock table deliveries in share mode');
    const { store } = intake(house.db);
    let settled = 0;
    const stored = Array.from({ length: 20 }, async (_, number) => {
      const answer = await store(delivery(number));
      settled += 1;
      return answer;
    });
    await until(async () => ((await house.db.query(waitingForLock)).rowCount ?? 0) > 0);
    expect(settled).toBe(0);
    await blocker.query('commit');
    blocker.release();
    expect((await Promise.all(stored)).every(({ fresh }) => fresh)).toBe(true);
  });

  test('when the connection dies under a batch all of it is refused, none of it is stored, and the next one is', async () => {
    const other = house.replica();
    const blocker = await other.pool.connect();
    await blocker.query('begin; lock table deliveries in share mode');
    const { store } = intake(house.db);
    const first = delivery(1);
    // Listened to from the start: the refusal may come before the blocker's own answers do.
    const lost = Promise.allSettled([store(first)]);
    await until(async () => ((await other.query(waitingForLock)).rowCount ?? 0) > 0);
    const second = [delivery(2), delivery(3)];
    const later = second.map(store);
    const { rows } = await other.query<{ pid: number }>(waitingForLock);
    await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    expect((await lost).map(({ status }) => status)).toEqual(['rejected']);
    await blocker.query('commit');
    blocker.release();
    expect((await Promise.allSettled(later)).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await isStored(other, first.guid)).toBe(false);
    expect(await Promise.all(second.map(({ guid }) => isStored(other, guid)))).toEqual([true, true]);
  });

  test('a database that stands still becomes a refusal well before GitHub hangs up after 10 s', async () => {
    const blocker = await house.replica().pool.connect();
    await blocker.query('begin; lock table deliveries in share mode');
    const started = Date.now();
    await expect(intake(house.db).store(delivery(1))).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(6_000);
    await blocker.query('commit');
    blocker.release();
  });

  test('behind a database that stands still nobody is kept longer than GitHub waits, however many came before', async () => {
    // Each statement takes its whole time and fails, as under a database that stands still; seconds are tens of milliseconds.
    let statements = 0;
    const still: Connection = {
      query: async () => {
        statements += 1;
        await new Promise((resolve) => setTimeout(resolve, 350));
        throw new Error('Query read timeout');
      },
    };
    const queue = intake(still, { batch: 1, patience: 500 });
    const began = performance.now();
    const answered = await Promise.all(
      Array.from({ length: 8 }, async (_, number) => {
        const [told] = await Promise.allSettled([queue.store(delivery(number))]);
        return { status: told.status, after: performance.now() - began };
      }),
    );
    expect(answered.every(({ status }) => status === 'rejected')).toBe(true);
    expect(Math.max(...answered.map(({ after }) => after))).toBeLessThan(1_000);
    expect([statements, queue.waitingBytes]).toEqual([2, 0]);
  });

  test('more than may wait is refused at once and is not stored', async () => {
    const { store } = intake(house.db, { waitingBytes: 4_000, batch: 1 });
    const sent = Array.from({ length: 20 }, (_, number) => delivery(number, { body: randomBytes(1_000) }));
    const answers = await Promise.allSettled(sent.map(store));
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.every((reason) => reason instanceof IntakeFull)).toBe(true);
    const stored = await Promise.all(sent.map(({ guid }) => isStored(house.db, guid)));
    expect(stored).toEqual(answers.map(({ status }) => status === 'fulfilled'));
  });
});

describe('the same delivery again', () => {
  test('50 copies at once through three replicas are one row, and everybody is told so', async () => {
    const intakes = [house.db, house.replica(), house.replica()].map((db) => intake(db));
    const once = delivery(5);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        intakes[n % 3]?.store({ ...once, body: Buffer.from(`copy ${n}`) }),
      ),
    );
    expect(new Set(answers.map((answer) => answer?.seq)).size).toBe(1);
    const { rows } = await house.db.query<{ count: number }>(
      'select count(*) from deliveries where guid = $1',
      [once.guid],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  test('a redelivery of what was handled changes nothing; of what was set aside, it is read again', async () => {
    const { store } = intake(house.db);
    const handled = await store(delivery(6, { lane: 'again' }));
    const dead = await store(delivery(7, { lane: 'again' }));
    await markDelivery(house.db, handled.seq, 'done');
    await markDelivery(house.db, dead.seq, 'set_aside', 'not\0understood');
    const again = await Promise.all(
      [handled, dead].map(({ guid }) => store(delivery(8, { guid, lane: 'again' }))),
    );
    expect(again.map(({ fresh, seq }) => ({ fresh, seq }))).toEqual([
      { fresh: false, seq: handled.seq },
      { fresh: true, seq: dead.seq },
    ]);
    expect((await unread(house.db, 'again', 9)).map(({ seq }) => seq)).toEqual([dead.seq]);
  });
});

describe('what was sent', () => {
  test('every body comes back byte for byte: NUL, lone surrogates, broken UTF-8, nothing, and 2 MB', async () => {
    const bodies = [
      Buffer.from('{"body":"\\u0000 \\ud800"}'),
      Buffer.from([0, 0, 255, 254, 0xed, 0xa0, 0x80]),
      Buffer.alloc(0),
      randomBytes(2 * 1024 * 1024),
      Buffer.from('x'.repeat(27_000)),
    ];
    const { store } = intake(house.db);
    const sent = bodies.map((body) => delivery(1, { body, action: 'a\0b', lane: 'bytes' }));
    await Promise.all(sent.map(store));
    const read = new Map((await unread(house.db, 'bytes', 9)).map(({ guid, body }) => [guid, body]));
    const differs = sent.map(({ guid, body }) =>
      Buffer.compare(Buffer.from(read.get(guid) ?? 'lost'), Buffer.from(body)),
    );
    expect(differs).toEqual(bodies.map(() => 0));
  });
});

test('T03: another body under a known guid is told apart, and the one stored first stays', async () => {
  const { store } = intake(house.db);
  const first = delivery(30_303, { body: Buffer.from('{"first":true}') });
  const { lane } = await store(first);
  expect(await store(first)).not.toHaveProperty('other');
  const second = await store({ ...first, body: Buffer.from('{"first":false}') });
  expect(second).toMatchObject({ fresh: false, other: true });
  const bodies = (await unread(house.db, lane, 10)).map(({ body }) => Buffer.from(body).toString());
  expect(bodies).toEqual(['{"first":true}']);
});
