/** Pull requests as last seen, so that a check can be refreshed without asking GitHub who is open. */
import type { Connection } from './database.ts';

/** A pull request and the stage it belongs to, if any. */
export interface KnownPullRequest {
  readonly repositoryId: number;
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly fork: boolean;
  readonly authorId: number;
  readonly draft: boolean;
  readonly epicId: string | null;
  readonly stage: string | null;
  readonly link: 'none' | 'linked' | 'proposed';
  /** The delivery this was learned from; an older one changes nothing. 0: asked of GitHub just now. */
  readonly updatedSeq: number;
}

const columns = `
  repository_id as "repositoryId", number, head_sha as "headSha", base_ref as "baseRef", state, fork,
  author_id as "authorId", draft, epic_id as "epicId", stage, link, updated_seq as "updatedSeq"`;

const save = `
  insert into pull_requests as known
         (repository_id, number, head_sha, base_ref, state, fork, author_id, draft, epic_id, stage, link, updated_seq)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (repository_id, number) do update
     set head_sha = excluded.head_sha, base_ref = excluded.base_ref, state = excluded.state, fork = excluded.fork,
         author_id = excluded.author_id, draft = excluded.draft, updated_seq = greatest(known.updated_seq, excluded.updated_seq)
   where excluded.updated_seq = 0 or excluded.updated_seq >= known.updated_seq`;

/**
 * Saves what a pull request is. Its link is written only when it is new here; afterwards `linkPullRequest` says it.
 * Answers false when something newer is known, and then changes nothing.
 */
export const savePullRequest = async (on: Connection, pull: KnownPullRequest): Promise<boolean> => {
  const { rowCount } = await on.query(save, [
    pull.repositoryId,
    pull.number,
    pull.headSha,
    pull.baseRef,
    pull.state,
    pull.fork,
    pull.authorId,
    pull.draft,
    pull.epicId,
    pull.stage,
    pull.link,
    pull.updatedSeq,
  ]);
  return rowCount === 1;
};

/** One pull request, or undefined when it was never seen. */
export const readPullRequest = async (
  on: Connection,
  repositoryId: number,
  number: number,
): Promise<KnownPullRequest | undefined> => {
  const { rows } = await on.query<KnownPullRequest>(
    `select ${columns} from pull_requests where repository_id = $1 and number = $2`,
    [repositoryId, number],
  );
  return rows[0];
};

/** The open pull requests of a repository in order; with `headSha` only those with that head (there can be several). */
export const openPullRequests = async (
  on: Connection,
  repositoryId: number,
  headSha?: string,
): Promise<KnownPullRequest[]> => {
  const { rows } = await on.query<KnownPullRequest>(
    `select ${columns}
       from pull_requests
      where repository_id = $1 and state = 'open' and ($2::text is null or head_sha = $2)
      order by number`,
    [repositoryId, headSha ?? null],
  );
  return rows;
};

/** Says which stage a known pull request belongs to from now on; its own facts stay as they are. */
export const linkPullRequest = async (
  on: Connection,
  to: Pick<KnownPullRequest, 'repositoryId' | 'number' | 'epicId' | 'stage' | 'link'>,
): Promise<void> => {
  await on.query(
    'update pull_requests set epic_id = $3, stage = $4, link = $5 where repository_id = $1 and number = $2',
    [to.repositoryId, to.number, to.epicId, to.stage, to.link],
  );
};

/** Frees every pull request of an epic but these: those of a batch that is over belong to nothing any more. */
export const untieOthers = async (
  on: Connection,
  of: Pick<KnownPullRequest, 'repositoryId'> & { readonly epicId: string; readonly kept: readonly number[] },
): Promise<void> => {
  await on.query(
    `update pull_requests set epic_id = null, stage = null, link = 'none'
      where repository_id = $1 and epic_id = $2 and number <> all($3::int[])`,
    [of.repositoryId, of.epicId, of.kept],
  );
};
