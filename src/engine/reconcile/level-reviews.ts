/** Reviews whose webhook was lost are found by looking: what the ledger knows is compared with what reviewers think now (threats F18). */
import type { Pull } from '../../core/epic/state.ts';
import { reviewsIfChanged } from '../../github/facts/reviews-if-changed.ts';
import { reviewsNow } from '../../github/facts/reviews-now.ts';
import { readEtag, saveEtag } from '../../ledger/etags.ts';
import type { Asker } from '../ask.ts';
import { noteReview } from '../note-review.ts';
import type { Level } from './level.ts';
import { type Found, type Sight, sightOf } from './sight.ts';

const verdictOf = async (
  { desk, epicId }: Level,
  number: number,
  id: number,
): Promise<string | undefined> => {
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return undefined;
  return epic.pulls.find((pull) => pull.number === number)?.reviews.find((review) => review.id === id)
    ?.verdict;
};

/** Notes every review of a pull request that the ledger does not have as it is. */
const reread = async (one: Level, pull: Pull, asker: Asker): Promise<readonly Found[]> => {
  const { desk, site, engine, epicId } = one;
  const { number } = pull;
  const at = engine.now().toISOString();
  const missed: Found[] = [];
  for (const review of await reviewsNow(site.client, site.ref, number)) {
    const before = pull.reviews.find((known) => known.id === review.id)?.verdict;
    if (before === review.verdict) continue;
    await noteReview({ desk, asker, epicId, number, at, source: 'reconcile' }, review);
    if ((await verdictOf(one, number, review.id)) === before) continue;
    const what = `review of ${review.by.login} counted: ${review.verdict}`;
    missed.push({ object: `pull:${number}`, what, why: 'GitHub had not delivered it' });
  }
  return missed;
};

/** One conditional request; `rules` is asked only where something changed. */
export const levelReviews = async (one: Level, pull: Pull, rules: () => Promise<Asker>): Promise<Sight> => {
  const { desk, site, full } = one;
  const at = { lane: desk.hold.lane, url: `reviews/${pull.number}`, against: pull.head };
  const etag = full ? null : await readEtag(desk.hold, at);
  const now = await reviewsIfChanged(site.client, site.ref, pull.number, etag);
  if (!now.changed) return sightOf();
  const asker = await rules();
  // Without rules nobody can be said to hold a role: it is looked at again once they can be read.
  if (asker.rules.broken !== null) return sightOf();
  const found = await reread(one, pull, asker);
  const fresh = now.etag;
  if (fresh !== null) desk.also((tx) => saveEtag(tx, { ...at, etag: fresh }));
  return sightOf({ found });
};
