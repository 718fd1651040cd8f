/** An epic looks at GitHub again: rules, roles, pull requests; `reconcile` also at the issues themselves. */
import { issueOf } from '../../core/epic/object.ts';
import { gatehouse } from '../../core/epic/person.ts';
import { readIssue } from '../../github/outgoing/read-issue.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { unpaint } from '../../ledger/painted.ts';
import { askPulls, askRolesOfApprovers, factsWithin } from '../ask.ts';
import { rulesNow, rulesOf } from '../repository-rules.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';
import { picturesOf } from './pictures.ts';
import { rereadReviews } from './reread-reviews.ts';
import { withoutTicks } from './ticks.ts';

/** Issues that differ from their pictures are painted again; one that is gone is made again. */
const compareIssues = async (planning: Planning, epicId: string): Promise<void> => {
  const { engine, desk, site } = planning;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return;
  for (const [object, picture] of picturesOf(epic, engine.sign)) {
    const known = issueOf(epic, object);
    if (known === undefined) continue;
    const issue = await readIssue(site.client, site.ref, known.number);
    if (issue.kind !== 'issue') {
      const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `reconcile/${object}`);
      await desk.handle(epicId, { ...facts, type: 'RecordIssueLost', object });
      continue;
    }
    const same =
      issue.title === picture.title &&
      withoutTicks(issue.body) === withoutTicks(picture.body) &&
      issue.state === picture.state &&
      picture.labels.every((label) => issue.labels.includes(label));
    if (same) continue;
    engine.log.info({ epic: epicId, object }, 'repainting what was changed by hand');
    desk.also((tx) => unpaint(tx, desk.hold.lane, object));
  }
};

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
    if (promise.kind === 'reconcile') await rereadReviews(planning, epicId, asker);
  }
  if (promise.kind === 'reconcile') await compareIssues(planning, epicId);
  desk.promise({ once: false, lane: desk.hold.lane, key: 'paint', kind: 'paint', epicId, priority: 5 });
  return nothingToDo(promise);
};
