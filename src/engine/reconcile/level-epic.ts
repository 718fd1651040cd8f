/** One epic compared with GitHub: issues, links, checks, reviews, and the roles of those whose word stands. */
import { gatehouse } from '../../core/epic/person.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import type { WriteOf } from '../../github/outgoing/write.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { type Asker, askRolesOfApprovers, factsWithin } from '../ask.ts';
import { type Job, nothingToDo, type Planning, succeeded } from '../effects/job.ts';
import { planRefresh } from '../effects/refresh.ts';
import { rulesKnown, rulesNow } from '../repository-rules.ts';
import { paintWish } from '../wish-paint.ts';
import { type Level, openLevel } from './level.ts';
import { levelApprovals } from './level-approvals.ts';
import { levelCheck } from './level-checks.ts';
import { levelIssues } from './level-issues.ts';
import { levelReviews } from './level-reviews.ts';
import { noteFound } from './note-found.ts';
import { type Sight, together } from './sight.ts';

const headsOf = (epic: OpenedEpic): ReadonlySet<string> =>
  new Set(epic.pulls.flatMap((pull) => (pull.state === 'open' ? [pull.head] : [])));

/** Somebody's yes at an open gate may have lapsed with a role nobody told us of (threats T26). */
const hasStanding = (epic: OpenedEpic): boolean =>
  epic.stages.some((stage) => stage.status === 'in-review' && stage.approvals.length > 0) ||
  epic.pulls.some((pull) => pull.state === 'open' && pull.reviews.some((one) => one.verdict !== 'dismissed'));

const levelRoles = async ({ desk, site, engine, epicId, epic }: Level): Promise<void> => {
  if (!hasStanding(epic)) return;
  const rules = await rulesKnown(desk.hold, site);
  if (rules.broken !== null) return;
  const at = engine.now().toISOString();
  const asked = await askRolesOfApprovers({ on: engine.db, site, rules, at }, epic);
  const facts = factsWithin(epic, gatehouse, at, 'reconcile/roles');
  await desk.handle(epicId, { ...facts, ...asked, type: 'NoteRules' });
};

const look = async (one: Level): Promise<Sight> => {
  const { desk, site, engine, epic, full } = one;
  const rules = async (): Promise<Asker> => ({
    on: engine.db,
    site,
    rules: await rulesNow(desk.hold, site),
    at: engine.now().toISOString(),
  });
  const sights: Sight[] = [await levelIssues(one)];
  for (const head of headsOf(epic)) sights.push(await levelCheck(one, head, full));
  for (const pull of epic.pulls.filter(({ state }) => state === 'open'))
    sights.push(await levelReviews(one, pull, rules));
  sights.push(await levelApprovals(one));
  return together(sights);
};

/** Only what was unlocked is written down: GitHub may refuse it. */
const unlocking = (one: Level, promise: DuePromise, { locked }: Sight): Job => ({
  promise,
  writes: locked.map(
    ({ object, issue }): WriteOf<'unlock-issue'> => ({
      kind: 'unlock-issue',
      key: `unlock:${object}`,
      repository: one.site.ref,
      issue,
    }),
  ),
  creates: false,
  settle: (results) => {
    const opened = locked.filter(({ object }) => succeeded(results, `unlock:${object}`));
    const repairs = opened.map(({ object }) => ({
      object,
      what: 'unlocked',
      why: 'nobody could comment on it',
    }));
    noteFound(one.desk, { repositoryId: one.site.known.id, epicId: one.epicId }, repairs);
  },
});

const follow = async ({ desk, site, engine, epicId, epic }: Level): Promise<void> => {
  const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), 'reconcile/place');
  await desk.handle(epicId, { ...facts, type: 'Move', subject: { ...epic.subject, repository: site.ref } });
};

/**
 * Compares an epic with GitHub: `reconcile` asks everything anew, `level` costs nothing of the rate limit where nothing
 * changed. What differs is forgotten as painted, so that the paint it promises writes it; what was found is written down.
 */
export const planLevel = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const { engine, desk, site } = planning;
  const epicId = promise.epicId ?? '';
  const full = promise.kind === 'reconcile';
  if (full) await planRefresh(planning, promise);
  const one = await openLevel(planning, epicId, full);
  if (one === undefined || (one.epic.status !== 'running' && one.epic.status !== 'paused'))
    return nothingToDo(promise);
  if (!full) {
    await follow(one);
    await levelRoles(one);
  }
  const sight = await look(one);
  const of = { repositoryId: site.known.id, epicId };
  noteFound(desk, of, sight.found);
  for (const { object, what, why } of sight.found)
    engine.log.info({ epic: epicId, object, what, why }, 'repaired');
  if (sight.found.length > 0 || sight.pending) desk.promise(paintWish(epicId));
  return unlocking(one, promise, sight);
};
