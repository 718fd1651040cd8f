/** Deliveries are read in the order they came, whoever they turn out to belong to. */
import { expect, test } from 'vitest';
import type { Connection } from '../../src/ledger/database.ts';
import { packDelivery, storeDeliveries } from '../../src/ledger/deliveries.ts';
import { intake } from '../../src/ledger/intake.ts';
import { markDelivery, postpone } from '../../src/ledger/mark-delivery.ts';
import { placeSubjects, removeSubject } from '../../src/ledger/place-subject.ts';
import { laneOf, subjectOf } from '../../src/ledger/subjects.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { unread } from '../../src/ledger/unread.ts';
import { lanesWithUnread } from '../../src/ledger/waiting-lanes.ts';
import { cellar, delivery } from './inbox.ts';

const house = cellar();

const place = (number: number, epicId: string): Promise<void> =>
  inTransaction(house.db, (tx) =>
    placeSubjects(tx, [{ repositoryId: 99, number, kind: 'stage', epicId, stage: '1_define' }]),
  );

const seqs = async (lane: string): Promise<number[]> =>
  (await unread(house.db, lane, 100)).map(({ seq }) => seq);

test('what was said on an issue before it belonged to an epic is read in its place, not after everything else', async () => {
  const { store } = intake(house.db);
  await place(1, 'e1');
  const sent: number[] = [];
  for (const number of [1, 2, 1, 2]) sent.push((await store(delivery(number))).seq);
  expect(await seqs('subject:99#2')).toEqual([sent[1], sent[3]]);
  await place(2, 'e1');
  const late = await store(delivery(2));
  expect(late.lane).toBe('epic:e1');
  expect(await seqs('epic:e1')).toEqual([...sent, late.seq]);
  expect(await seqs('subject:99#2')).toEqual([]);
});

test('a delivery stored at the very moment of the move is not read outside its epic', async () => {
  const { store } = intake(house.db);
  const stray = await store(delivery(3));
  await place(3, 'e3');
  await house.db.query('update deliveries set lane = $2 where seq = $1', [stray.seq, 'subject:99#3']);
  expect(await seqs('subject:99#3')).toEqual([]);
  expect(await seqs('epic:e3')).toEqual([stray.seq]);
  expect((await lanesWithUnread(house.db, 100)).map((one) => one.lane)).toContain('epic:e3');
});

test('a delivery that must wait holds up those behind it, so that /submit is never read before /claim', async () => {
  const { store } = intake(house.db);
  const claim = await store(delivery(4));
  const submit = await store(delivery(4));
  await postpone(house.db, claim.seq, {
    until: new Date(Date.now() + 60_000),
    problem: 'GitHub is away',
    counts: true,
  });
  expect(await seqs('subject:99#4')).toEqual([]);
  expect((await lanesWithUnread(house.db, 100)).map((one) => one.lane)).not.toContain('subject:99#4');
  await postpone(house.db, claim.seq, {
    until: new Date(Date.now() - 1),
    problem: 'still away',
    counts: true,
  });
  expect(await seqs('subject:99#4')).toEqual([claim.seq, submit.seq]);
  expect((await lanesWithUnread(house.db, 100)).map((one) => one.lane)).toContain('subject:99#4');
  const [first] = await unread(house.db, 'subject:99#4', 1);
  expect(first?.tries).toBe(2);
});

test('a delivery is ended once: a second worker learns that somebody was faster', async () => {
  const { store } = intake(house.db);
  const { seq } = await store(delivery(5));
  const ends = await Promise.all([
    markDelivery(house.db, seq, 'done'),
    markDelivery(house.db, seq, 'ignored'),
  ]);
  expect(ends.toSorted()).toEqual([false, true]);
  expect(await seqs('subject:99#5')).toEqual([]);
});

test('deliveries that came in one burst keep the order in which they came', async () => {
  const { store } = intake(house.db);
  const guids = (await Promise.all(Array.from({ length: 100 }, () => store(delivery(6))))).map(
    ({ guid }) => guid,
  );
  expect((await unread(house.db, 'subject:99#6', 100)).map(({ guid }) => guid)).toEqual(guids);
});

test('F12: a delivery that commits late is read all the same, although later ones have been read already', async () => {
  const slow = await house.replica().pool.connect();
  try {
    await slow.query('begin');
    const on: Connection = {
      query: (statement, values) => slow.query(statement, values ? [...values] : undefined),
    };
    const [first] = await storeDeliveries(on, [packDelivery(delivery(8))]);
    const later = await intake(house.db).store(delivery(8));
    expect(first?.seq).toBeLessThan(later.seq);
    await markDelivery(house.db, later.seq, 'done');
    await slow.query('commit');
    expect(await seqs('subject:99#8')).toEqual([first?.seq]);
    expect((await lanesWithUnread(house.db, 100)).map((one) => one.lane)).toContain('subject:99#8');
  } finally {
    slow.release();
  }
});

test('a number knows its epic, and forgets it', async () => {
  await place(7, 'e7');
  expect(await laneOf(house.db, 99, 7)).toBe('epic:e7');
  await inTransaction(house.db, (tx) => removeSubject(tx, 99, 7));
  expect(await subjectOf(house.db, 99, 7)).toBeUndefined();
  expect(await laneOf(house.db, 99, 7)).toBe('subject:99#7');
});
