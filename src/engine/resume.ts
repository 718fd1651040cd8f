/** The App may act in a repository again: what waited is tried now, and everything is compared with GitHub (threats F25, F34). */
import { tryAgainNow } from '../ledger/out-of-reach.ts';
import { openEpicsOf } from '../ledger/read-models/live-epics.ts';
import type { Desk } from './desk.ts';
import { refreshWish, surveyWish } from './wish-refresh.ts';

/** Wishes it on a desk; nothing is asked of GitHub yet. */
export const resume = async (desk: Desk, repositoryId: number): Promise<void> => {
  const epics = await openEpicsOf(desk.hold, { repositoryId });
  desk.also((tx) => tryAgainNow(tx, repositoryId));
  desk.promise(surveyWish(repositoryId, 'full'), ...epics.map(({ id }) => refreshWish(id, 'reconcile')));
};
