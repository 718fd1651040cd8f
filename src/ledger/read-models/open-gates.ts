/** Gates that people are waited for at now, over all epics that run. */
import type { Connection } from '../database.ts';

/** How many there are, and since when the oldest is open. */
export interface OpenGates {
  readonly count: number;
  readonly oldest: Date | null;
}

/** From the epics' rows, found by an index of those with a stage in review; a paused epic waits for nobody. */
export const readOpenGates = async (on: Connection): Promise<OpenGates> => {
  const { rows } = await on.query<OpenGates>(
    `select count(*) as count, min((stage ->> 'since')::timestamptz) as oldest
       from epics, json_array_elements(summary -> 'stages') as stage
      where epics.status = 'running' and epics.summary::text like '%"status":"in-review"%' and stage ->> 'status' = 'in-review'
        and json_array_length(stage -> 'missing') > 0`,
  );
  return rows[0] ?? { count: 0, oldest: null };
};
