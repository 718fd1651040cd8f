/** The App was given more repositories: they are looked over for what happened before (issue: reconcile). */
import { repositoryNow } from '../../github/facts/repository-now.ts';
import type { News } from '../../github/incoming/news.ts';
import { saveRepository } from '../../ledger/repositories.ts';
import type { Bench } from '../interpret.ts';
import { surveyWish } from '../wish-refresh.ts';
import type { Fate } from './reading.ts';

type Added = Extract<News, { kind: 'repositories-added' }>;

/** Learns each as GitHub has it now, for a delivery may be old; labels and pull requests there are read by a survey. */
export const onRepositoriesAdded = async (
  { engine, desk }: Bench,
  installationId: number | undefined,
  news: Added,
): Promise<Fate> => {
  if (installationId === undefined) return 'ignored';
  for (const repository of news.repositories) {
    const now = await repositoryNow(engine.github, { repository, installationId });
    if (now === null) continue;
    const { isPrivate, ...seen } = now;
    await saveRepository(desk.hold, { ...seen, installationId, private: isPrivate });
    desk.promise(surveyWish(now.id, 'full'));
  }
  return 'done';
};
