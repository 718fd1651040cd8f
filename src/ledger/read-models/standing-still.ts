/** Installations under which nothing moves, because the App may not act there. */
import type { Connection } from '../database.ts';

/** One of them, and how many epics wait there that are not over. */
export interface StandingStill {
  readonly account: string;
  readonly state: 'suspended' | 'deleted';
  readonly epics: number;
}

/** Only those that keep somebody waiting, the most epics first. */
export const standingStill = async (on: Connection): Promise<readonly StandingStill[]> => {
  const { rows } = await on.query<StandingStill>(
    `select account, installations.state, count(*)::integer as epics
       from installations
       join repositories on repositories.installation_id = installations.id
       join epics on epics.repository_id = repositories.id and epics.status in ('running', 'paused')
      where installations.state <> 'active'
      group by installations.id order by epics desc, account`,
  );
  return rows;
};

/** Numbers and accounts of installations that GitHub has not been heard to have ended; most are known by their repositories alone. */
export const livingInstallations = async (
  on: Connection,
): Promise<readonly { readonly id: number; readonly account: string }[]> => {
  const { rows } = await on.query<{ id: number; account: string }>(
    `select known.id, coalesce(installations.account, known.owner) as account
       from (select installation_id as id, min(owner) as owner from repositories group by installation_id
              union all
             select id, null from installations
              where not exists (select from repositories where installation_id = installations.id)) as known
       left join installations on installations.id = known.id
      where installations.state is distinct from 'deleted'
      order by known.id`,
  );
  return rows;
};
