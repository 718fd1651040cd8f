/** Every epic as lists and pages show it; written with the events it is derived from. */
import type { Connection } from '../database.ts';
import { plainText } from '../plain-text.ts';
import type { Transaction } from '../transaction.ts';

/** One epic's row. */
export interface EpicRow {
  readonly id: string;
  readonly repositoryId: number;
  readonly number: number;
  readonly title: string;
  readonly workflow: string;
  readonly status: 'running' | 'paused' | 'done' | 'cancelled';
  readonly version: number;
  readonly openedAt: Date;
  readonly updatedAt: Date;
  /** What lists and pages show beyond the columns; the engine decides its shape. */
  readonly summary: unknown;
  /** Ids of people whose approvals count at a gate that is open now. */
  readonly liveApprovers: readonly number[];
  /** When something happens by itself if nothing else does. */
  readonly nextAlarm: Date | null;
}

const columns = `
  id, repository_id as "repositoryId", number, title, workflow, status, version, opened_at as "openedAt",
  updated_at as "updatedAt", summary, live_approvers as "liveApprovers", next_alarm as "nextAlarm"`;

const project = {
  name: 'project-epic',
  text: `
    insert into epics as known
           (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary, live_approvers,
            next_alarm, made_of)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    on conflict (id) do update
       set repository_id = excluded.repository_id, number = excluded.number, title = excluded.title,
           workflow = excluded.workflow, status = excluded.status, version = excluded.version,
           opened_at = excluded.opened_at, updated_at = excluded.updated_at, summary = excluded.summary,
           live_approvers = excluded.live_approvers, next_alarm = excluded.next_alarm, made_of = excluded.made_of
     where known.version <= excluded.version`,
};

/** Writes an epic's row in the transaction that appended its events. A row of a later version is left alone, and the answer is false. `projection`: the number of the code that made it. */
export const projectEpic = async (tx: Transaction, row: EpicRow, projection: number): Promise<boolean> => {
  const values = [
    row.id,
    row.repositoryId,
    row.number,
    plainText(row.title),
    plainText(row.workflow),
    row.status,
    row.version,
    row.openedAt,
    row.updatedAt,
    JSON.stringify(row.summary),
    row.liveApprovers,
    row.nextAlarm,
    `${projection}/${row.version}`,
  ];
  return (await tx.query({ ...project, values })).rowCount === 1;
};

/** One epic's row, or undefined. */
export const getEpic = async (on: Connection, id: string): Promise<EpicRow | undefined> => {
  const { rows } = await on.query<EpicRow>(`select ${columns} from epics where id = $1`, [id]);
  return rows[0];
};

/** A page of epics, the last changed first; `before` is the last row of the page before. */
export const listEpics = async (
  on: Connection,
  page: {
    readonly status?: EpicRow['status'] | undefined;
    readonly limit: number;
    readonly before?: { readonly updatedAt: Date; readonly id: string } | undefined;
  },
): Promise<EpicRow[]> => {
  const { rows } = await on.query<EpicRow>(
    `select ${columns}
       from epics
      where ($1::text is null or status = $1)
        and ($2::timestamptz is null or (updated_at, id) < ($2, $3))
      order by updated_at desc, id desc
      limit $4`,
    [page.status ?? null, page.before?.updatedAt ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
};
