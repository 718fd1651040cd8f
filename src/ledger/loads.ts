/** Who is busy with what in a repository: claims in progress and requests to review, derived from the events of each epic. */
import type { Load } from '../core/epic/loads.ts';
import type { Connection } from './database.ts';
import { VersionConflict } from './epics.ts';
import type { Transaction } from './transaction.ts';

const project = {
  name: 'project-loads',
  text: `
    with wanted as (
      select * from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::integer[], $8::timestamptz[], $9::boolean[])
                    as new (stage, kind, role, person_id, issue, since, open)
    ), closed as (
      update loads set open = false
       where epic_id = $1 and open
         and not exists (select from wanted
                          where (wanted.stage, wanted.kind, wanted.role, wanted.person_id)
                              = (loads.stage, loads.kind, loads.role, loads.person_id))
    )
    insert into loads (epic_id, repository_id, stage, kind, role, person_id, issue, since, open)
    select $1, $2, stage, kind, role, person_id, issue, since, open from wanted
    on conflict (epic_id, stage, kind, role, person_id) do update
       set repository_id = excluded.repository_id, issue = excluded.issue, since = excluded.since, open = excluded.open`,
};

/** Writes what an epic keeps people busy with, in the transaction of its events; what is not named is over. */
export const projectLoads = async (
  tx: Transaction,
  epic: { readonly id: string; readonly repositoryId: number },
  loads: readonly Load[],
): Promise<void> => {
  const values = [
    epic.id,
    epic.repositoryId,
    loads.map((one) => one.stage),
    loads.map((one) => one.kind),
    loads.map((one) => one.role),
    loads.map((one) => one.person),
    loads.map((one) => one.issue),
    loads.map((one) => one.since),
    loads.map((one) => one.open),
  ];
  await tx.query({ ...project, values });
};

/** Claims of a person, or of stages with one of these roles; one epic left out. */
export interface ClaimsAsked {
  readonly repositoryId: number;
  readonly except: string;
  readonly person: number;
  readonly roles: readonly string[];
}

/** Claims in progress in a repository that are asked for. */
export const claimsHeld = async (on: Connection, asked: ClaimsAsked): Promise<readonly Load[]> => {
  const { rows } = await on.query<Omit<Load, 'since'> & { since: Date }>(
    `select kind, stage, issue, person_id as person, role, since, open
       from loads
      where repository_id = $1 and open and kind = 'claim' and epic_id <> $2
        and (person_id = $3 or role = any($4::text[]))
      order by since, epic_id, stage`,
    [asked.repositoryId, asked.except, asked.person, asked.roles],
  );
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
};

/**
 * Makes sure that a claim is counted against what it was decided on: epics decide beside each other, and each would see
 * room for one more. From here on nobody else passes until the transaction ends. Throws VersionConflict where the claims
 * are others by now: then it is decided again.
 */
export const stillHeld = async (
  tx: Transaction,
  asked: ClaimsAsked,
  decidedOn: readonly Load[],
): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('claims ' || $1::bigint, 0))`, [
    asked.repositoryId,
  ]);
  if (JSON.stringify(await claimsHeld(tx, asked)) !== JSON.stringify(decidedOn))
    throw new VersionConflict(`Others have claimed in repository ${asked.repositoryId} meanwhile.`);
};

/** How often somebody is waited for, and when they were last asked. */
export interface Asked {
  readonly person: number;
  readonly open: number;
  /** ISO 8601. */
  readonly last: string;
}

/** Requests to review in a repository, by person; nobody who was never asked. */
export const requestsTo = async (
  on: Connection,
  repositoryId: number,
  people: readonly number[],
): Promise<readonly Asked[]> => {
  const { rows } = await on.query<{ person: number; open: number; last: Date }>(
    `select person_id as person, count(distinct (epic_id, stage)) filter (where open)::integer as open, max(since) as last
       from loads
      where repository_id = $1 and kind = 'review' and person_id = any($2::bigint[])
      group by person_id`,
    [repositoryId, people],
  );
  return rows.map((row) => ({ ...row, last: row.last.toISOString() }));
};
