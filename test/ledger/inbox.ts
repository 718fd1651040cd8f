/** What ledger tests need again and again: a pool on a fresh database, and deliveries to put into it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase } from '../../src/ledger/database.ts';
import type { NewDelivery } from '../../src/ledger/deliveries.ts';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';

/** A fresh database for this test file; further pools on it play other replicas. */
export interface Cellar {
  readonly db: Database;
  readonly url: string;
  /** Another process's pool, closed with the file. */
  replica(): Database;
}

/** Prepares the database before the file's tests and drops it afterwards. */
export const cellar = (options: { readonly empty?: boolean } = {}): Cellar => {
  let fresh: FreshDatabase | undefined;
  const pools: Database[] = [];
  const open = (): Database => {
    if (!fresh) throw new Error('The database is there from beforeAll on.');
    const pool = openDatabase(fresh.url, { max: 8 });
    pools.push(pool);
    return pool;
  };
  beforeAll(async () => {
    fresh = await freshDatabase(options);
    open();
  });
  afterAll(async () => {
    for (const pool of pools) await pool.close();
    await fresh?.drop();
  });
  return {
    get db() {
      return pools[0] ?? open();
    },
    get url() {
      return fresh?.url ?? '';
    },
    replica: open,
  };
};

/** A delivery about issue `number`, in that number's own lane unless told otherwise. */
export const delivery = (number: number, more: Partial<NewDelivery> = {}): NewDelivery => ({
  guid: randomUUID(),
  event: 'issue_comment',
  action: 'created',
  installationId: 7,
  repositoryId: 99,
  number,
  lane: `subject:99#${number}`,
  body: Buffer.from(`{"number":${number}}`),
  ...more,
});

/** Waits until `holds` is true; a test that waits in vain ends by its own timeout. */
export const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
};
