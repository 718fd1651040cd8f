/** Epics whose issue was renamed without our hearing of it. */
import type { Touched } from '../../github/facts/repository-activity.ts';
import { getEpic } from '../../ledger/read-models/epics.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { asIfDelivered } from './as-if-delivered.ts';
import type { Survey } from './survey.ts';

/** Takes in each new title as if it had been delivered. */
export const findTitles = async (survey: Survey, touched: readonly Touched[]): Promise<void> => {
  const { desk, site } = survey;
  for (const { issue, raw } of touched) {
    const subject = await subjectOf(desk.hold, site.known.id, issue.number);
    if (subject?.kind !== 'epic') continue;
    const epic = await getEpic(desk.hold, subject.epicId);
    if (epic === undefined || epic.title === issue.title) continue;
    await asIfDelivered(survey, {
      name: `title/${issue.id}/${issue.updatedAt}`,
      event: 'issues',
      action: 'edited',
      number: issue.number,
      body: { issue: raw },
      sender: null,
    });
  }
};
