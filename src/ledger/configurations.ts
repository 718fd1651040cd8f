/** Configuration files as last read from a default branch (design §2 rule 8). */
import type { Connection } from './database.ts';

/** One file by its text and blob; `instead` where something else stood there. */
export interface KnownFile {
  readonly text: string;
  readonly sha: string;
  readonly path?: string;
  readonly instead?: 'link' | 'submodule' | 'folder' | 'pointer' | 'too-large' | 'shadow';
}

/** What was found at one commit of one place; `files` is empty when there is no configuration. */
export interface KnownConfiguration {
  readonly repositoryId: number;
  /** The repository's own, or its owner's `.github` repository. */
  readonly source: 'repository' | 'owner';
  readonly commit: string | null;
  readonly etag: string | null;
  readonly files: Readonly<Record<string, KnownFile>>;
  readonly readAt: Date;
}

/** Remembers what was read, replacing what was read before. */
export const saveConfiguration = async (on: Connection, found: KnownConfiguration): Promise<void> => {
  await on.query(
    `insert into configurations (repository_id, source, commit, etag, files, read_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (repository_id, source) do update
        set commit = excluded.commit, etag = excluded.etag, files = excluded.files, read_at = excluded.read_at`,
    [found.repositoryId, found.source, found.commit, found.etag, JSON.stringify(found.files), found.readAt],
  );
};

/** What was last read, or undefined when nothing ever was. */
export const readConfiguration = async (
  on: Connection,
  repositoryId: number,
  source: KnownConfiguration['source'],
): Promise<KnownConfiguration | undefined> => {
  const { rows } = await on.query<KnownConfiguration>(
    `select repository_id as "repositoryId", source, commit, etag, files, read_at as "readAt"
       from configurations where repository_id = $1 and source = $2`,
    [repositoryId, source],
  );
  return rows[0];
};
