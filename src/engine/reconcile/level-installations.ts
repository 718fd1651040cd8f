/** Whether the App may still act where the ledger thinks so: GitHub keeps a delivery for three days, an absence may be longer (threats F34). */

import { installationNow } from '../../github/facts/installation-now.ts';
import { GitHubFailure } from '../../github/failure.ts';
import { livingInstallations } from '../../ledger/read-models/standing-still.ts';
import type { Engine } from '../engine.ts';
import { keepInstallation } from '../keep-installation.ts';
import { whyFailed } from '../why-failed.ts';

/** Asks GitHub, one request each; answers how many had changed. Where GitHub is away, what is known stays. */
export const levelInstallations = async (engine: Engine): Promise<number> => {
  let changed = 0;
  for (const { id, account } of await livingInstallations(engine.db)) {
    try {
      const state = await installationNow(engine.github, id);
      if (await keepInstallation(engine, engine.db, { id, account, state })) changed += 1;
    } catch (failure) {
      if (!(failure instanceof GitHubFailure)) throw failure;
      engine.log.warn(
        { installation: id, ...whyFailed(failure) },
        'an installation could not be asked about',
      );
      return changed;
    }
  }
  return changed;
};
