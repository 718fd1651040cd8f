/** What became of a delivery. */
import type { Connection } from './database.ts';
import { plainText } from './plain-text.ts';

/** `done`: acted on. `ignored`: means nothing to us. `set_aside`: could not be understood; sending it again re-arms it. */
export type DeliveryFate = 'done' | 'ignored' | 'set_aside';

const mark = {
  name: 'mark-delivery',
  text: `update deliveries set state = $2, problem = $3, done_at = now() where seq = $1 and state = 'new'`,
};

/** Ends an unread delivery, in the transaction of what it led to where there is one. Answers false if it was ended before. */
export const markDelivery = async (
  on: Connection,
  seq: number,
  fate: DeliveryFate,
  problem?: string,
): Promise<boolean> => {
  const values = [seq, fate, problem === undefined ? null : plainText(problem)];
  const { rowCount } = await on.query({ ...mark, values });
  return rowCount === 1;
};

/** Until when a delivery waits and why; `counts` is false where GitHub asked to wait: that is no try (threats F22). */
export interface Postponed {
  readonly until: Date;
  readonly problem: string;
  readonly counts: boolean;
}

/** Leaves a delivery unread until a later moment; its lane waits with it. */
export const postpone = async (
  on: Connection,
  seq: number,
  { until, problem, counts }: Postponed,
): Promise<void> => {
  await on.query(
    `update deliveries set tries = tries + $4, not_before = $2, problem = $3 where seq = $1 and state = 'new'`,
    [seq, until, plainText(problem), counts ? 1 : 0],
  );
};
