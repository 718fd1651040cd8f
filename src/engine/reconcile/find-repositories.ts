/** Repositories the App lost and has again without our hearing of it: asked for by name (threats F18, F34). */
import { installationOf, repositoryNow } from '../../github/facts/repository-now.ts';
import { GitHubFailure } from '../../github/failure.ts';
import { repositoriesOutOfReach, tryAgainNow } from '../../ledger/out-of-reach.ts';
import { type KnownRepository, saveRepository } from '../../ledger/repositories.ts';
import type { Engine } from '../engine.ts';

const find = async ({ github, db, log }: Engine, known: KnownRepository): Promise<void> => {
  const repository = { ...known, isPrivate: known.private };
  const installationId = await installationOf(github, repository);
  if (installationId === undefined) return;
  const now = await repositoryNow(github, { repository, installationId });
  if (now === null) return;
  const { isPrivate, ...seen } = now;
  await saveRepository(db, { ...seen, installationId, private: isPrivate });
  await tryAgainNow(db, known.id);
  log.info({ repository: known.id, installation: installationId }, 'the App has this repository again');
};

/** What waits there is tried now, and the pass that follows compares everything. Where GitHub is away, the next pass asks. */
export const findRepositoriesAgain = async (engine: Engine, depth: 'full' | 'level'): Promise<void> => {
  // What was taken away by mistake is given back soon; what was meant is asked for once a day.
  const nobodysForDays = depth === 'full' ? 36_500 : 1;
  for (const known of await repositoriesOutOfReach(engine.db, { nobodysForDays })) {
    try {
      await find(engine, known);
    } catch (failure) {
      if (!(failure instanceof GitHubFailure)) throw failure;
      engine.log.info({ repository: known.id, err: failure }, 'a lost repository could not be asked for');
      if (failure.kind !== 'refused') return;
    }
  }
};
