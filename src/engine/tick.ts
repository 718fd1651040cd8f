/** Alarms whose moment has come: their epics are promised a tick, in their own lane and order (design §9). */
import { promise } from '../ledger/outbox.ts';
import { dueEpics } from '../ledger/read-models/alarms.ts';
import { inTransaction } from '../ledger/transaction.ts';
import { type Engine, epicLane } from './engine.ts';

const mostAtOnce = 500;

/**
 * Answers how many epics were woken. Asking twice, or in two processes, changes nothing: the alarm is in the epic's state,
 * and rings there once.
 */
export const tick = async (engine: Engine): Promise<number> => {
  const due = await dueEpics(engine.db, mostAtOnce);
  if (due.length === 0) return 0;
  const wishes = due.map(({ id }) => ({
    once: false as const,
    lane: epicLane(id),
    key: 'tick',
    kind: 'tick',
    epicId: id,
    priority: 0,
  }));
  await inTransaction(engine.db, (tx) => promise(tx, wishes));
  for (const { id, repositoryId } of due) engine.wake(epicLane(id), undefined, repositoryId);
  return due.length;
};
