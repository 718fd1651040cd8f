/** How often people went back, for metrics. */
import type { Connection } from '../database.ts';

/** Rounds of stages opened again in the present batch of every epic, by workflow; workflows without any are left out. */
export const countReworks = async (on: Connection): Promise<Readonly<Record<string, number>>> => {
  // Most summaries tell of none: an index knows those that do.
  const { rows } = await on.query<{ workflow: string; count: number }>(
    `select workflow, sum((summary ->> 'reworks')::int)::int as count
       from epics where summary::text like '%"reworks":%' group by workflow order by workflow`,
  );
  return Object.fromEntries(rows.map(({ workflow, count }) => [workflow, count]));
};
