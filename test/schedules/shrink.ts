/** From a schedule that fails to the least of it that still does. */
import { type Schedule, smaller, troublesIn } from './plan.ts';

/** Leaves troubles out one after another as long as it still fails; `fails` plays it again. */
export const shrink = async (
  schedule: Schedule,
  fails: (schedule: Schedule) => Promise<boolean>,
  patience = 60,
): Promise<Schedule> => {
  let least = schedule;
  let tried = 0;
  for (let better: Schedule | undefined = schedule; better !== undefined; ) {
    better = undefined;
    for (const candidate of smaller(least)) {
      tried += 1;
      if (tried > patience || troublesIn(least) <= 1) return least;
      if (!(await fails(candidate))) continue;
      better = candidate;
      least = candidate;
      break;
    }
  }
  return least;
};
