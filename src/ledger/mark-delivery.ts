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

/** Leaves a delivery unread until a later moment, counting the try; its lane waits with it. */
export const postpone = async (on: Connection, seq: number, until: Date, problem: string): Promise<void> => {
  await on.query(
    `update deliveries set tries = tries + 1, not_before = $2, problem = $3 where seq = $1 and state = 'new'`,
    [seq, until, plainText(problem)],
  );
};
