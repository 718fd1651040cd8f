/** Which installations GitHub asked to wait, as all replicas know it. */
import type { Connection } from '../database.ts';

/** Nothing is sent for this installation before `until`. */
export interface KnownPause {
  readonly installationId: number;
  /** The account's login, where an installation of that number is known. */
  readonly account: string | null;
  readonly until: Date;
  readonly why: string;
}

/** Those that still hold, the longest first. */
export const readPauses = async (on: Connection): Promise<readonly KnownPause[]> => {
  const { rows } = await on.query<KnownPause>(
    `select installation_id as "installationId", account, until, why
       from pauses left join installations on installations.id = installation_id
      where until > now()
      order by until desc`,
  );
  return rows;
};
