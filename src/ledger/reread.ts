/** Deliveries read when they meant nothing yet are read again, because now they do. */
import type { Transaction } from './transaction.ts';

/** How far back a delivery may lie that is looked for; further back it is no late neighbour. */
const mostBehind = 10_000;

/**
 * Comments on a number that came since then and were ignored become unread again, in their order. Answers how many.
 * They are looked for among the newest deliveries only, by their order, so that it costs the same in a large ledger.
 */
export const rereadComments = async (
  tx: Transaction,
  of: { readonly repositoryId: number; readonly number: number; readonly since: Date },
): Promise<number> => {
  const { rowCount } = await tx.query(
    `update deliveries
        set state = 'new', tries = 0, done_at = null
      where seq > (select coalesce(max(seq), 0) from deliveries) - $4::bigint
        and state = 'ignored' and event = 'issue_comment' and action = 'created'
        and repository_id = $1 and number = $2 and received_at >= $3`,
    [of.repositoryId, of.number, of.since, mostBehind],
  );
  return rowCount ?? 0;
};
