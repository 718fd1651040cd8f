/** What GitHub was last made to show, so that what changes nothing costs no request (design §2 rule 10). */
import type { Connection } from './database.ts';

/** One painted object: the digest of what was written, and what GitHub answered that is needed to write it again. */
export interface Painted {
  /** For example `checklist`, `stage:1_define`, or a link: `sub:<parent id>:<child id>`. */
  readonly object: string;
  readonly digest: string;
  readonly remote: unknown;
}

/** Everything painted in a lane, by object. */
export const readPainted = async (on: Connection, lane: string): Promise<Map<string, Painted>> => {
  const { rows } = await on.query<Painted>('select object, digest, remote from painted where lane = $1', [
    lane,
  ]);
  return new Map(rows.map((row) => [row.object, row]));
};

/** Remembers what was painted, replacing what was remembered for the same objects. */
export const paint = async (on: Connection, lane: string, rows: readonly Painted[]): Promise<void> => {
  await on.query(
    `insert into painted (lane, object, digest, remote)
     select $1, object, digest, remote from unnest($2::text[], $3::text[], $4::json[]) as new (object, digest, remote)
     on conflict (lane, object) do update set digest = excluded.digest, remote = excluded.remote, at = now()`,
    [
      lane,
      rows.map((row) => row.object),
      rows.map((row) => row.digest),
      rows.map((row) => JSON.stringify(row.remote ?? null)),
    ],
  );
};

/** Forgets what an object shows, for instance because somebody changed it: it will be written again where it is. */
export const unpaint = async (on: Connection, lane: string, object: string): Promise<void> => {
  await on.query(`update painted set digest = '' where lane = $1 and object = $2`, [lane, object]);
};

/** Forgets everything about a lane's issues, also what people ticked: others will be made in their place. */
export const forgetIssues = async (on: Connection, lane: string): Promise<void> => {
  await on.query(
    `delete from painted where lane = $1 and (object = 'checklist' or starts_with(object, 'stage:'))`,
    [lane],
  );
};

/** Forgets that an object was ever made, for instance a link somebody took away: it will be made again. */
export const forgetPainted = async (on: Connection, lane: string, object: string): Promise<void> => {
  await on.query('delete from painted where lane = $1 and object = $2', [lane, object]);
};
