/** What GitHub told another replica to wait for holds here too, and after a restart (threats F22, F23). */
import { sharedPauses } from '../ledger/spends.ts';
import type { Engine } from './engine.ts';

/** Answers how many installations have to wait. */
export const obeyPauses = async ({ db, github }: Engine): Promise<number> => {
  const pauses = await sharedPauses(db);
  for (const { installation, until, why } of pauses) github.hold(installation, until, why);
  return pauses.length;
};
