/** What answering a question takes: the ledger to read, a clock, and somebody to tell that it was asked. */
import type { EpicEvent } from '../../core/epic/events.ts';
import { replay } from '../../core/epic/evolve.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import type { Database } from '../../ledger/database.ts';
import { readHistory } from '../../ledger/read-models/history.ts';

/** See above; `asked` is told what was asked, never the answer. */
export interface Enquiries {
  readonly db: Database;
  readonly now: () => Date;
  readonly asked: (question: { readonly epic?: string; readonly query: string }) => void;
}

/** What is no id at all is no epic; PostgreSQL would refuse some of it as text. */
export const idOf = (given: string): string => (/^\w{1,40}$/.test(given) ? given : '');

/** An epic as its events make it, read in one statement; undefined where none was ever opened. */
export const epicNow = async (
  db: Database,
  id: string,
): Promise<{ readonly epic: OpenedEpic; readonly history: readonly EpicEvent[] } | undefined> => {
  const history = (await readHistory(db, id)).map((row) => row.event);
  const epic = replay(history);
  return epic.status === 'unopened' ? undefined : { epic, history };
};
