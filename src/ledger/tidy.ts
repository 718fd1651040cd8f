/** Letting go of what nobody needs any more; the streams are kept for ever. */
import type { Connection } from './database.ts';

const atOnce = 5_000;

/**
 * Deletes deliveries that were read longer ago than `days`, oldest first, a few thousand at a time; answers how many.
 * GitHub redelivers for three days only, and what was decided stands in the streams. What was set aside stays.
 */
export const tidyDeliveries = async (on: Connection, days: number): Promise<number> => {
  const { rowCount } = await on.query(
    `delete from deliveries
      where seq in (select seq from deliveries
                     where state in ('done', 'ignored') and received_at < now() - $1 * interval '1 day'
                     order by seq limit ${atOnce})`,
    [days],
  );
  return rowCount ?? 0;
};
