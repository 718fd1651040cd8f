/** Which versions of Gatehouse run on this ledger at this moment. */
import type { Connection } from '../database.ts';

/** So many processes of one version were seen within the last half minute. */
export interface Running {
  readonly version: string;
  readonly count: number;
}

/** By version; processes that only receive do not report. */
export const readRunning = async (on: Connection): Promise<readonly Running[]> => {
  const { rows } = await on.query<Running>(
    `select version, count(*) as count from replicas
      where seen_at > now() - interval '30 seconds' group by version order by version`,
  );
  return rows;
};
