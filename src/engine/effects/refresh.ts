/** An epic looks at GitHub again: rules, roles and pull requests. */
import { gatehouse } from '../../core/epic/person.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { askPulls, askRolesOfApprovers, factsWithin } from '../ask.ts';
import { rulesNow, rulesOf } from '../repository-rules.ts';
import { paintWish } from '../wish-paint.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';

/** Decided with what GitHub says now; the paint that follows shows it. A broken gatehouse.yml leaves the rules as they were. */
export const planRefresh = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const { engine, desk, site } = planning;
  const epicId = promise.epicId ?? '';
  const epic = await desk.epic(epicId);
  if (epic.status !== 'running' && epic.status !== 'paused') return nothingToDo(promise);
  const rules = await rulesNow(desk.hold, site);
  const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `refresh/${promise.wanted}`);
  // Before the rules: these facts carry the old ones, and saying them again would undo what is learned below.
  await desk.handle(epicId, { ...facts, type: 'Move', subject: { ...epic.subject, repository: site.ref } });
  if (rules.broken === null) {
    const asker = { on: engine.db, site, rules, at: facts.at };
    const [pulls, asked] = await Promise.all([askPulls(site, epic), askRolesOfApprovers(asker, epic)]);
    const now = { ...facts, rules: rulesOf(rules.configuration), pulls, ...asked };
    await desk.handle(epicId, { ...now, type: 'NoteRules' });
  }
  desk.promise(paintWish(epicId));
  return nothingToDo(promise);
};
