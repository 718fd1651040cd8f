/** What was read last of GitHub and found in order, so that reading it again costs nothing where nothing changed. */
import type { Connection } from './database.ts';

/** An answer of GitHub's that agreed with the ledger. */
export interface Agreed {
  readonly lane: string;
  /** What was read; a name of ours, unique in its lane. */
  readonly url: string;
  readonly etag: string;
  /** A digest without spaces of what the ledger wanted then: if that changes, the etag says nothing any more. */
  readonly against: string;
}

/** The etag to ask with: null where nothing was read yet, or where the ledger wants something else by now. */
export const readEtag = async (
  on: Connection,
  { lane, url, against }: Omit<Agreed, 'etag'>,
): Promise<string | null> => {
  const { rows } = await on.query<{ etag: string }>('select etag from etags where lane = $1 and url = $2', [
    lane,
    url,
  ]);
  const [known = '', etag = ''] = rows[0]?.etag.split(/ (.*)/s, 2) ?? [];
  return known === against && etag !== '' ? etag : null;
};

/** Remembers that what was read agreed. */
export const saveEtag = async (on: Connection, { lane, url, etag, against }: Agreed): Promise<void> => {
  await on.query(
    `insert into etags as known (lane, url, etag) values ($1, $2, $3)
     on conflict (lane, url) do update set etag = excluded.etag where known.etag <> excluded.etag`,
    [lane, url, `${against} ${etag}`],
  );
};
