/** A comment was edited or deleted: if it had approved, the approval is taken back; if nobody has heard it yet, it is not obeyed (contract §4). */
import { readComment } from '../../core/slash/read-comment.ts';
import type { News } from '../../github/incoming/news.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { factsWithin } from '../ask.ts';
import { withdraw } from '../withdrawn.ts';
import { type Fate, momentOf, type Reading } from './reading.ts';

type Changed = Extract<News, { kind: 'comment-changed' }>;

export const onCommentChanged = async (reading: Reading, news: Changed): Promise<Fate> => {
  const { desk, site, delivery } = reading;
  const subject = await subjectOf(desk.hold, site.known.id, news.issue.number);
  if (subject === undefined) return 'ignored';
  const epic = await desk.epic(subject.epicId);
  if (epic.status === 'unopened') return 'ignored';
  const { commentId, how } = news;
  if (readComment(news.said).length > 0) await withdraw(desk, subject.epicId, { commentId, how });
  const facts = factsWithin(epic, news.by, momentOf(delivery), `delivery/${delivery.guid}`);
  const decision = await desk.handle(subject.epicId, { ...facts, type: 'RevokeApproval', commentId, how });
  return decision !== 'handled' && decision.events.length > 0 ? 'done' : 'ignored';
};
