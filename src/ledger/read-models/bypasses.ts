/** How many pull requests were merged past the gate, over all epics (threats T64). */
import type { Connection } from '../database.ts';

/** Of each epic's present round. */
export const countBypasses = async (on: Connection): Promise<number> => {
  const { rows } = await on.query<{ count: number }>(
    `select coalesce(sum(json_array_length(summary->'bypassed')), 0)::int as count
       from epics where summary::text like '%"bypassed":%' and summary -> 'bypassed' is not null`,
  );
  return rows[0]?.count ?? 0;
};
