/** Repositories as webhooks and answers last described them. */
import type { Connection } from './database.ts';

/** What a webhook tells of its repository. */
export interface RepositoryFacts {
  readonly id: number;
  readonly nodeId: string;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly installationId: number;
  readonly private: boolean;
}

/** A repository with what we asked of it. */
export interface KnownRepository extends RepositoryFacts {
  /** Label name → node id, once asked. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** The default branch's head, once seen. */
  readonly headCommit: string | null;
}

/** Of `repositories`, for a KnownRepository. */
export const repositoryColumns = `
  id, node_id as "nodeId", owner, name, default_branch as "defaultBranch", installation_id as "installationId", private,
  labels, head_commit as "headCommit"`;

const save = {
  name: 'save-repository',
  text: `
    insert into repositories as known (id, node_id, owner, name, default_branch, installation_id, private)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (id) do update
       set node_id = excluded.node_id, owner = excluded.owner, name = excluded.name,
           default_branch = excluded.default_branch, installation_id = excluded.installation_id,
           private = excluded.private, updated_at = now(),
           head_commit = case when known.default_branch = excluded.default_branch then known.head_commit end
     where (known.node_id, known.owner, known.name, known.default_branch, known.installation_id, known.private)
           is distinct from (excluded.node_id, excluded.owner, excluded.name, excluded.default_branch,
                             excluded.installation_id, excluded.private)`,
};

/** Saves what is new about a repository; answers whether anything was. Costs a read when nothing changed. */
export const saveRepository = async (on: Connection, facts: RepositoryFacts): Promise<boolean> => {
  const { id, nodeId, owner, name, defaultBranch, installationId, private: isPrivate } = facts;
  const values = [id, nodeId, owner, name, defaultBranch, installationId, isPrivate];
  const { rowCount } = await on.query({ ...save, values });
  return rowCount === 1;
};

/** What was asked of a repository beyond webhooks; only what is given is changed. */
export const noteRepository = async (
  on: Connection,
  id: number,
  found: { readonly labels?: Readonly<Record<string, string>> | null; readonly headCommit?: string },
): Promise<void> => {
  await on.query(
    `update repositories
        set labels = case when $2 then $3::jsonb else labels end, head_commit = coalesce($4, head_commit)
      where id = $1`,
    [id, found.labels !== undefined, JSON.stringify(found.labels ?? null), found.headCommit ?? null],
  );
};

/** Repositories by ids or, as people write them, by owner and name (whatever the case); all of an installation. */
export const findRepositories = async (
  on: Connection,
  by:
    | { readonly id: number }
    | { readonly ids: readonly number[] }
    | { readonly owner: string; readonly name: string }
    | { readonly installationId: number },
): Promise<KnownRepository[]> => {
  const [condition, values] =
    'id' in by
      ? ['id = $1', [by.id]]
      : 'ids' in by
        ? ['id = any($1)', [by.ids]]
        : 'owner' in by
          ? ['lower(owner) = lower($1) and lower(name) = lower($2)', [by.owner, by.name]]
          : ['installation_id = $1', [by.installationId]];
  const { rows } = await on.query<KnownRepository>(
    `select ${repositoryColumns} from repositories where ${condition} order by id`,
    values,
  );
  return rows;
};

/** The repositories the App may act in, by id; a page starts after `after`. */
export const activeRepositories = async (on: Connection, after: number, limit: number): Promise<number[]> => {
  const { rows } = await on.query<{ id: number }>(
    `select id from repositories
      where id > $1
        and not exists (select from installations
                         where installations.id = repositories.installation_id and installations.state <> 'active')
      order by id limit $2`,
    [after, limit],
  );
  return rows.map((row) => row.id);
};
