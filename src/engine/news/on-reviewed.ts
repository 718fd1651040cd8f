/** A review on a linked pull request: counted as contract §4 says; reviews of anything else are nobody's business here. */
import type { EpicId } from '../../core/epic/subject.ts';
import type { News } from '../../github/incoming/news.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { noteReview } from '../note-review.ts';
import type { Fate, Reading } from './reading.ts';

type Reviewed = Extract<News, { kind: 'reviewed' }>;

export const onReviewed = async (reading: Reading, news: Reviewed): Promise<Fate> => {
  const subject = await subjectOf(reading.desk.hold, reading.site.known.id, news.pull.number);
  if (subject?.kind !== 'pull') return 'ignored';
  await noteReview(reading, subject.epicId as EpicId, news.pull.number, news.review);
  return 'done';
};
