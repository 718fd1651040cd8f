/** An alarm has rung: what follows is decided with the time of now; whatever it changes is painted and told. */
import { gatehouse } from '../../core/epic/person.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { factsWithin } from '../ask.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';

/** Nothing is sent by itself: the paint and the notices that follow are promises of their own. */
export const planTick = async ({ engine, desk }: Planning, promise: DuePromise): Promise<Job> => {
  const epicId = promise.epicId ?? '';
  const epic = await desk.epic(epicId);
  // A review that nobody gave is told of even when the epic has ended.
  if (epic.status !== 'unopened') {
    const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `tick/${promise.wanted}`);
    await desk.handle(epicId, { ...facts, type: 'Tick' });
  }
  return nothingToDo(promise);
};
