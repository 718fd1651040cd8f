/** Deliveries nobody has read yet. */
import { zstdDecompressSync } from 'node:zlib';
import type { Connection } from './database.ts';
import type { NewDelivery } from './deliveries.ts';

/** A stored delivery; `body` is what GitHub sent, byte for byte. */
export interface Delivery extends NewDelivery {
  readonly seq: number;
  readonly tries: number;
  readonly receivedAt: Date;
}

const unreadInLane = {
  name: 'unread-in-lane',
  text: `
    select seq, guid, event, action, installation_id as "installationId", repository_id as "repositoryId", number, lane,
           body, tries, received_at as "receivedAt"
      from deliveries
     where lane = $1 and state = 'new'
       and seq < coalesce(
             (select min(seq) from deliveries where lane = $1 and state = 'new' and not_before > now()),
             9223372036854775807)
     order by seq
     limit $2`,
};

const unpack = (row: Delivery): Delivery => ({ ...row, body: zstdDecompressSync(row.body) });

// A delivery stored at the very moment its number was given to an epic may have missed the move.
const rehome = {
  name: 'rehome-deliveries',
  text: `
    update deliveries
       set lane = 'epic:' || subjects.epic_id
      from subjects
     where deliveries.lane = $1 and deliveries.state = 'new'
       and subjects.repository_id = deliveries.repository_id and subjects.number = deliveries.number`,
};

/**
 * The oldest unread deliveries of a lane in the order they came. A postponed one holds up those behind it: a later
 * delivery must not be acted on before an earlier one. Those that belong into an epic's lane by now are moved there, not returned.
 */
export const unread = async (on: Connection, lane: string, limit: number): Promise<Delivery[]> => {
  if (!lane.startsWith('epic:')) await on.query({ ...rehome, values: [lane] });
  const { rows } = await on.query<Delivery>({ ...unreadInLane, values: [lane, limit] });
  return rows.map(unpack);
};

/** Whether a delivery of that event about that number waits to be read: what it tells is not known yet. */
export const isWaiting = async (
  on: Connection,
  of: { readonly repositoryId: number; readonly number: number; readonly event: string },
): Promise<boolean> => {
  const { rowCount } = await on.query(
    `select 1 from deliveries where state = 'new' and repository_id = $1 and number = $2 and event = $3 limit 1`,
    [of.repositoryId, of.number, of.event],
  );
  return rowCount === 1;
};
