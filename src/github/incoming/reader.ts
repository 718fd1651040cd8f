/** The shape of a reader: which delivery it reads, and what that delivery means. */
import type { News } from './news.ts';

/** One kind of delivery that means something. */
export interface Reader {
  /** GitHub's event name, as in X-GitHub-Event. */
  readonly event: string;
  /** The actions it reads; empty for events without one. */
  readonly actions: readonly string[];
  /** The payload's meaning; `undefined` when this one means nothing. Throws a ZodError for a payload of another shape. */
  readonly read: (payload: unknown, action: string) => News | undefined;
}
