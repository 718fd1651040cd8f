/** One at a time for one subject, across processes; opens by itself when its holder dies. */
import type { PoolClient } from 'pg';
import { borrowClient } from './borrow-client.ts';
import type { Connection, Database } from './database.ts';

const held = Symbol('held lane');

/**
 * Proof that a lane is held. Everything written under the lane goes through this connection: the lock lives and
 * dies with it, so a holder that lost the lane cannot write any more. Its `query` is a transaction of its own.
 */
export interface LaneHold extends Connection {
  readonly [held]: true;
  readonly lane: string;
  readonly client: PoolClient;
}

// The prefix keeps lanes apart from other advisory locks in the same database.
const tryLock = `select pg_try_advisory_lock(hashtextextended('lane ' || $1, 0)) as locked`;
const unlock = `select pg_advisory_unlock(hashtextextended('lane ' || $1, 0)) as unlocked`;

const holdOn = (lane: string, client: PoolClient): LaneHold => {
  const query: Connection['query'] = (statement, values) =>
    client.query(statement, values ? [...values] : undefined);
  return { lane, client, query, [held]: true };
};

const isFree = async (
  client: PoolClient,
  lane: string,
  onBroken: (error: Error) => void,
): Promise<boolean> => {
  try {
    const { rows } = await client.query<{ locked: boolean }>(tryLock, [lane]);
    return rows[0]?.locked === true;
  } catch (error) {
    // The lock may be ours without our knowing: the connection must not go back to the pool.
    onBroken(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
};

/**
 * Runs `work` while holding `lane`, or answers 'busy' at once when somebody else holds it, in this process or another.
 * Keeps one pooled connection until `work` ends. When the connection dies meanwhile, the next statement under
 * the hold is rejected; nothing is written without the lock (design §2 rule 5).
 */
export const inLane = <T>(
  db: Database,
  lane: string,
  work: (hold: LaneHold) => Promise<T>,
): Promise<T | 'busy'> =>
  borrowClient(db, async (client, onBroken) => {
    if (!(await isFree(client, lane, onBroken))) return 'busy';
    try {
      return await work(holdOn(lane, client));
    } finally {
      // If the lock cannot be given back, closing the session gives it back.
      await client.query(unlock, [lane]).catch(onBroken);
    }
  });
