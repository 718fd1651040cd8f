/** One connection of the pool, for as long as some work takes. */
import type { PoolClient } from 'pg';
import type { Database } from './database.ts';

/** Runs `work` on a connection of its own; one that died, or of which `onBroken` was told, does not go back to the pool. */
export const borrowClient = async <T>(
  db: Database,
  work: (client: PoolClient, onBroken: (error: Error) => void) => Promise<T>,
): Promise<T> => {
  const client = await db.pool.connect();
  let broken: Error | undefined;
  const onBroken = (error: Error): void => {
    broken = error;
  };
  client.on('error', onBroken);
  try {
    return await work(client, onBroken);
  } finally {
    client.off('error', onBroken);
    client.release(broken);
  }
};
