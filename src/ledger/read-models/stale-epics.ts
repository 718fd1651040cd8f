/** Epics whose row an older Gatehouse wrote, or left behind while a newer one ran beside it. */
import type { Connection } from '../database.ts';

/** Ids of those whose row was not made by this `projection` from their present version; by id, after `after`. Reads every row. */
export const staleEpics = async (
  on: Connection,
  projection: number,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> => {
  const { rows } = await on.query<{ id: string }>(
    `select id from epics where id > $2 and made_of is distinct from $1 || '/' || version order by id limit $3`,
    [String(projection), after, limit],
  );
  return rows.map((row) => row.id);
};
