/** A review on a linked pull request: counted as contract §4 says; reviews of anything else are nobody's business here. */
import { reviewsNow } from '../../github/facts/reviews-now.ts';
import type { News } from '../../github/incoming/news.ts';
import { subjectOf } from '../../ledger/subjects.ts';
import { noteReview } from '../note-review.ts';
import { askerFor, type Fate, momentOf, type Reading } from './reading.ts';

type Reviewed = Extract<News, { kind: 'reviewed' }>;

/** A dismissal is believed; what the reviewer thinks now is asked of GitHub: the webhook may be old or late (threats F17, T31). */
export const onReviewed = async (reading: Reading, news: Reviewed): Promise<Fate> => {
  const { desk, site, delivery } = reading;
  const { number } = news.pull;
  const subject = await subjectOf(desk.hold, site.known.id, number);
  if (subject?.kind !== 'pull') return 'ignored';
  const { review } = news;
  const latest =
    review.verdict === 'dismissed'
      ? review
      : (await reviewsNow(site.client, site.ref, number)).find((one) => one.by.id === review.by.id);
  if (latest === undefined) return 'ignored';
  const asker = askerFor(reading, await reading.rules());
  const { epicId } = subject;
  const finding = { desk, asker, epicId, number, at: momentOf(delivery), source: delivery.guid };
  await noteReview(finding, latest);
  return 'done';
};
