/** Which processes are alive, and the end of those that are not (threats F06, F08, F10). */
import type { Connection } from './database.ts';

/** One running process; `id` is its database's. */
export interface Replica {
  readonly id: string;
  readonly version: string;
}

/** Says that a replica is alive; answers what time it is for all of them. */
export const beat = async (on: Connection, { id, version }: Replica): Promise<Date> => {
  const { rows } = await on.query<{ now: Date }>(
    `insert into replicas (id, version) values ($1, $2)
     on conflict (id) do update set seen_at = now()
     returning now() as now`,
    [id, version],
  );
  return rows[0]?.now ?? new Date();
};

/**
 * Ends the database sessions of replicas not seen for `lost` milliseconds, which opens the lanes they held and fails
 * whatever they still want to write. Answers the ids of those that were ended.
 */
export const endLost = async (on: Connection, lost: number): Promise<readonly string[]> => {
  const { rows } = await on.query<{ id: string }>(
    `with gone as (
       delete from replicas where seen_at < now() - $1 * interval '1 millisecond' returning id
     ), ended as (
       select pg_terminate_backend(pid) from pg_stat_activity, gone
        where datname = current_database() and application_name = 'gatehouse ' || gone.id
     )
     select id, (select count(*) from ended) from gone`,
    [lost],
  );
  return rows.map((row) => row.id);
};

/** A replica that ends by itself says so. */
export const leave = async (on: Connection, id: string): Promise<void> => {
  await on.query('delete from replicas where id = $1', [id]);
};
