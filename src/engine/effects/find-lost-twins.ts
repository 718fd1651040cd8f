/** After an attempt whose outcome is unknown: issues that were made are found by their marker and adopted (threats F07, F31). */
import { readObject } from '../../core/epic/object.ts';
import { gatehouse } from '../../core/epic/person.ts';
import { findIssues } from '../../github/outgoing/find-issues.ts';
import { factsWithin } from '../ask.ts';
import type { Planning } from './job.ts';

const labels = ['gatehouse:checklist', 'gatehouse:stage'];

/**
 * Lists our issues of the repository since the epic began, and records those whose signed marker names an object of
 * this epic's round. Only issues made by the App count, whatever marker others carry (threats T46).
 */
export const findLostTwins = async (planning: Planning, epicId: string): Promise<void> => {
  const { engine, desk, site } = planning;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return;
  // A minute's grace: GitHub's clock is not ours.
  const since = new Date(Date.parse(epic.openedAt) - 60_000).toISOString();
  for (const label of labels) {
    for (const found of await findIssues(site.client, site.ref, { label, since })) {
      const marker = found.byUs ? engine.readMarker(found.body) : undefined;
      if (marker?.epic !== epicId || marker.round !== epic.round || marker.repository !== site.known.id)
        continue;
      const object = readObject(marker.object);
      if (object === undefined) continue;
      const facts = factsWithin(
        epic,
        gatehouse,
        engine.now().toISOString(),
        `perform/found/${found.issue.id}`,
      );
      await desk.handle(epicId, { ...facts, type: 'RecordIssue', object, issue: found.issue });
    }
  }
};
