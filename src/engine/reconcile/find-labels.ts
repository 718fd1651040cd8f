/** A workflow's label on an open issue that has no epic: GitHub never told us that it was put on (threats F18). */
import { labelPut } from '../../github/facts/label-put.ts';
import type { Touched } from '../../github/facts/repository-activity.ts';
import { workflowLabel } from '../../github/workflow-label.ts';
import { getEpic } from '../../ledger/read-models/epics.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { asIfDelivered } from './as-if-delivered.ts';
import type { Survey } from './survey.ts';

/** Where an epic may begin: no epic there, or one that is over. Of the latter only what was touched is asked about. */
const mayBegin = async ({ desk, site }: Survey, { issue }: Touched, touched: boolean): Promise<boolean> => {
  const subject = await subjectOf(desk.hold, site.known.id, issue.number);
  if (subject === undefined) return true;
  if (subject.kind !== 'epic' || !touched) return false;
  const epic = await getEpic(desk.hold, subject.epicId);
  return epic?.status === 'done' || epic?.status === 'cancelled';
};

/**
 * Takes in each label as if it had been delivered by whoever put it on: they must be allowed to start an epic. Answers
 * the numbers of those issues.
 */
export const findLabels = async (
  survey: Survey,
  issues: readonly Touched[],
  touched: boolean,
): Promise<readonly number[]> => {
  const { site, until } = survey;
  const found: number[] = [];
  for (const one of issues) {
    const { issue, raw } = one;
    const label = issue.labels.find((name) => workflowLabel(name) !== undefined);
    if (label === undefined || !issue.open || issue.isPull || found.includes(issue.number)) continue;
    if (!(await mayBegin(survey, one, touched))) continue;
    const put = await labelPut(site.client, site.ref, { number: issue.number, label });
    if (put === undefined || put.at > until || typeof raw !== 'object') continue;
    await asIfDelivered(survey, {
      name: `label/${issue.id}/${put.eventId}`,
      event: 'issues',
      action: 'labeled',
      number: issue.number,
      // As it was when the label was put on: what ended since must not begin again by it (threats T03).
      body: { issue: { ...raw, updated_at: put.at }, label: { name: label } },
      sender: put.by,
    });
    found.push(issue.number);
  }
  return found;
};
