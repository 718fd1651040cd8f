/** A ledger of an older Gatehouse becomes one of this version, without a service: before a copy is verified, or by whoever may change tables. */
import type { Database } from '../ledger/database.ts';
import { migrate } from '../ledger/migrate.ts';
import { schemaGap } from '../ledger/read-models/migrations.ts';
import type { Log } from './engine.ts';
import { projectAgain } from './project-again.ts';

/** Migrations applied by this call, and epics whose lists were made again from their events. */
export interface BroughtUp {
  readonly applied: readonly string[];
  readonly epics: number;
}

const quiet = { info: () => undefined };

/** Twice changes nothing more; a running service may go on. Throws where a migration fails, which then leaves no trace. */
export const bringUp = async (db: Database): Promise<BroughtUp> => {
  const applied = await migrate(db);
  return { applied, epics: await projectAgain({ db, log: quiet }) };
};

/** For a service that starts: its migrations are applied, and a newer one's are named. */
export const bringTables = async (db: Database, log: Log): Promise<void> => {
  const migrations = await migrate(db);
  if (migrations.length > 0) log.info({ migrations }, 'migrations applied');
  const { unknown } = await schemaGap(db);
  if (unknown.length > 0)
    log.warn(
      { migrations: unknown },
      'a newer Gatehouse uses this database; this one works beside it until it is updated',
    );
};
