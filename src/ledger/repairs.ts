/** What was found different on GitHub and put right: for people who wonder why Gatehouse touched something. */
import type { Connection } from './database.ts';
import { plainText } from './plain-text.ts';
import type { Transaction } from './transaction.ts';

/** One thing put right. */
export interface Repair {
  readonly repositoryId: number;
  readonly epicId: string | null;
  /** What it was about: `checklist`, `stage:1_define`, `check:<sha>`, `comment:<id>`, `pull:<number>`, … */
  readonly object: string;
  /** What was done. */
  readonly what: string;
  /** What was found. */
  readonly why: string;
}

/** Writes them in the transaction that also promises the repair. */
export const noteRepairs = async (tx: Transaction, repairs: readonly Repair[]): Promise<void> => {
  if (repairs.length === 0) return;
  await tx.query(
    `insert into repairs (repository_id, epic_id, object, what, why)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])`,
    [
      repairs.map((one) => one.repositoryId),
      repairs.map((one) => one.epicId),
      repairs.map((one) => one.object),
      repairs.map((one) => plainText(one.what)),
      repairs.map((one) => plainText(one.why)),
    ],
  );
};

/** How often an object of an epic was put right within the last `minutes`. */
export const repairsSince = async (
  on: Connection,
  of: { readonly epicId: string; readonly object: string; readonly minutes: number },
): Promise<number> => {
  const { rows } = await on.query<{ count: number }>(
    `select count(distinct at) as count from repairs
      where epic_id = $1 and object = $2 and at > now() - $3 * interval '1 minute'`,
    [of.epicId, of.object, of.minutes],
  );
  return rows[0]?.count ?? 0;
};
