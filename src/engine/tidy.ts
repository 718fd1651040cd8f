/** Once a day: what is old and of no use any more goes, so that no table grows for ever. */
import { claimRound } from '../ledger/rounds.ts';
import { tidyChecks, tidyDeliveries, tidyGroups, tidyRepairs } from '../ledger/tidy.ts';
import type { Engine } from './engine.ts';

const day = 24 * 3_600_000;
const keptDays = 30;
/** Longer than anybody asks why something was put right, and than a head without a pull request comes back. */
const rememberedDays = 90;

/** Answers how many deliveries went; 0 where another replica has tidied today. */
export const tidy = async ({ db, log }: Engine): Promise<number> => {
  if (!(await claimRound(db, 'tidy', day))) return 0;
  let gone = 0;
  for (let some = 1; some > 0; gone += some) some = await tidyDeliveries(db, keptDays);
  const checks = await tidyChecks(db, rememberedDays);
  const groups = await tidyGroups(db);
  const repairs = await tidyRepairs(db, rememberedDays);
  if (gone + checks + groups + repairs > 0)
    log.info({ gone, checks, groups, repairs }, 'what is old is gone');
  return gone;
};
