/** An installation's state is kept, and a change of it said in the log: whoever wonders why nothing moves finds it there. */
import type { Connection } from '../ledger/database.ts';
import { type KnownInstallation, saveInstallation } from '../ledger/installations.ts';
import type { Engine } from './engine.ts';

/** Answers whether anything changed. */
export const keepInstallation = async (
  { log }: Pick<Engine, 'log'>,
  on: Connection,
  installation: KnownInstallation,
): Promise<boolean> => {
  if (!(await saveInstallation(on, installation))) return false;
  if (installation.state === 'active') log.info(installation, 'the App may act here');
  else log.warn(installation, 'the App may not act here any more: its epics stand still');
  return true;
};
