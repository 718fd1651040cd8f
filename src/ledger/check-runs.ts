/** Check runs we made: one per head commit. */
import type { Connection } from './database.ts';

/** The check run on a head, and the digest of what it last said. */
export interface KnownCheckRun {
  readonly repositoryId: number;
  readonly headSha: string;
  readonly checkRunId: number;
  readonly nodeId: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly digest: string;
  /** When GitHub made it: from then on it counts towards becoming stale. */
  readonly createdAt: Date;
}

const columns = `
  repository_id as "repositoryId", head_sha as "headSha", check_run_id as "checkRunId", node_id as "nodeId",
  status, conclusion, digest, created_at as "createdAt"`;

/** Saves a head's check run; a newer one made for the same head replaces it. */
export const saveCheckRun = async (on: Connection, run: KnownCheckRun): Promise<void> => {
  await on.query(
    `insert into check_runs (repository_id, head_sha, check_run_id, node_id, status, conclusion, digest, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (repository_id, head_sha) do update
        set check_run_id = excluded.check_run_id, node_id = excluded.node_id, status = excluded.status,
            conclusion = excluded.conclusion, digest = excluded.digest, created_at = excluded.created_at`,
    [
      run.repositoryId,
      run.headSha,
      run.checkRunId,
      run.nodeId,
      run.status,
      run.conclusion,
      run.digest,
      run.createdAt,
    ],
  );
};

/** The check run of a head, or undefined when none was made. */
export const readCheckRun = async (
  on: Connection,
  repositoryId: number,
  headSha: string,
): Promise<KnownCheckRun | undefined> => {
  const { rows } = await on.query<KnownCheckRun>(
    `select ${columns} from check_runs where repository_id = $1 and head_sha = $2`,
    [repositoryId, headSha],
  );
  return rows[0];
};

/**
 * Unfinished ones made before a moment, oldest first: GitHub will soon call them stale (contract §5). Heads that were
 * pushed over stay unfinished for ever; nobody merges by them, and they must not hide those that somebody waits for.
 */
export const unfinishedCheckRuns = async (
  on: Connection,
  before: Date,
  limit: number,
): Promise<KnownCheckRun[]> => {
  const { rows } = await on.query<KnownCheckRun>(
    `select ${columns} from check_runs
      where status <> 'completed' and created_at < $1
        and exists (select from pull_requests as pull
                     where pull.repository_id = check_runs.repository_id and pull.head_sha = check_runs.head_sha
                       and pull.state = 'open')
      order by created_at limit $2`,
    [before, limit],
  );
  return rows;
};

/** Forgets what a head's check run last said, so that it is written again; the run itself stays known. */
export const forgetCheck = async (on: Connection, repositoryId: number, headSha: string): Promise<void> => {
  await on.query(`update check_runs set digest = '' where repository_id = $1 and head_sha = $2`, [
    repositoryId,
    headSha,
  ]);
};

/** Forgets a head's check run altogether, because GitHub has none: it will be made anew. */
export const dropCheckRun = async (on: Connection, repositoryId: number, headSha: string): Promise<void> => {
  await on.query('delete from check_runs where repository_id = $1 and head_sha = $2', [
    repositoryId,
    headSha,
  ]);
};
