/** The App was given more repositories, or some were taken from it: looked over for what happened before, or left alone (threats F34). */
import { repositoryNow } from '../../github/facts/repository-now.ts';
import type { RepositorySeen } from '../../github/incoming/envelope.ts';
import type { News } from '../../github/incoming/news.ts';
import { findRepositories, saveRepository } from '../../ledger/repositories.ts';
import type { Bench } from '../interpret.ts';
import { letRest } from '../let-rest.ts';
import { resume } from '../resume.ts';
import type { Fate } from './reading.ts';

type Chosen = Extract<News, { kind: 'repositories-added' | 'repositories-removed' }>;

/** Learned as GitHub has it now, for a delivery may be old; labels, pull requests and open epics there are looked at. */
export const takeIn = async (
  { engine, desk }: Bench,
  repository: RepositorySeen,
  installationId: number,
): Promise<void> => {
  const now = await repositoryNow(engine.github, { repository, installationId });
  if (now === null) return;
  const { isPrivate, ...seen } = now;
  await saveRepository(desk.hold, { ...seen, installationId, private: isPrivate });
  await resume(desk, now.id);
};

export const onRepositoriesChosen = async (
  bench: Bench,
  installationId: number | undefined,
  news: Chosen,
): Promise<Fate> => {
  if (installationId === undefined) return 'ignored';
  for (const repository of news.repositories) {
    if (news.kind === 'repositories-added') {
      await takeIn(bench, repository, installationId);
      continue;
    }
    const [known] = await findRepositories(bench.desk.hold, { id: repository.id });
    if (known?.installationId === installationId) await letRest(bench, known);
  }
  return 'done';
};
