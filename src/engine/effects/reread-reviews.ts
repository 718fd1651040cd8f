/** Reviews whose webhook was lost are found by looking: what the ledger knows is compared with what reviewers think now (threats F18). */
import { reviewsNow } from '../../github/facts/reviews-now.ts';
import type { Asker } from '../ask.ts';
import { noteReview } from '../note-review.ts';
import type { Planning } from './job.ts';

/** Notes every review of the epic's open pull requests that the ledger does not have as it is. */
export const rereadReviews = async (planning: Planning, epicId: string, asker: Asker): Promise<void> => {
  const { desk, site, engine } = planning;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return;
  const at = engine.now().toISOString();
  for (const pull of epic.pulls.filter((one) => one.state === 'open')) {
    const { number } = pull;
    for (const review of await reviewsNow(site.client, site.ref, number)) {
      const known = pull.reviews.find((one) => one.id === review.id);
      if (known?.verdict === review.verdict) continue;
      await noteReview({ desk, asker, epicId, number, at, source: 'reconcile' }, review);
    }
  }
};
