/** What happened to an epic is appended once, in order, and can never be changed. */
import { expect, test } from 'vitest';
import type { EpicEvent } from '../../src/core/epic/events.ts';
import { isHandled, recordCause } from '../../src/ledger/causes.ts';
import { append, readStream, VersionConflict } from '../../src/ledger/epics.ts';
import { readHistory } from '../../src/ledger/read-models/history.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { cellar } from './inbox.ts';

const house = cellar();

const at = '2026-03-01T09:00:00.000Z';
const said = (reason: string): EpicEvent => ({
  type: 'EpicPaused',
  reason,
  at,
  by: { id: 1, login: 'octo-pm' },
});

const write = (
  epicId: string,
  expectedVersion: number,
  reasons: readonly string[],
  db = house.db,
): Promise<number> =>
  inTransaction(db, (tx) =>
    append(tx, { epicId, expectedVersion, events: reasons.map(said), cause: 'test/1', actorId: 1, at }),
  );

test('words come back from the ledger exactly as they were said: NUL, half an emoji, right-to-left, key order', async () => {
  const words = ['nul \0', 'half \ud83d', '\ufffe \u202e abc', '😀 "quoted" \\ back', ''];
  expect(await write('words', 0, words)).toBe(words.length);
  const { version, events } = await readStream(house.db, 'words');
  expect(version).toBe(words.length);
  expect(JSON.stringify(events)).toBe(JSON.stringify(words.map(said)));
});

test('T36: two replicas that decided on the same state: one is written, the other must decide again', async () => {
  const replicas = Array.from({ length: 4 }, () => house.replica());
  const answers = await Promise.allSettled(
    replicas.map((db, n) => write('race', 0, [`by ${n}`, 'and so'], db)),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const lost = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  expect(lost.every((reason) => reason instanceof VersionConflict)).toBe(true);
  expect((await readStream(house.db, 'race')).version).toBe(2);
});

test('a stream has no gaps and no second past: any version but the present one is refused', async () => {
  await write('gap', 0, ['one', 'two']);
  await expect(write('gap', 5, ['late'])).rejects.toThrow(VersionConflict);
  await expect(write('gap', 1, ['again'])).rejects.toThrow(VersionConflict);
  await expect(write('gap', 0, ['again', 'again', 'again'])).rejects.toThrow(VersionConflict);
  expect(await write('gap', 2, ['three'])).toBe(3);
  expect(await write('gap', 3, [])).toBe(3);
});

test.each([
  ['changing an event', `update events set data = '{}'`],
  ['changing nothing in it', 'update events set cause = cause'],
  ['deleting an event', 'delete from events where version = 1'],
  ['truncating the events', 'truncate events'],
  ['truncating with everything', 'truncate events, causes cascade'],
])('%s is refused by the database itself, whoever asks', async (_, statement) => {
  await write('kept', (await readStream(house.db, 'kept')).version, ['kept']);
  const before = await readStream(house.db, 'kept');
  await expect(house.db.query(statement)).rejects.toThrow('append-only');
  expect(await readStream(house.db, 'kept')).toEqual(before);
});

test('a cause counts once: of five at the same time one may act', async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      inTransaction(house.db, (tx) => recordCause(tx, 'epic:1', 'delivery/a/0')),
    ),
  );
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await isHandled(house.db, 'epic:1', 'delivery/a/0')).toBe(true);
  expect(await isHandled(house.db, 'epic:2', 'delivery/a/0')).toBe(false);
});

test('a cause whose events were not written was not handled', async () => {
  await write('torn', 0, ['one']);
  const torn = inTransaction(house.db, async (tx) => {
    await recordCause(tx, 'epic:torn', 'delivery/b/0');
    await append(tx, {
      epicId: 'torn',
      expectedVersion: 0,
      events: [said('two')],
      cause: 'b',
      actorId: 1,
      at,
    });
  });
  await expect(torn).rejects.toThrow(VersionConflict);
  expect(await isHandled(house.db, 'epic:torn', 'delivery/b/0')).toBe(false);
});

test('an audit sees who did what, when and why', async () => {
  await write('audit', 0, ['one', 'two']);
  const rows = await readHistory(house.db, 'audit', 1);
  expect(rows).toMatchObject([
    { version: 2, cause: 'test/1', actorId: 1, at: new Date(at), event: said('two') },
  ]);
});

test('an append stays as cheap with 10,000 streams as with ten: it reads only its own', async () => {
  // In parts: each statement has only so long, also on a busy machine.
  for (let from = 1; from < 10_000; from += 1_000)
    await house.db.query(
      `insert into events (epic_id, version, type, data, cause, at)
       select 'many' || n, v, 'x', '{}', 'c', now()
         from generate_series($1::int, $1::int + 999) n, generate_series(1, 3) v`,
      [from],
    );
  await house.db.query('analyze events');
  const { rows } = await house.db.query<{ 'QUERY PLAN': string }>(
    `explain select coalesce(max(version), 0) from events where epic_id = 'many77'`,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('events_pkey');
  expect(plan).not.toContain('Seq Scan');
});
