/** What of GitHub's limits on making content is used up, by all replicas together. */
import type { Connection } from '../database.ts';

/** Issues and comments made for one installation within the last minute and the last hour. */
export interface Spent {
  readonly installation: number;
  /** The account's login, where an installation of that number is known. */
  readonly account: string | null;
  readonly minute: number;
  readonly hour: number;
}

/** Of 80 and 500; installations that made nothing within the hour are not listed. */
export const readSpent = async (on: Connection): Promise<readonly Spent[]> => {
  const { rows } = await on.query<Spent>(
    `select installation_id as installation, max(account) as account,
            coalesce(sum(content) filter (where at > clock_timestamp() - interval '1 minute'), 0)::integer as minute,
            sum(content)::integer as hour
       from spends left join installations on installations.id = installation_id
      where at > clock_timestamp() - interval '1 hour'
      group by installation_id order by installation_id`,
  );
  return rows;
};
