/** What one installation may send at this moment by the limits that github.com publishes (speed §4, threats A3). */
import { type Budget, burstBudget, slidingBudget } from './budget.ts';
import type { Cost } from './cost.ts';

export interface Allowance {
  /** Milliseconds to wait; Infinity while it waits for another request to come back. */
  readonly waitOf: (cost: Cost, now: number) => number;
  /** It is being sent now; called back with `done` when it is over. */
  readonly begin: (cost: Cost, now: number) => void;
  readonly done: (cost: Cost) => void;
  /** What began `then` was not sent after all: it costs nothing; `done` is called all the same. */
  readonly unsent: (cost: Cost, then: number) => void;
  /** How many are under way. */
  readonly sending: () => number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const mostReads = 10;

/** A second is added to each span for requests still on their way. */
const budgets = (): readonly { readonly of: (cost: Cost) => number; readonly budget: Budget }[] => [
  { of: (cost) => (cost.write ? 1 : 0), budget: burstBudget(3, second) },
  { of: (cost) => cost.points, budget: slidingBudget(900, minute + second) },
  { of: (cost) => cost.content, budget: slidingBudget(80, minute + second) },
  { of: (cost) => cost.content, budget: slidingBudget(500, hour + second) },
];

/** `throttle: false`: everything may go at once. */
export const createAllowance = (throttle: boolean): Allowance => {
  const spending = throttle ? budgets() : [];
  let reading = 0;
  let writing = 0;
  const count = (cost: Cost, by: number): void => {
    if (cost.write) writing += by;
    else reading += by;
  };
  return {
    waitOf: (cost, now) => {
      if (throttle && (cost.write ? writing > 0 : reading >= mostReads)) return Number.POSITIVE_INFINITY;
      return Math.max(
        0,
        ...spending.map(({ of, budget }) => (of(cost) === 0 ? 0 : budget.waitFor(of(cost), now))),
      );
    },
    begin: (cost, now) => {
      for (const { of, budget } of spending) if (of(cost) > 0) budget.spend(of(cost), now);
      count(cost, 1);
    },
    done: (cost) => count(cost, -1),
    unsent: (cost, then) => {
      for (const { of, budget } of spending) if (of(cost) > 0) budget.giveBack(of(cost), then);
    },
    sending: () => reading + writing,
  };
};
