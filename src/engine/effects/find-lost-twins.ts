/** After an attempt whose outcome is unknown, and before the first: issues that were made are found by their marker and adopted (threats F07, F31). */
import { readObject } from '../../core/epic/object.ts';
import { gatehouse } from '../../core/epic/person.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import { isGone } from '../../github/failure.ts';
import { type FoundIssue, findIssues } from '../../github/outgoing/find-issues.ts';
import { factsWithin } from '../ask.ts';
import type { Planning } from './job.ts';

const labels = ['gatehouse:checklist', 'gatehouse:stage'];

/** The epic's checklist and the stages under it, by GitHub's own links: whenever they were made (threats F60). */
const linkedIssues = async ({ site }: Planning, epic: OpenedEpic): Promise<readonly FoundIssue[]> => {
  const under = (number: number) => findIssues(site.client, site.ref, { under: number });
  try {
    const children = (await under(epic.subject.issue.number)).filter((found) => found.byUs);
    const deeper = await Promise.all(children.map((found) => under(found.issue.number)));
    return [...children, ...deeper.flat()];
  } catch (failure) {
    // An older server has no such links.
    if (isGone(failure)) return [];
    throw failure;
  }
};

const listedIssues = async ({ site }: Planning, epic: OpenedEpic): Promise<readonly FoundIssue[]> => {
  // A minute's grace: GitHub's clock is not ours.
  const since = new Date(Date.parse(epic.openedAt) - 60_000).toISOString();
  const lists = await Promise.all(labels.map((label) => findIssues(site.client, site.ref, { label, since })));
  return lists.flat();
};

/**
 * Finds our issues of an epic and records those whose signed marker names an object of this epic's round. `unknown`: after
 * an attempt whose outcome nobody knows, every issue since the epic began is looked at; otherwise those that are linked to
 * it, which a ledger brought back from an older copy does not know. Only issues made by the App count, whatever marker
 * others carry (threats T46).
 */
export const findLostTwins = async (planning: Planning, epicId: string, unknown: boolean): Promise<void> => {
  const { engine, desk, site } = planning;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return;
  const candidates = await (unknown ? listedIssues : linkedIssues)(planning, epic);
  for (const found of candidates) {
    const marker = found.byUs ? engine.readMarker(found.body) : undefined;
    if (marker?.epic !== epicId || marker.round !== epic.round || marker.repository !== site.known.id)
      continue;
    const object = readObject(marker.object);
    if (object === undefined) continue;
    const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `perform/found/${found.issue.id}`);
    await desk.handle(epicId, { ...facts, type: 'RecordIssue', object, issue: found.issue });
  }
};
