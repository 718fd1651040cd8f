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

/** Counts one more attempt; answers how many there were with it. */
export const countRedelivery = async (on: Connection, guid: string): Promise<number> => {
  const { rows } = await on.query<{ tries: number }>(
    `insert into redeliveries as known (guid, tries) values ($1, 1)
     on conflict (guid) do update set tries = known.tries + 1, asked_at = now()
     returning tries`,
    [guid],
  );
  return rows[0]?.tries ?? 1;
};

/** Forgets what is older than GitHub remembers. */
export const forgetRedeliveries = async (on: Connection): Promise<void> => {
  await on.query(`delete from redeliveries where asked_at < now() - interval '4 days'`);
};
