/** What keeping a promise takes: writes for GitHub, and what their results mean for the ledger. */
import type { WriteResult } from '../../github/outgoing/send.ts';
import type { Write } from '../../github/outgoing/write.ts';
import type { DuePromise } from '../../ledger/due.ts';
import type { Desk } from '../desk.ts';
import type { Engine } from '../engine.ts';
import type { Site } from '../site.ts';

/** A planned promise. Without writes it is kept by being looked at. */
export interface Job {
  readonly promise: DuePromise;
  readonly writes: readonly Write[];
  /** True where a write makes something that must not exist twice: noted before it is sent (threats F06, F07). */
  readonly creates: boolean;
  /** The key of another promise of the lane that would make the same: it looks too, once this one may have made it. */
  readonly alike?: string;
  /** Takes the results in; only called with those of its own writes. */
  readonly settle: (results: readonly WriteResult[]) => Promise<void> | void;
}

/** What plans are made with. */
export interface Planning {
  readonly engine: Engine;
  readonly desk: Desk;
  readonly site: Site;
}

/** A job with nothing to write. */
export const nothingToDo = (promise: DuePromise): Job => ({
  promise,
  writes: [],
  creates: false,
  settle: () => {},
});

/** True when the result says that the thing is written. */
export const succeeded = (results: readonly WriteResult[], key: string): boolean =>
  results.some((result) => result.key === key && result.ok);
