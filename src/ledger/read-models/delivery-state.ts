/** What became of one delivery, for people who ask by its guid. */
import type { Connection } from '../database.ts';

/** As in the table. */
export type DeliveryState = 'new' | 'done' | 'ignored' | 'set_aside';

/** Undefined where no such delivery is in the inbox: never received, or read so long ago that it is gone. */
export const readDeliveryState = async (on: Connection, guid: string): Promise<DeliveryState | undefined> => {
  const { rows } = await on.query<{ state: DeliveryState }>('select state from deliveries where guid = $1', [
    guid,
  ]);
  return rows[0]?.state;
};
