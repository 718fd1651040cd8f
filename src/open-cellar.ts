/** The database under the house: somebody else's, or one of our own in a folder. */
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import type { Log } from './engine/engine.ts';
import { reason } from './engine/reason.ts';
import { type Database, openDatabase } from './ledger/database.ts';
import { startEmbedded } from './ledger/embedded.ts';
import { within } from './within.ts';

const patience = 1_000;

/** An open database. */
export interface Cellar {
  readonly db: Database;
  readonly close: () => Promise<void>;
}

/** The database of the configuration, or an embedded one, once it has answered; `close` stops what was started here. Throws where it cannot be had. */
export const openCellar = async (config: Config, log: Log): Promise<Cellar> => {
  const embedded =
    config.databaseUrl === undefined ? await startEmbedded(resolve(config.dataDirectory)) : undefined;
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const db = openDatabase(url, {
    max: config.workers + 8,
    onError: (err) => log.warn({ err }, 'database connection lost'),
  });
  const close = async (): Promise<void> => {
    // A lane that was left keeps its connection, and would keep us.
    await within(patience, db.close());
    await embedded?.stop();
  };
  try {
    await db.query('select 1');
  } catch (cause) {
    await close();
    throw new Error(`The database cannot be reached: ${reason(cause)}`, { cause });
  }
  return { db, close };
};
