/** A comment was edited or deleted: if it had approved, the approval is taken back; nothing else (contract §4). */
import type { News } from '../../github/incoming/news.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { factsWithin } from '../ask.ts';
import { type Fate, momentOf, type Reading } from './reading.ts';

type Changed = Extract<News, { kind: 'comment-changed' }>;

export const onCommentChanged = async (reading: Reading, news: Changed): Promise<Fate> => {
  const { desk, site, delivery } = reading;
  const subject = await subjectOf(desk.hold, site.known.id, news.issue.number);
  if (subject === undefined) return 'ignored';
  const epic = await desk.epic(subject.epicId);
  if (epic.status === 'unopened') return 'ignored';
  const facts = factsWithin(epic, news.by, momentOf(delivery), `delivery/${delivery.guid}`);
  const { commentId, how } = news;
  const decision = await desk.handle(subject.epicId, { ...facts, type: 'RevokeApproval', commentId, how });
  return decision !== 'handled' && decision.events.length > 0 ? 'done' : 'ignored';
};
