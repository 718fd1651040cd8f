/** Counters that say how long something must wait to stay within a limit. */

/** `waitFor`: milliseconds until `cost` fits; `spend`: it is being used now; `giveBack`: what was spent `then` was not used after all. */
export interface Budget {
  readonly waitFor: (cost: number, now: number) => number;
  readonly spend: (cost: number, now: number) => void;
  readonly giveBack: (cost: number, then: number) => void;
}

/** At most `limit` in any `span` milliseconds. A cost above the limit counts as the whole limit. */
export const slidingBudget = (limit: number, span: number): Budget => {
  const spent: { readonly at: number; readonly cost: number }[] = [];
  let total = 0;
  const forget = (now: number): void => {
    for (let first = spent[0]; first !== undefined && first.at + span <= now; first = spent[0]) {
      spent.shift();
      total -= first.cost;
    }
  };
  return {
    waitFor: (cost, now) => {
      forget(now);
      let excess = total + Math.min(cost, limit) - limit;
      for (const one of spent) {
        if (excess <= 0) return 0;
        excess -= one.cost;
        if (excess <= 0) return one.at + span - now;
      }
      return 0;
    },
    spend: (cost, now) => {
      if (cost === 0) return;
      spent.push({ at: now, cost: Math.min(cost, limit) });
      total += Math.min(cost, limit);
    },
    giveBack: (cost, then) => {
      const used = Math.min(cost, limit);
      const index = spent.findLastIndex((one) => one.at === then && one.cost === used);
      if (index === -1) return;
      spent.splice(index, 1);
      total -= used;
    },
  };
};

/** `burst` at once, then one per `every` milliseconds. */
export const burstBudget = (burst: number, every: number): Budget => {
  let full = Number.NEGATIVE_INFINITY;
  // `full` is when the bucket will be (or was) full again; each use moves it one step on.
  const wait = (now: number): number => Math.max(0, full - (burst - 1) * every - now);
  return {
    waitFor: (_cost, now) => wait(now),
    spend: (_cost, now) => {
      full = Math.max(full, now) + every;
    },
    giveBack: () => {
      full -= every;
    },
  };
};
