/** Merge groups GitHub's queue asked a check for. */
import type { Connection } from './database.ts';

/** One merge group by its head. */
export interface KnownMergeGroup {
  readonly repositoryId: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly headRef: string;
  /** The pull request named in `headRef`, if it could be read from it. */
  readonly number: number | null;
  readonly state: 'checks_requested' | 'destroyed';
}

const columns = `
  repository_id as "repositoryId", head_sha as "headSha", base_sha as "baseSha", head_ref as "headRef", number, state`;

/** Saves a merge group by its head. */
export const saveMergeGroup = async (on: Connection, group: KnownMergeGroup): Promise<void> => {
  await on.query(
    `insert into merge_groups (repository_id, head_sha, base_sha, head_ref, number, state)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (repository_id, head_sha) do update
        set base_sha = excluded.base_sha, head_ref = excluded.head_ref, number = excluded.number, state = excluded.state`,
    [group.repositoryId, group.headSha, group.baseSha, group.headRef, group.number, group.state],
  );
};

/** The merge groups of a repository that still wait for checks. */
export const openMergeGroups = async (on: Connection, repositoryId: number): Promise<KnownMergeGroup[]> => {
  const { rows } = await on.query<KnownMergeGroup>(
    `select ${columns} from merge_groups where repository_id = $1 and state = 'checks_requested' order by head_sha`,
    [repositoryId],
  );
  return rows;
};

/** The merge group of a head, or undefined. */
export const readMergeGroup = async (
  on: Connection,
  repositoryId: number,
  headSha: string,
): Promise<KnownMergeGroup | undefined> => {
  const { rows } = await on.query<KnownMergeGroup>(
    `select ${columns} from merge_groups where repository_id = $1 and head_sha = $2`,
    [repositoryId, headSha],
  );
  return rows[0];
};
