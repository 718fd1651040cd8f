/** An issue was deleted or transferred away: the epic's own ends the epic, one of ours is made again. */
import type { EpicCommand } from '../../core/epic/commands.ts';
import { objectNumbered } from '../../core/epic/object-numbered.ts';
import type { News } from '../../github/incoming/news.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { factsWithin } from '../ask.ts';
import { type Fate, momentOf, type Reading } from './reading.ts';

type Gone = Extract<News, { kind: 'issue-gone' }>;

export const onIssueGone = async (reading: Reading, news: Gone): Promise<Fate> => {
  const { desk, site, delivery } = reading;
  const subject = await subjectOf(desk.hold, site.known.id, news.issue.number);
  if (subject === undefined || subject.kind === 'pull') return 'ignored';
  const epic = await desk.epic(subject.epicId);
  if (epic.status === 'unopened') return 'ignored';
  const facts = factsWithin(epic, news.by, momentOf(delivery), `delivery/${delivery.guid}`);
  const object = objectNumbered(epic, news.issue.number);
  // An issue of an earlier batch, or one already replaced, is no loss.
  const command: EpicCommand | undefined =
    subject.kind === 'epic'
      ? { ...facts, type: 'Cancel', gone: true, reason: `the epic's issue was ${news.how}` }
      : object && { ...facts, type: 'RecordIssueLost', object };
  if (command === undefined) return 'ignored';
  await desk.handle(subject.epicId, command);
  return 'done';
};
