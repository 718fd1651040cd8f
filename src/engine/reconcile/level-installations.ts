/** Where the App is installed, and what it has there: GitHub keeps a delivery for three days, an absence may be longer (threats F19, F34). */
import { installationsNow } from '../../github/facts/app-permissions.ts';
import { installationNow } from '../../github/facts/installation-now.ts';
import { GitHubFailure, isGone } from '../../github/failure.ts';
import { activeInstallations, type KnownInstallation } from '../../ledger/installations.ts';
import { livingInstallations } from '../../ledger/read-models/standing-still.ts';
import type { Engine } from '../engine.ts';
import { keepInstallation } from '../keep-installation.ts';
import { learnInstalled } from '../learn-installed.ts';
import { whyFailed } from '../why-failed.ts';

/** GitHub's list; empty where a server keeps none. */
const listed = async ({ github }: Engine): Promise<readonly KnownInstallation[]> => {
  try {
    return (await installationsNow(github.app)).map(({ id, account, suspended }) => ({
      ...{ id, account },
      state: suspended ? 'suspended' : 'active',
    }));
  } catch (failure) {
    if (isGone(failure)) return [];
    throw failure;
  }
};

const levelStates = async (engine: Engine): Promise<void> => {
  const there = await listed(engine);
  for (const one of there) await keepInstallation(engine, engine.db, one);
  // Whoever is not on the list is asked about by number: pages move while they are read.
  const seen = new Set(there.map(({ id }) => id));
  for (const { id, account } of await livingInstallations(engine.db))
    if (!seen.has(id))
      await keepInstallation(engine, engine.db, {
        ...{ id, account },
        state: await installationNow(engine.github, id),
      });
};

/**
 * Asks GitHub where it may act, and writes down repositories nobody told us of. False where GitHub could not be asked
 * all of it: what is known stays, and it is worth asking again soon.
 */
export const levelInstallations = async (engine: Engine): Promise<boolean> => {
  try {
    await levelStates(engine);
    for (const { id } of await activeInstallations(engine.db)) {
      const fresh = await learnInstalled(engine, engine.db, id);
      if (fresh.length > 0)
        engine.log.info(
          { installation: id, repositories: fresh.length },
          'the App has repositories nobody told us of',
        );
    }
    return true;
  } catch (failure) {
    if (!(failure instanceof GitHubFailure)) throw failure;
    engine.log.warn(whyFailed(failure), 'installations could not be asked about');
    return false;
  }
};
