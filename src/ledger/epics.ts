/** The streams: what happened to each epic, appended and never changed. */
import type { EpicEvent } from '../core/epic/events.ts';
import type { Connection } from './database.ts';
import type { Transaction } from './transaction.ts';

/** An epic's whole history in order; version 0 with no events when it was never opened. */
export interface Stream {
  readonly version: number;
  readonly events: readonly EpicEvent[];
}

/** What `append` writes: events that follow `expectedVersion`, with what caused them and who acted. */
export interface Append {
  readonly epicId: string;
  readonly expectedVersion: number;
  readonly events: readonly EpicEvent[];
  readonly cause: string;
  /** GitHub's numeric id of the person; null when nobody in person acted. */
  readonly actorId: number | null;
  /** ISO 8601. */
  readonly at: string;
}

/** Somebody else appended meanwhile: read again, decide again (threats F09). */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

const readEvents = {
  name: 'read-stream',
  text: 'select version, data from events where epic_id = $1 order by version',
};

/** Reads one epic's stream from the start. */
export const readStream = async (on: Connection, epicId: string): Promise<Stream> => {
  const { rows } = await on.query<{ version: number; data: EpicEvent }>({ ...readEvents, values: [epicId] });
  return { version: rows.at(-1)?.version ?? 0, events: rows.map((row) => row.data) };
};

// The condition refuses a gap; the primary key refuses a second writer of the same version.
const appendEvents = {
  name: 'append-events',
  text: `
    insert into events (epic_id, version, type, data, cause, actor_id, at)
    select $1, $2 + n, type, data, $5, $6, $7
      from unnest($3::text[], $4::json[]) with ordinality as new (type, data, n)
     where $2 = (select coalesce(max(version), 0) from events where epic_id = $1)
     order by n`,
};

const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';

/**
 * Appends events and answers with the stream's new version. Throws VersionConflict when the stream is not at
 * `expectedVersion`; the transaction is then lost and must be begun anew.
 */
export const append = async (tx: Transaction, what: Append): Promise<number> => {
  const { epicId, expectedVersion, events, cause, actorId, at } = what;
  if (events.length === 0) return expectedVersion;
  const types = events.map((event) => event.type);
  const data = events.map((event) => JSON.stringify(event));
  const conflict = new VersionConflict(`Epic ${epicId} is no longer at version ${expectedVersion}.`);
  try {
    const { rowCount } = await tx.query({
      ...appendEvents,
      values: [epicId, expectedVersion, types, data, cause, actorId, at],
    });
    if (rowCount !== events.length) throw conflict;
  } catch (error) {
    throw isDuplicateKey(error) ? conflict : error;
  }
  return expectedVersion + events.length;
};
