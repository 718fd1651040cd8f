/** The App was installed, suspended or removed: without it, no call is made (threats F34). */
import { installationNow } from '../../github/facts/installation-now.ts';
import type { News } from '../../github/incoming/news.ts';
import { openEpicsOf } from '../../ledger/read-models/live-epics.ts';
import { findRepositories } from '../../ledger/repositories.ts';
import type { Bench } from '../interpret.ts';
import { keepInstallation } from '../keep-installation.ts';
import { wishRefresh } from '../wish-refresh.ts';
import type { Fate } from './reading.ts';

type Changed = Extract<News, { kind: 'installation-changed' }>;

/** Remembers the installation's state as GitHub says it is; when it is back, its open epics look at GitHub again. */
export const onInstallation = async (
  { engine, desk }: Bench,
  id: number | undefined,
  news: Changed,
): Promise<Fate> => {
  if (id === undefined) return 'ignored';
  const state = await installationNow(engine.github.app, id);
  desk.also(async (tx) => {
    await keepInstallation(engine, tx, { id, account: news.account, state });
  });
  if (state !== 'active') return 'done';
  for (const repository of await findRepositories(desk.hold, { installationId: id })) {
    wishRefresh(desk, await openEpicsOf(desk.hold, { repositoryId: repository.id }));
  }
  return 'done';
};
