/** Repositories that no installation has any more: their work rests, and goes on where it stopped when they are back (threats F26, F33, F34). */
import type { Connection } from './database.ts';
import { type KnownRepository, repositoryColumns } from './repositories.ts';

/** Nobody's: an installation that is none, so that whatever asks whether the App may act hears no. */
const nobodys = 0;

/** A repository is no installation's any more; answers whether it was one's before. */
export const leaveRepository = async (on: Connection, repositoryId: number): Promise<boolean> => {
  await on.query(
    `insert into installations (id, account, state) values ($1, '', 'deleted') on conflict do nothing`,
    [nobodys],
  );
  const { rowCount } = await on.query(
    'update repositories set installation_id = $2, updated_at = now() where id = $1 and installation_id <> $2',
    [repositoryId, nobodys],
  );
  return rowCount === 1;
};

/** Repositories in which the App may not act now: all of one owner, or those that are nobody's since so many days at most. */
export const repositoriesOutOfReach = async (
  on: Connection,
  of: { readonly owner: string } | { readonly nobodysForDays: number },
): Promise<KnownRepository[]> => {
  const [condition, value] =
    'nobodysForDays' in of
      ? [`installation_id = ${nobodys} and updated_at > now() - $1 * interval '1 day'`, of.nobodysForDays]
      : [
          `lower(owner) = lower($1)
           and installation_id in (select id from installations where state <> 'active')`,
          of.owner,
        ];
  const { rows } = await on.query<KnownRepository>(
    `select ${repositoryColumns} from repositories where ${condition} order by id`,
    [value],
  );
  return rows;
};

/** What waits in a repository because GitHub refused it or was away is tried now: it may be otherwise since. */
export const tryAgainNow = async (on: Connection, repositoryId: number): Promise<void> => {
  await on.query(
    `update promises set not_before = null, tries = 0
      where wanted > done and not given_up and tries > 0
        and (lane in (select 'epic:' || id from epics where repository_id = $1::bigint)
             or lane ~ ('^(subject|repository|group):' || $1::bigint || '([:#]|$)'))`,
    [repositoryId],
  );
};
