/** An issue was deleted or transferred away: the epic's own ends the epic, one of ours is made again. */
import type { EpicCommand } from '../../core/epic/commands.ts';
import { issueOf, stageObject } from '../../core/epic/object.ts';
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
  const object = subject.kind === 'checklist' ? subject.kind : stageObject(subject.stage ?? '');
  // An issue of an earlier round, or one already replaced, is no loss.
  if (subject.kind !== 'epic' && issueOf(epic, object)?.number !== news.issue.number) return 'ignored';
  const command: EpicCommand =
    subject.kind === 'epic'
      ? { ...facts, type: 'Cancel', gone: true, reason: `the epic's issue was ${news.how}` }
      : { ...facts, type: 'RecordIssueLost', object };
  await desk.handle(subject.epicId, command);
  return 'done';
};
