/** How often signals of the grave kind were given, over all epics; no epic and no person is named. */
import type { Connection } from '../database.ts';

/** Emergency stops and broken glasses ever, and what of them is still open. */
export interface GraveSignals {
  readonly emergency_stops: number;
  readonly break_glass: number;
  readonly break_glass_unreviewed: number;
  readonly break_glass_overdue: number;
}

/** Summed over all epics, from what their rows keep. */
export const countSignals = async (on: Connection): Promise<GraveSignals> => {
  // Most summaries tell of none: an index knows those that do.
  const { rows } = await on.query<GraveSignals>(
    `select coalesce(sum((summary->'signals'->>'stops')::int), 0)::int as emergency_stops,
            coalesce(sum((summary->'signals'->>'breakGlass')::int), 0)::int as break_glass,
            coalesce(sum((summary->'signals'->>'unreviewed')::int), 0)::int as break_glass_unreviewed,
            coalesce(sum((summary->'signals'->>'overdue')::int), 0)::int as break_glass_overdue
       from epics where summary::text like '%"signals":%'`,
  );
  const none = { emergency_stops: 0, break_glass: 0, break_glass_unreviewed: 0, break_glass_overdue: 0 };
  return rows[0] ?? none;
};
