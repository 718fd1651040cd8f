/** A look at issues before they are written again, only where writing blindly could take away what people put there. */
import { issuesUnder } from '../../github/facts/issues-under.ts';
import { type IssueShown, readIssue } from '../../github/outgoing/read-issue.ts';
import type { Canvas } from './canvas.ts';
import type { Changed } from './issue-strokes.ts';
import { memoryOf } from './memory.ts';
import { relabel } from './relabel.ts';
import { takesTicks } from './ticks.ts';

/** Whether documents will tell what was there; a server that may yet turn out to have none is not believed to. */
const tellsItself = ({ site }: Canvas, { issue }: Changed): boolean => {
  const { features } = site.client;
  const put = features.has('mutation:addLabelsToLabelable');
  return features.has('graphql') === 'yes' && put !== 'no' && issue.nodeId !== '';
};

/**
 * What is not known, or was changed by somebody, is looked at. Where there are documents, these add and take off single
 * labels and say by themselves what was ticked; REST alone does neither in one request.
 */
const needsLook = (canvas: Canvas, changed: Changed): boolean => {
  const { painted } = canvas;
  const { object, plain } = changed;
  const known = painted.get(object);
  const memory = memoryOf(known?.remote);
  if (known === undefined || known.digest === '' || memory.labels === undefined) return true;
  if (tellsItself(canvas, changed)) return false;
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
