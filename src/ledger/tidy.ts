/** Letting go of what nobody needs any more; the streams are kept for ever. */
import type { Connection } from './database.ts';

const atOnce = 5_000;

/**
 * Deletes deliveries that were read longer ago than `days`, oldest first, a few thousand at a time; answers how many.
 * GitHub redelivers for three days only, and what was decided stands in the streams. What was set aside stays. Only the
 * oldest are looked at, so that it costs the same however many young ones there are.
 */
export const tidyDeliveries = async (on: Connection, days: number): Promise<number> => {
  const { rowCount } = await on.query(
    `delete from deliveries
      where seq = any (array(
              select seq
                from (select seq, received_at from deliveries
                       where state in ('done', 'ignored') order by seq limit ${atOnce}) as oldest
               where received_at < now() - $1 * interval '1 day'))`,
    [days],
  );
  return rowCount ?? 0;
};

/** Deletes what is remembered of checks made longer ago than `days` on heads that no open pull request has; answers how many. */
export const tidyChecks = async (on: Connection, days: number): Promise<number> => {
  const { rowCount } = await on.query(
    `delete from check_runs as old
      where created_at < now() - $1 * interval '1 day'
        and not exists (select from pull_requests as pull
                         where pull.repository_id = old.repository_id and pull.head_sha = old.head_sha
                           and pull.state = 'open')`,
    [days],
  );
  return rowCount ?? 0;
};

/**
 * Deletes merge groups that are over or never ended, once nothing is due for them and their check is forgotten; answers how
 * many. While the check is remembered so is the group: an old delivery must find that it was destroyed (threats T03).
 */
export const tidyGroups = async (on: Connection): Promise<number> => {
  const { rowCount } = await on.query(
    `delete from merge_groups as old
      where not exists (select from check_runs as run
                         where run.repository_id = old.repository_id and run.head_sha = old.head_sha)
        and not exists (select from promises
                         where lane = 'group:' || old.repository_id || ':' || old.head_sha and wanted > done
                           and not given_up)`,
  );
  return rowCount ?? 0;
};

/** Deletes what was written down of things put right longer ago than `days`; answers how many. */
export const tidyRepairs = async (on: Connection, days: number): Promise<number> => {
  const { rowCount } = await on.query(`delete from repairs where at < now() - $1 * interval '1 day'`, [days]);
  return rowCount ?? 0;
};
