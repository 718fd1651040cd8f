/** How much waits: for metrics and for people who wonder. */
import type { Connection } from '../database.ts';

/** Deliveries nobody has read, promises not kept yet, and deliveries that could not be understood. */
export interface Backlog {
  readonly unread: number;
  readonly due: number;
  readonly setAside: number;
}

/** Counts through the partial indexes; cheap while little waits. */
export const readBacklog = async (on: Connection): Promise<Backlog> => {
  const { rows } = await on.query<{ unread: number; due: number; setAside: number }>(
    `select (select count(*) from deliveries where state = 'new') as unread,
            (select count(*) from promises where wanted > done and not given_up) as due,
            (select count(*) from deliveries where state = 'set_aside') as "setAside"`,
  );
  return { unread: rows[0]?.unread ?? 0, due: rows[0]?.due ?? 0, setAside: rows[0]?.setAside ?? 0 };
};
