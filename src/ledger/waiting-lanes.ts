/** Lanes with something to do: what a sweep wakes. */
import type { Connection } from './database.ts';
import { mayAct, repositoryOfLane } from './place-of-lane.ts';

/** A lane, and the repository whose turn it takes, where that is known. */
export interface WaitingLane {
  readonly lane: string;
  readonly repositoryId: number | null;
}

// The longest waiting lane of each repository first, then each one's second: a full page of one repository's lanes
// must not hide another's.
const inTurns = 'row_number() over (partition by "repositoryId" order by first)';

const unreadLanes = `
  select lane, "repositoryId"
    from (select lane, min(repository_id) as "repositoryId", min(seq) as first
            from deliveries
           where state = 'new'
           group by lane
          having coalesce((array_agg(not_before order by seq))[1], '-infinity') <= now()) as waiting
   order by ${inTurns}, first
   limit $1`;

// Where the App may not act, nothing is woken: it would be asked for each second, and hide others (threats F34). Epics are
// looked up one by one: joined, all that ever were would be read each second.
const dueLanes = `
  with due as materialized (
    select lane, min(wanted) as first
      from promises
     where wanted > done and not given_up and (not_before is null or not_before <= now())
     group by lane
  ), placed as materialized (
    select lane, first,
           ${repositoryOfLane} as "repositoryId"
      from due
  )
  select lane, "repositoryId"
    from placed
   where ${mayAct}
   order by ${inTurns}, first
   limit $1`;

/** Lanes whose oldest unread delivery may be read now. */
export const lanesWithUnread = async (on: Connection, limit: number): Promise<readonly WaitingLane[]> =>
  (await on.query<WaitingLane>(unreadLanes, [limit])).rows;

/** Lanes with a promise that is due, and that can be kept now. */
export const lanesWithDue = async (on: Connection, limit: number): Promise<readonly WaitingLane[]> =>
  (await on.query<WaitingLane>(dueLanes, [limit])).rows;
