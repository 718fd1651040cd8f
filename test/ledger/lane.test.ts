/** One at a time for one subject, over process boundaries, and nothing written by somebody who lost the lane. */
import { expect, test } from 'vitest';
import { recordCause } from '../../src/ledger/causes.ts';
import { inLane, type LaneHold } from '../../src/ledger/lane.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { cellar, until } from './inbox.ts';

const house = cellar();

const gate = (): { readonly opened: Promise<void>; open(): void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
};

const sessionOf = async (hold: LaneHold): Promise<number> => {
  const { rows } = await hold.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
};

test('while one replica holds a lane another one, and another worker of the same, are told so at once', async () => {
  const other = house.replica();
  const leave = gate();
  const entered = gate();
  const first = inLane(house.db, 'epic:1', async () => {
    entered.open();
    await leave.opened;
    return 'first';
  });
  await entered.opened;
  expect(await inLane(other, 'epic:1', async () => 'second')).toBe('busy');
  expect(await inLane(house.db, 'epic:1', async () => 'third')).toBe('busy');
  expect(await inLane(other, 'epic:2', async () => 'another lane')).toBe('another lane');
  leave.open();
  expect(await first).toBe('first');
  expect(await inLane(other, 'epic:1', async () => 'afterwards')).toBe('afterwards');
});

test('of 40 who try at once never two are inside', async () => {
  const pools = [house.db, house.replica()];
  let inside = 0;
  let most = 0;
  const tries = Array.from({ length: 40 }, (_, n) =>
    inLane(pools[n % 2] ?? house.db, 'epic:busy', async (hold) => {
      inside += 1;
      most = Math.max(most, inside);
      await hold.query('select pg_sleep(0.002)');
      inside -= 1;
    }),
  );
  await Promise.all(tries);
  expect(most).toBe(1);
});

test('a lane whose work threw is open again', async () => {
  const failing = inLane(house.db, 'epic:3', () => Promise.reject(new Error('GitHub is away')));
  await expect(failing).rejects.toThrow('GitHub is away');
  expect(await inLane(house.replica(), 'epic:3', async () => 'in')).toBe('in');
});

test('a lane opens when its holder dies, and the holder can write nothing any more', async () => {
  const other = house.replica();
  const dead = inLane(house.db, 'epic:4', async (hold) => {
    await inTransaction(hold, (tx) => recordCause(tx, 'epic:4', 'before'));
    await other.query('select pg_terminate_backend($1)', [await sessionOf(hold)]);
    await until(async () => (await inLane(other, 'epic:4', async () => 'in')) === 'in');
    await inTransaction(hold, (tx) => recordCause(tx, 'epic:4', 'without the lane'));
  });
  await expect(dead).rejects.toThrow();
  const { rows } = await other.query<{ cause: string }>(`select cause from causes where lane = 'epic:4'`);
  expect(rows).toEqual([{ cause: 'before' }]);
  expect(await inLane(house.db, 'epic:4', async () => 'the pool has recovered')).toBe(
    'the pool has recovered',
  );
});

test('half a transaction is never kept, also when its connection dies in the middle', async () => {
  const other = house.replica();
  const torn = inLane(house.db, 'epic:5', (hold) =>
    inTransaction(hold, async (tx) => {
      await recordCause(tx, 'epic:5', 'half');
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await recordCause(tx, 'epic:5', 'other half');
    }),
  );
  await expect(torn).rejects.toThrow();
  const { rowCount } = await other.query(`select 1 from causes where lane = 'epic:5'`);
  expect(rowCount).toBe(0);
});

test('a transaction inside a transaction is refused instead of silently sharing its fate', async () => {
  const nested = inLane(house.db, 'epic:6', (hold) =>
    inTransaction(hold, () => inTransaction(hold, async () => 'inner')),
  );
  await expect(nested).rejects.toThrow('already open');
});

test('a statement that comes after its transaction is not sent outside of it', async () => {
  let late: Promise<unknown> = Promise.resolve();
  await inTransaction(house.db, async (tx) => {
    late = new Promise((resolve) => setTimeout(resolve, 20)).then(() => recordCause(tx, 'epic:7', 'late'));
    late.catch(() => undefined);
  });
  await expect(late).rejects.toThrow('over');
});

test('a failure swallowed inside a transaction is not reported as a commit', async () => {
  const swallowed = inTransaction(house.db, async (tx) => {
    await recordCause(tx, 'epic:8', 'lost');
    await tx.query('select 1/0').catch(() => undefined);
  });
  await expect(swallowed).rejects.toThrow('rolled back');
});
