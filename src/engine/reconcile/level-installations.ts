/** Where the App is installed, and what it has there: GitHub keeps a delivery for three days, an absence may be longer (threats F19, F34). */
import { installationsNow } from '../../github/facts/app-permissions.ts';
import { installationNow } from '../../github/facts/installation-now.ts';
import { GitHubFailure, isGone } from '../../github/failure.ts';
import type { KnownInstallation } from '../../ledger/installations.ts';
import { livingInstallations } from '../../ledger/read-models/standing-still.ts';
import { appUnknownMend, isAppUnknown } from '../app-unknown.ts';
import type { Engine } from '../engine.ts';
import { keepInstallation } from '../keep-installation.ts';
import { learnInstalled } from '../learn-installed.ts';
import { whyFailed } from '../why-failed.ts';

/** GitHub's list; empty where a server keeps none. */
const listed = async ({ github, log }: Engine): Promise<readonly KnownInstallation[]> => {
  try {
    return (await installationsNow(github.app)).map(({ id, account, suspended }) => ({
      ...{ id, account },
      state: suspended ? 'suspended' : 'active',
    }));
  } catch (failure) {
    if (!isGone(failure)) throw failure;
    log.warn(
      { ...whyFailed(failure), mend: appUnknownMend },
      'this server has no list of installations, as every GitHub has',
    );
    return [];
  }
};

/** Every installation as it is now; whoever is not on the list is asked about by number: pages move while they are read. */
const levelStates = async (engine: Engine): Promise<readonly KnownInstallation[]> => {
  const now = [...(await listed(engine))];
  const seen = new Set(now.map(({ id }) => id));
  for (const { id, account } of await livingInstallations(engine.db))
    if (!seen.has(id)) now.push({ id, account, state: await installationNow(engine.github, id) });
  for (const one of now) await keepInstallation(engine, engine.db, one);
  return now;
};

/**
 * Asks GitHub where it may act, and writes down repositories nobody told us of. False where GitHub could not be asked
 * all of it: what is known stays, and it is worth asking again soon.
 */
export const levelInstallations = async (engine: Engine): Promise<boolean> => {
  try {
    const active = (await levelStates(engine)).filter(({ state }) => state === 'active');
    for (const { id } of active) {
      const { fresh, back } = await learnInstalled(engine, engine.db, id);
      const repositories = fresh.length + back.length;
      if (repositories > 0)
        engine.log.info({ installation: id, repositories }, 'the App has repositories nobody told us of');
    }
    return true;
  } catch (failure) {
    if (!(failure instanceof GitHubFailure)) throw failure;
    const why = whyFailed(failure);
    if (isAppUnknown(failure))
      engine.log.error(
        { ...why, appId: engine.github.appId, mend: appUnknownMend },
        'GitHub does not know this App by its key: nothing is done until it does, and what arrives is kept',
      );
    else engine.log.warn(why, 'installations could not be asked about');
    return false;
  }
};
