/** How much waits, and for how long: for metrics and for people who wonder. */
import type { Connection } from '../database.ts';
import { mayAct, repositoryOfLane } from '../place-of-lane.ts';

/** Deliveries nobody has read, promises not kept yet, and both sorts of dead letters. */
export interface Backlog {
  readonly unread: number;
  readonly due: number;
  readonly setAside: number;
  readonly givenUp: number;
}

/** Counts through the partial indexes; cheap while little waits. */
export const readBacklog = async (on: Connection): Promise<Backlog> => {
  const { rows } = await on.query<Backlog>(
    `select (select count(*) from deliveries where state = 'new') as unread,
            (select count(*) from promises where wanted > done and not given_up) as due,
            (select count(*) from deliveries where state = 'set_aside') as "setAside",
            (select count(*) from promises where given_up) as "givenUp"`,
  );
  return rows[0] ?? { unread: 0, due: 0, setAside: 0, givenUp: 0 };
};

/** In seconds: how long the oldest has waited that something can be done about; 0 where nothing waits. */
export interface BacklogAge {
  readonly unread: number;
  readonly due: number;
}

// Where the App was suspended or uninstalled, promises wait for somebody else, for as long as that takes.
const ages = `
  with due as materialized (
    select lane, min(due_since) as since from promises where wanted > done and not given_up group by lane
  ), placed as materialized (
    select since, ${repositoryOfLane} as "repositoryId" from due
  )
  select (select min(received_at) from deliveries where state = 'new') as unread,
         (select min(since) from placed where ${mayAct}) as due,
         now() as now`;

/** By the database's clock. */
export const readBacklogAge = async (on: Connection): Promise<BacklogAge> => {
  const { rows } = await on.query<{ unread: Date | null; due: Date | null; now: Date }>(ages);
  const [row] = rows;
  const age = (since: Date | null | undefined): number =>
    row === undefined || since === null || since === undefined
      ? 0
      : Math.max(0, (row.now.getTime() - since.getTime()) / 1_000);
  return { unread: age(row?.unread), due: age(row?.due) };
};
