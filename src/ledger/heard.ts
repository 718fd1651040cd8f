/** Which comments were answered before, however they were heard of. */
import type { Connection } from './database.ts';

/** A comment, and the lane of the epic it would speak to. */
export interface Spoken {
  readonly lane: string;
  readonly commentId: number;
}

/** The ids of those that nobody has answered: no command of theirs was decided, none got a reaction. */
export const unheard = async (on: Connection, spoken: readonly Spoken[]): Promise<ReadonlySet<number>> => {
  if (spoken.length === 0) return new Set();
  const { rows } = await on.query<{ id: number }>(
    `select id
       from unnest($1::text[], $2::bigint[]) as said (lane, id)
      where not exists (select from causes
                         where causes.lane = said.lane and causes.cause like 'comment/' || said.id || '/%')
        and not exists (select from promises
                         where promises.lane = said.lane
                           and promises.key in ('react:' || said.id || ':+1', 'react:' || said.id || ':confused'))`,
    [spoken.map((one) => one.lane), spoken.map((one) => one.commentId)],
  );
  return new Set(rows.map((row) => row.id));
};
