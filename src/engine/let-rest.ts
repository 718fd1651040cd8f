/** GitHub does not show us a repository any more: whether the App still has it, and rest for its work where it has not (threats F26, F33, F34). */
import { installationNow } from '../github/facts/installation-now.ts';
import { installedRepositories } from '../github/facts/installed-repositories.ts';
import { GitHubFailure, isGone } from '../github/failure.ts';
import { leaveRepository } from '../ledger/out-of-reach.ts';
import { noteRepairs } from '../ledger/repairs.ts';
import { type KnownRepository, saveRepository } from '../ledger/repositories.ts';
import type { Desk } from './desk.ts';
import type { Engine } from './engine.ts';
import { keepInstallation } from './keep-installation.ts';

interface Place {
  readonly engine: Engine;
  readonly desk: Desk;
}

/** Nobody told us, or not yet, that the App was suspended or removed altogether. */
const askInstallation = async ({ engine, desk }: Place, known: KnownRepository): Promise<void> => {
  const { installationId: id, owner: account } = known;
  const state = await installationNow(engine.github, id);
  if (state === 'active') return;
  desk.also(async (tx) => {
    await keepInstallation(engine, tx, { id, account, state });
  });
};

const rest = ({ engine, desk }: Place, { id, owner, name }: KnownRepository): void => {
  const fields = { repository: id, name: `${owner}/${name}` };
  engine.log.warn(fields, 'the App does not have this repository any more; its epics rest until it is back');
  desk.also(async (tx) => {
    if (!(await leaveRepository(tx, id))) return;
    const why = 'deleted, moved away, or taken from the App';
    await noteRepairs(tx, [
      { repositoryId: id, epicId: null, object: 'repository', what: 'work on it rests', why },
    ]);
  });
};

/**
 * Asks GitHub for the installation's own list, which no webhook and no name can belie. A server without such a list is
 * believed to have what it had. Throws GitHubFailure where GitHub is away.
 */
export const letRest = async (place: Place, known: KnownRepository): Promise<void> => {
  const { engine, desk } = place;
  try {
    const all = await installedRepositories(engine.github.installation(known.installationId));
    const here = all.find(({ ref }) => ref.id === known.id);
    if (here === undefined) return rest(place, known);
    const { owner, name } = here.ref;
    if (owner === known.owner && name === known.name) return;
    desk.also(async (tx) => {
      await saveRepository(tx, { ...known, owner, name, defaultBranch: here.branch });
    });
  } catch (failure) {
    if (!(failure instanceof GitHubFailure) || failure.kind !== 'refused') throw failure;
    if (!isGone(failure)) await askInstallation(place, known);
  }
};

/** True where an answer leaves open whether the repository is there for us at all. */
export const mayBeOutOfReach = (failure: GitHubFailure): boolean =>
  isGone(failure) || failure.url.endsWith('/access_tokens');
