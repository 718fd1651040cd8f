/** Rows that an older Gatehouse wrote are made again from their events, so that lists, alarms and checks of a newer one miss nothing (threats F13, F59). */

import { evolve } from '../core/epic/evolve.ts';
import { loadsOf } from '../core/epic/loads.ts';
import { unopened } from '../core/epic/state.ts';
import { readStream } from '../ledger/epics.ts';
import { projectLoads } from '../ledger/loads.ts';
import { projectEpic } from '../ledger/read-models/epics.ts';
import { staleEpics } from '../ledger/read-models/stale-epics.ts';
import { inTransaction } from '../ledger/transaction.ts';
import type { Engine } from './engine.ts';
import { projection, rowOf } from './epic-row.ts';

const some = 100;

/**
 * Answers how many rows were made again. A row that a decision writes meanwhile is of a later version, and stays; two
 * processes that do this at once write the same.
 */
export const projectAgain = async ({
  db,
  log,
}: {
  readonly db: Engine['db'];
  readonly log: Pick<Engine['log'], 'info'>;
}): Promise<number> => {
  let made = 0;
  for (let after = ''; ; ) {
    const ids = await staleEpics(db, projection, { after, limit: some });
    for (const id of ids) {
      await inTransaction(db, async (tx) => {
        const { version, events } = await readStream(tx, id);
        const epic = events.reduce(evolve, unopened);
        const last = events.at(-1);
        if (epic.status === 'unopened' || last === undefined) return;
        const row = rowOf(epic, { epicId: id, version, last: last.at });
        if (await projectEpic(tx, row, projection))
          await projectLoads(tx, { id, repositoryId: row.repositoryId }, loadsOf(epic));
      });
    }
    made += ids.length;
    const end = ids.at(-1);
    if (end === undefined) break;
    after = end;
  }
  if (made > 0) log.info({ epics: made }, 'lists were made again');
  return made;
};
