/** The App was installed, suspended or removed: without it, no call is made (threats F34). */
import { installationNow } from '../../github/facts/installation-now.ts';
import type { News } from '../../github/incoming/news.ts';
import { repositoriesOutOfReach } from '../../ledger/out-of-reach.ts';
import { rearmInstallation } from '../../ledger/rearm.ts';
import { findRepositories } from '../../ledger/repositories.ts';
import type { Bench } from '../interpret.ts';
import { keepInstallation } from '../keep-installation.ts';
import { learnInstalled } from '../learn-installed.ts';
import { resume } from '../resume.ts';
import { surveyWish } from '../wish-refresh.ts';
import { takeIn } from './on-repositories-chosen.ts';
import type { Fate } from './reading.ts';

type Changed = Extract<News, { kind: 'installation-changed' }>;

/** Remembers the installation's state as GitHub says it is; when it is back, its repositories are looked over and its open epics compared. */
export const onInstallation = async (bench: Bench, id: number | undefined, news: Changed): Promise<Fate> => {
  if (id === undefined) return 'ignored';
  const { engine, desk } = bench;
  const state = await installationNow(engine.github, id, news.state);
  desk.also(async (tx) => {
    await keepInstallation(engine, tx, { id, account: news.account, state });
  });
  if (state !== 'active') return 'done';
  // Permissions come with it: what was refused for want of one, until it was given up, is done now.
  desk.also((tx) => rearmInstallation(tx, id));
  for (const { id: known } of await findRepositories(desk.hold, { installationId: id }))
    await resume(desk, known);
  // Installed anew it has another id: what was left with the old one is asked for under this one.
  for (const { private: isPrivate, ...known } of await repositoriesOutOfReach(desk.hold, {
    owner: news.account,
  }))
    if (known.installationId !== id) await takeIn(bench, { ...known, isPrivate }, id);
  // What people did there before the App came is looked for: an open pull request waits for its check.
  const { fresh, back } = await learnInstalled(engine, desk.hold, id);
  desk.promise(...fresh.map((one) => surveyWish(one, 'full')));
  for (const one of back) await resume(desk, one);
  return 'done';
};
