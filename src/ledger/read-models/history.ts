/** An epic's events as an audit shows them: with their cause and who acted. */
import type { EpicEvent } from '../../core/epic/events.ts';
import type { Connection } from '../database.ts';

/** One event with what surrounds it. */
export interface HistoryRow {
  readonly version: number;
  readonly event: EpicEvent;
  readonly cause: string;
  readonly actorId: number | null;
  readonly at: Date;
  /** Order over all epics; rows may become visible out of this order (threats F12). */
  readonly position: number;
}

/** The events of one epic after a version, in order. */
export const readHistory = async (on: Connection, epicId: string, after = 0): Promise<HistoryRow[]> => {
  const { rows } = await on.query<HistoryRow>(
    `select version, data as event, cause, actor_id as "actorId", at, position
       from events where epic_id = $1 and version > $2 order by version`,
    [epicId, after],
  );
  return rows;
};

/** The events of several epics, each in order; an epic without any is left out. */
export const readEvents = async (
  on: Connection,
  epicIds: readonly string[],
): Promise<ReadonlyMap<string, readonly EpicEvent[]>> => {
  const { rows } = await on.query<{ id: string; event: EpicEvent }>(
    `select epic_id as id, data as event from events where epic_id = any($1) order by epic_id, version`,
    [epicIds],
  );
  const streams = new Map<string, EpicEvent[]>();
  for (const { id, event } of rows) {
    const stream = streams.get(id);
    if (stream === undefined) streams.set(id, [event]);
    else stream.push(event);
  }
  return streams;
};
