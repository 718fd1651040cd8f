/** Repositories the App was given without our hearing of it: learned from GitHub's own list (threats F18, F19, F34). */
import { installedRepositories } from '../github/facts/installed-repositories.ts';
import { GitHubFailure } from '../github/failure.ts';
import type { Connection } from '../ledger/database.ts';
import { tryAgainNow } from '../ledger/out-of-reach.ts';
import { findRepositories, saveRepository } from '../ledger/repositories.ts';
import type { Engine } from './engine.ts';

/**
 * Writes down what the installation has on GitHub and not with us; answers their ids, for whoever looks them over. None
 * where it may not ask, or the server keeps no such list. Throws GitHubFailure where GitHub is away or asks to wait.
 */
export const learnInstalled = async (
  { github }: Engine,
  on: Connection,
  installationId: number,
): Promise<readonly number[]> => {
  try {
    const all = await installedRepositories(github.installation(installationId));
    const known = new Set((await findRepositories(on, { installationId })).map(({ id }) => id));
    const fresh = all.filter(({ ref, archived }) => !archived && !known.has(ref.id));
    for (const { ref, branch, isPrivate } of fresh) {
      await saveRepository(on, { ...ref, defaultBranch: branch, installationId, private: isPrivate });
      await tryAgainNow(on, ref.id);
    }
    return fresh.map(({ ref }) => ref.id);
  } catch (failure) {
    if (failure instanceof GitHubFailure && failure.kind === 'refused') return [];
    throw failure;
  }
};
