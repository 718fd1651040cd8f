/** Promises not kept yet. */
import type { Connection } from './database.ts';

/** One promise to keep. Hand `wanted` back when it is kept: a wish made meanwhile stays due. */
export interface DuePromise {
  readonly lane: string;
  readonly key: string;
  readonly kind: string;
  readonly epicId: string | null;
  readonly payload: unknown;
  readonly wanted: number;
  readonly tries: number;
  /** The wish at which an attempt began whose outcome is unknown: look on GitHub before repeating it. */
  readonly started: number | null;
  readonly problem: string | null;
}

const dueInLane = {
  name: 'due-in-lane',
  text: `
    select lane, key, kind, epic_id as "epicId", payload, wanted, tries, started, problem
      from promises
     where lane = $1 and wanted > done and not given_up and (not_before is null or not_before <= now())
     order by priority, wanted
     limit $2`,
};

/** What is due in a lane: by priority, then in the order it was wished. */
export const due = async (on: Connection, lane: string, limit: number): Promise<DuePromise[]> => {
  const { rows } = await on.query<DuePromise>({ ...dueInLane, values: [lane, limit] });
  return rows;
};
