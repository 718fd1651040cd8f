/** The ledger's door for verbs of the command line, beside a running service or without one. */
import { resolve } from 'node:path';
import { type Database, openDatabase } from '../ledger/database.ts';
import { findCluster } from '../ledger/embedded/cluster.ts';
import { startEmbedded } from '../ledger/embedded.ts';
import { schemaGap } from '../ledger/read-models/migrations.ts';
import { reason } from './reason.ts';

/** Where the ledger is: a server, or a directory of the embedded one. */
export interface LedgerPlace {
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
}

/** An open ledger. */
export interface OpenLedger {
  readonly db: Database;
  /** Migrations that a newer Gatehouse has applied. */
  readonly unknown: readonly string[];
  /** Waits for statements under way; an embedded server that nobody else uses is stopped. */
  readonly close: () => Promise<void>;
}

/** There is no ledger there, or it cannot be reached; the message says what to do. */
export class NoLedger extends Error {
  override readonly name = 'NoLedger';
}

const reach = async ({ databaseUrl, dataDirectory }: LedgerPlace): Promise<Omit<OpenLedger, 'unknown'>> => {
  if (databaseUrl !== undefined) {
    const db = openDatabase(databaseUrl, { max: 4 });
    return { db, close: db.close };
  }
  const directory = resolve(dataDirectory);
  // A cluster is never made here: an empty ledger would be a wrong answer to every question.
  if ((await findCluster(directory)) === undefined)
    throw new NoLedger(`There is no ledger in ${directory}; set DATABASE_URL, or GATEHOUSE_DATA.`);
  const embedded = await startEmbedded(directory);
  const db = openDatabase(embedded.url, { max: 4 });
  return {
    db,
    close: async () => {
      await db.close();
      await embedded.stop();
    },
  };
};

/**
 * Opens the ledger that the environment's service uses. Throws NoLedger where there is none, where it cannot be reached, or
 * where its tables are not this version's (unless `anySchema`): nothing is created or migrated here.
 */
export const openLedger = async (place: LedgerPlace, anySchema?: 'anySchema'): Promise<OpenLedger> => {
  const ledger = await reach(place);
  try {
    const { missing, unknown } = await schemaGap(ledger.db);
    if (missing.length > 0 && anySchema === undefined)
      throw new NoLedger(
        `The database lacks ${missing.join(', ')}: say \`gatehouse migrate\`, or start this version of the service.`,
      );
    return { ...ledger, unknown };
  } catch (failure) {
    await ledger.close();
    if (failure instanceof NoLedger) throw failure;
    throw new NoLedger(`The database cannot be reached: ${reason(failure)}`, { cause: failure });
  }
};
