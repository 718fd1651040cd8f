/** Epics that are not over: what reconciling, refreshing and counting go through. */
import type { Connection } from '../database.ts';
import type { EpicRow } from './epics.ts';

/** Enough to wake an epic's lane. */
export interface LiveEpic {
  readonly id: string;
  readonly repositoryId: number;
  readonly number: number;
}

const columns = `id, repository_id as "repositoryId", number`;

/** All running and paused epics, by id; a page starts after `after`. */
export const openEpics = async (on: Connection, after = '', limit = 1_000): Promise<LiveEpic[]> => {
  const { rows } = await on.query<LiveEpic>(
    `select ${columns} from epics where status in ('running', 'paused') and id > $1 order by id limit $2`,
    [after, limit],
  );
  return rows;
};

/** The epics not over at whose open gates this person's approval counts: theirs may lapse with a membership. */
export const epicsWithApprover = async (on: Connection, personId: number): Promise<LiveEpic[]> => {
  const { rows } = await on.query<LiveEpic>(
    `select ${columns}
       from epics
      where status in ('running', 'paused') and live_approvers @> array[$1::bigint]
      order by id`,
    [personId],
  );
  return rows;
};

/** How many epics there are in each status. */
export const countEpics = async (on: Connection): Promise<Readonly<Record<EpicRow['status'], number>>> => {
  const { rows } = await on.query<{ status: EpicRow['status']; count: number }>(
    'select status, count(*) as count from epics group by status',
  );
  const count = (status: EpicRow['status']): number => rows.find((row) => row.status === status)?.count ?? 0;
  return {
    running: count('running'),
    paused: count('paused'),
    done: count('done'),
    cancelled: count('cancelled'),
  };
};

/** The epics not over of one repository, or of all repositories of one owner. */
export const openEpicsOf = async (
  on: Connection,
  of: { readonly repositoryId: number } | { readonly owner: string },
): Promise<LiveEpic[]> => {
  const [condition, value] =
    'owner' in of
      ? ['repository_id in (select id from repositories where lower(owner) = lower($1))', of.owner]
      : ['repository_id = $1', of.repositoryId];
  const { rows } = await on.query<LiveEpic>(
    `select ${columns} from epics where status in ('running', 'paused') and ${condition} order by id`,
    [value],
  );
  return rows;
};
