/** All or nothing on one connection. */
import type { PoolClient } from 'pg';
import { borrowClient } from './borrow-client.ts';
import type { Connection, Database } from './database.ts';
import type { LaneHold } from './lane.ts';

const opened = Symbol('open transaction');

/** Proof of an open transaction: what must be written together asks for it. Dead once its work has returned. */
export interface Transaction extends Connection {
  readonly [opened]: true;
}

const busy = new WeakSet<PoolClient>();

const onClient = async <T>(
  client: PoolClient,
  work: (tx: Transaction) => Promise<T>,
  onBroken: (error: Error) => void,
): Promise<T> => {
  if (busy.has(client))
    throw new Error(
      'A transaction is already open on this connection: pass it on instead of opening another.',
    );
  busy.add(client);
  let over = false;
  const query: Connection['query'] = (statement, values) =>
    over
      ? Promise.reject(new Error('This transaction is over: a statement came too late and was not sent.'))
      : client.query(statement, values ? [...values] : undefined);
  try {
    await client.query('begin');
    const result = await work({ query, [opened]: true });
    over = true;
    // A failed statement that `work` swallowed makes COMMIT a silent ROLLBACK; say so instead.
    const { command } = await client.query('commit');
    if (command !== 'COMMIT')
      throw new Error('The transaction was rolled back: one of its statements had failed.');
    return result;
  } catch (error) {
    over = true;
    await client.query('rollback').catch(onBroken);
    throw error;
  } finally {
    busy.delete(client);
  }
};

/**
 * Runs `work` in one transaction, committed when it resolves, rolled back when it rejects.
 * On a held lane it uses the lane's own connection, so that losing the lane fails the write (threats F06).
 * Throws when a transaction is already open there. If COMMIT's answer is lost the outcome is unknown:
 * ask for the cause before repeating (threats F03). No network call to GitHub belongs inside (design §2 rule 4).
 */
export const inTransaction = <T>(
  on: Database | LaneHold,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> =>
  // A lane whose rollback failed finds out by itself: its unlock fails too and closes the connection.
  'client' in on
    ? onClient(on.client, work, () => undefined)
    : borrowClient(on, (client, onBroken) => onClient(client, work, onBroken));
