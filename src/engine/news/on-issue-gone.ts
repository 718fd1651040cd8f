/** An issue was deleted or transferred away: the epic's own ends the epic, one of ours is made again. */
import type { EpicCommand } from '../../core/epic/commands.ts';
import { objectNumbered } from '../../core/epic/object-numbered.ts';
import type { News } from '../../github/incoming/news.ts';
import { type KnownSubject, subjectOf } from '../../ledger/subjects.ts';
import { factsWithin } from '../ask.ts';
import { isFought } from '../is-fought.ts';
import { noteFound } from '../reconcile/note-found.ts';
import { type Fate, momentOf, type Reading } from './reading.ts';

type Gone = Extract<News, { kind: 'issue-gone' }>;

/** Made again, and that is written down; who deletes it again and again does not get it again at once (threats F40). */
const makeAgain = async (
  reading: Reading,
  { epicId, number }: KnownSubject,
  command: EpicCommand & { readonly type: 'RecordIssueLost' },
  { by, how }: Gone,
): Promise<Fate> => {
  const { desk, site } = reading;
  const { object } = command;
  if (await isFought(reading, { epicId, number, object, by })) return 'ignored';
  const decision = await desk.handle(epicId, command);
  if (decision === 'handled' || decision.events.length === 0) return 'ignored';
  const found = [{ object, what: 'made again', why: `its issue was ${how}` }];
  noteFound(desk, { repositoryId: site.known.id, epicId }, found);
  return 'done';
};

export const onIssueGone = async (reading: Reading, news: Gone): Promise<Fate> => {
  const { desk, site, delivery } = reading;
  const subject = await subjectOf(desk.hold, site.known.id, news.issue.number);
  if (subject === undefined || subject.kind === 'pull') return 'ignored';
  const epic = await desk.epic(subject.epicId);
  if (epic.status === 'unopened') return 'ignored';
  const facts = factsWithin(epic, news.by, momentOf(delivery), `delivery/${delivery.guid}`);
  if (subject.kind === 'epic') {
    const reason = `the epic's issue was ${news.how}`;
    await desk.handle(subject.epicId, { ...facts, type: 'Cancel', gone: true, reason });
    return 'done';
  }
  const object = objectNumbered(epic, news.issue.number);
  // An issue of an earlier batch, or one already replaced, is no loss.
  if (object === undefined) return 'ignored';
  return makeAgain(reading, subject, { ...facts, type: 'RecordIssueLost', object }, news);
};
