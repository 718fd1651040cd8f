/** Repositories the App was given without our hearing of it: learned from GitHub's own list (threats F18, F19, F34). */
import { installedRepositories } from '../github/facts/installed-repositories.ts';
import { GitHubFailure } from '../github/failure.ts';
import type { Connection } from '../ledger/database.ts';
import { tryAgainNow } from '../ledger/out-of-reach.ts';
import { findRepositories, saveRepository } from '../ledger/repositories.ts';
import type { Engine } from './engine.ts';

/** Ids of what was learned, for whoever looks it over. */
export interface Learned {
  /** Never heard of before. */
  readonly fresh: readonly number[];
  /** Lost, or another installation's, until now: what waits there is tried again. */
  readonly back: readonly number[];
}

const nothing: Learned = { fresh: [], back: [] };

/**
 * Writes down what the installation has on GitHub and not with us. Nothing where it may not ask, or the server keeps no
 * such list. Throws GitHubFailure where GitHub is away or asks to wait.
 */
export const learnInstalled = async (
  { github }: Engine,
  on: Connection,
  installationId: number,
): Promise<Learned> => {
  try {
    const all = await installedRepositories(github.installation(installationId));
    const ours = new Set((await findRepositories(on, { installationId })).map(({ id }) => id));
    const missing = all.filter(({ ref, archived }) => !archived && !ours.has(ref.id));
    const ids = missing.map(({ ref }) => ref.id);
    const known = new Set((await findRepositories(on, { ids })).map(({ id }) => id));
    for (const { ref, branch, isPrivate } of missing)
      await saveRepository(on, { ...ref, defaultBranch: branch, installationId, private: isPrivate });
    const back = ids.filter((id) => known.has(id));
    for (const id of back) await tryAgainNow(on, id);
    return { fresh: ids.filter((id) => !known.has(id)), back };
  } catch (failure) {
    if (failure instanceof GitHubFailure && failure.kind === 'refused') return nothing;
    throw failure;
  }
};
