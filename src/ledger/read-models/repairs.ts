/** What was put right on GitHub, as people ask for it. */
import type { Connection } from '../database.ts';

/** One repair with its place. */
export interface RepairRow {
  readonly id: number;
  readonly at: Date;
  readonly repositoryId: number;
  /** `owner/name`; null where the repository is not known any more. */
  readonly repository: string | null;
  readonly epicId: string | null;
  readonly object: string;
  readonly what: string;
  readonly why: string;
}

const columns = `
  repairs.id, repairs.at, repairs.repository_id as "repositoryId",
  repositories.owner || '/' || repositories.name as repository,
  repairs.epic_id as "epicId", repairs.object, repairs.what, repairs.why`;

/** The newest first; of one epic, or of all. */
export const readRepairs = async (
  on: Connection,
  { epicId, limit }: { readonly epicId?: string | undefined; readonly limit: number },
): Promise<RepairRow[]> => {
  const { rows } = await on.query<RepairRow>(
    `select ${columns}
       from repairs left join repositories on repositories.id = repairs.repository_id
      where $1::text is null or repairs.epic_id = $1
      order by repairs.id desc
      limit $2`,
    [epicId ?? null, limit],
  );
  return rows;
};

/** The newest few of each of these epics, the newest first. */
export const latestRepairs = async (
  on: Connection,
  epicIds: readonly string[],
  each: number,
): Promise<RepairRow[]> => {
  const { rows } = await on.query<RepairRow>(
    `select ${columns}
       from unnest($1::text[]) as wanted (id)
       join lateral (select * from repairs where epic_id = wanted.id order by id desc limit $2) as repairs on true
       left join repositories on repositories.id = repairs.repository_id
      order by repairs.id desc`,
    [epicIds, each],
  );
  return rows;
};
