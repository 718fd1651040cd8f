/** Deliveries that failed by GitHub's own log: which of them we never stored, and how often each was asked for again. */
import type { Connection } from './database.ts';

/** Of these guids those that are in no inbox row. */
export const missing = async (on: Connection, guids: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await on.query<{ guid: string }>(
    `select guid from unnest($1::text[]) as asked (guid)
      where not exists (select 1 from deliveries where deliveries.guid = asked.guid)`,
    [guids],
  );
  return rows.map((row) => row.guid);
};

/**
 * Counts one more attempt, twice as long after the last one as that was after the one before, beginning with `pause`
 * milliseconds. Answers how many there were with it; undefined where it is too early.
 */
export const countRedelivery = async (
  on: Connection,
  guid: string,
  pause: number,
): Promise<number | undefined> => {
  const { rows } = await on.query<{ tries: number }>(
    `insert into redeliveries as known (guid, tries) values ($1, 1)
     on conflict (guid) do update set tries = known.tries + 1, asked_at = now()
      where known.asked_at <= now() - $2 * power(2, known.tries - 1) * interval '1 millisecond'
     returning tries`,
    [guid, pause],
  );
  return rows[0]?.tries;
};

/** Whether one that was asked for at most so often, and never came, is to be asked for again. */
export const isAnyDue = async (on: Connection, most: number, pause: number): Promise<boolean> => {
  const { rowCount } = await on.query(
    `select from redeliveries as known
      where tries <= $1 and asked_at <= now() - $2 * power(2, tries - 1) * interval '1 millisecond'
        and not exists (select from deliveries where deliveries.guid = known.guid)
      limit 1`,
    [most, pause],
  );
  return rowCount === 1;
};

/** Forgets what is older than GitHub remembers. */
export const forgetRedeliveries = async (on: Connection): Promise<void> => {
  await on.query(`delete from redeliveries where asked_at < now() - interval '4 days'`);
};
