/** What follows from a check that people can see: its epic knows the head was shown, other lanes on that head look again. */
import { gatehouse } from '../../core/epic/person.ts';
import { type KnownPullRequest, openPullRequests } from '../../ledger/pull-requests.ts';
import { factsWithin } from '../ask.ts';
import { epicLane, subjectLane } from '../engine.ts';
import { wishChecks } from '../wish-checks.ts';
import type { Planning } from './job.ts';

/** Tells each linked pull request's epic which head people can see judged: what a plain /approve means (contract §4). */
export const recordShown = async (planning: Planning, headSha: string): Promise<void> => {
  const { desk, site, engine } = planning;
  for (const pull of await openPullRequests(desk.hold, site.known.id, headSha)) {
    if (pull.epicId === null || desk.hold.lane !== epicLane(pull.epicId)) continue;
    const epic = await desk.epic(pull.epicId);
    if (epic.status === 'unopened') continue;
    const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `shown/${headSha}`);
    await desk.handle(pull.epicId, { ...facts, type: 'RecordHeadShown', number: pull.number, head: headSha });
  }
};

/**
 * A head of several pull requests is judged in several lanes, which may have decided at the same time: the others look
 * again, and write only where what they would say differs (threats T16, T36).
 */
export const tellOthers = async ({ desk, site }: Planning, headSha: string): Promise<void> => {
  const pulls = await openPullRequests(desk.hold, site.known.id, headSha);
  const laneOf = ({ epicId, number }: KnownPullRequest): string =>
    epicId === null ? subjectLane(site.known.id, number) : epicLane(epicId);
  const elsewhere = pulls.filter((pull) => laneOf(pull) !== desk.hold.lane);
  // A merge group's head is nobody's pull request; a lone pull request has nobody to tell.
  wishChecks(desk, elsewhere);
};
