/** A look at issues before they are written again, only where writing blindly could take away what people put there. */
import { issuesUnder } from '../../github/facts/issues-under.ts';
import { type IssueShown, readIssue } from '../../github/outgoing/read-issue.ts';
import type { Canvas } from './canvas.ts';
import type { Changed } from './issue-strokes.ts';
import { memoryOf } from './memory.ts';
import { relabel } from './relabel.ts';
import { takesTicks } from './ticks.ts';

/**
 * What is not known, or was changed by somebody, is looked at. Where there are documents, these add and take off single
 * labels and say by themselves what was ticked; REST alone does neither in one request.
 */
const needsLook = ({ painted, site }: Canvas, { object, plain }: Changed): boolean => {
  const known = painted.get(object);
  const memory = memoryOf(known?.remote);
  if (known === undefined || known.digest === '' || memory.labels === undefined) return true;
  if (site.client.features.has('graphql') !== 'no') return false;
  const { put, off } = relabel(plain.labels, memory);
  return put.length + off.length > 0 || takesTicks(plain);
};

const oneByOne = async ({ site }: Canvas, wanted: readonly Changed[], seen: Map<string, IssueShown>) => {
  for (const { object, issue } of wanted) {
    if (seen.has(object)) continue;
    const now = await readIssue(site.client, site.ref, issue.number);
    if (now.kind === 'issue') seen.set(object, now);
  }
};

/** By object, what GitHub shows now: one request for all stages, or one for a single issue. Throws GitHubFailure. */
export const lookAt = async (
  canvas: Canvas,
  changed: readonly Changed[],
): Promise<ReadonlyMap<string, IssueShown>> => {
  const { epic, site } = canvas;
  const wanted = changed.filter((one) => needsLook(canvas, one));
  const seen = new Map<string, IssueShown>();
  if (wanted.length > 1 && epic.checklist !== undefined && site.client.features.has('subIssues') !== 'no') {
    const under = await issuesUnder(site.client, site.ref, epic.checklist.number, null);
    const listed = under.kind === 'shown' ? under.issues : [];
    for (const { object, issue } of wanted) {
      const shown = listed.find((one) => one.issue.id === issue.id);
      if (shown !== undefined) seen.set(object, shown);
    }
  }
  await oneByOne(canvas, wanted, seen);
  return seen;
};
