/** Once a day: old deliveries go, so that the inbox does not grow for ever. */
import { claimRound } from '../ledger/rounds.ts';
import { tidyDeliveries } from '../ledger/tidy.ts';
import type { Engine } from './engine.ts';

const day = 24 * 3_600_000;
const keptDays = 30;

/** Answers how many deliveries went; 0 where another replica has tidied today. */
export const tidy = async ({ db, log }: Engine): Promise<number> => {
  if (!(await claimRound(db, 'tidy', day))) return 0;
  let gone = 0;
  for (let some = 1; some > 0; gone += some) some = await tidyDeliveries(db, keptDays);
  if (gone > 0) log.info({ gone }, 'old deliveries are gone');
  return gone;
};
