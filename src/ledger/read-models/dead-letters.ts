/** What Gatehouse has stopped trying by itself: deliveries set aside and promises given up, until somebody says `gatehouse retry`. */
import type { Connection } from '../database.ts';

/** One thing that waits for a person. */
export interface DeadLetter {
  readonly kind: 'delivery' | 'promise';
  /** The webhook's event and action, or the name of the promise. */
  readonly what: string;
  readonly lane: string;
  /** X-GitHub-Delivery; null for a promise. */
  readonly guid: string | null;
  /** `owner/name` where it is known. */
  readonly repository: string | null;
  /** The issue or pull request it is about, for a promise the epic's. */
  readonly number: number | null;
  /** When it was set aside or given up; where an older Gatehouse did not write that down, the epic's last change. */
  readonly since: Date | null;
  readonly tries: number;
  readonly why: string;
}

/** A page of them, the oldest first, and how many there are in all. */
export interface DeadLetters {
  readonly total: number;
  readonly letters: readonly DeadLetter[];
}

const letters = `
  select 'delivery' as kind, event || coalesce('.' || action, '') as what, lane, guid,
         repositories.owner || '/' || repositories.name as repository, number, done_at as since, tries,
         coalesce(problem, '') as why, seq as place
    from deliveries left join repositories on repositories.id = deliveries.repository_id
   where state = 'set_aside'
  union all
  select 'promise', promises.key, promises.lane, null,
         repositories.owner || '/' || repositories.name, epics.number,
         coalesce(promises.given_up_at, epics.updated_at), promises.tries,
         coalesce(promises.problem, ''), promises.wanted
    from promises
    left join epics on epics.id = coalesce(promises.epic_id, substring(promises.lane from '^epic:(.*)$'))
    left join repositories on repositories.id
              = coalesce(epics.repository_id, substring(promises.lane from '^(?:subject|repository):([0-9]+)')::bigint)
   where promises.given_up`;

type Row = DeadLetter & { readonly total: number };

/** Counts and reads through the partial indexes; cheap while there is little. */
export const readDeadLetters = async (on: Connection, limit = 200): Promise<DeadLetters> => {
  const { rows } = await on.query<Row>(
    `select kind, what, lane, guid, repository, number, since, tries, why, count(*) over () as total
       from (${letters}) as dead
      order by since nulls first, kind, place
      limit $1`,
    [limit],
  );
  return {
    total: rows[0]?.total ?? 0,
    letters: rows.map(({ total: _, ...letter }) => letter),
  };
};
