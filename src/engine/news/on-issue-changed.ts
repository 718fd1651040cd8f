/** An issue was edited, closed, reopened or reassigned: the epic's title is followed, our own issues are repaired. */
import type { News } from '../../github/incoming/news.ts';
import { readIssue } from '../../github/outgoing/read-issue.ts';
import { factsWithin } from '../ask.ts';
import { repairIssue } from '../repair-issue.ts';
import { type Fate, momentOf, type Reading } from './reading.ts';

type Changed = Extract<News, { kind: 'issue-changed' }>;

/** What people do to the epic's issue is theirs; only its title is taken over. */
export const onIssueChanged = async (reading: Reading, news: Changed): Promise<Fate> => {
  const epicId = String(news.issue.id);
  const epic = await reading.desk.epic(epicId);
  if (epic.status === 'unopened') {
    const turned = news.how === 'closed' || news.how === 'reopened' ? news.how : undefined;
    return repairIssue(reading, news.issue, news.by, turned);
  }
  if (news.how !== 'edited' || news.issue.title === epic.title) return 'ignored';
  // The delivery may be old or late: what the title is, GitHub says now (threats T03, F20).
  const now = await readIssue(reading.site.client, reading.site.ref, news.issue.number);
  if (now.kind !== 'issue') return 'ignored';
  const facts = factsWithin(epic, news.by, momentOf(reading.delivery), `delivery/${reading.delivery.guid}`);
  await reading.desk.handle(epicId, { ...facts, type: 'Retitle', title: now.title });
  return 'done';
};
