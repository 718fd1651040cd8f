/** What has been handled already, refusals included. */
import type { Connection } from './database.ts';
import type { Transaction } from './transaction.ts';

/** Whether this cause was handled in this lane: what a redelivery, or a writer unsure of its commit, asks first (threats F03). */
export const isHandled = async (on: Connection, lane: string, cause: string): Promise<boolean> => {
  const { rowCount } = await on.query('select 1 from causes where lane = $1 and cause = $2', [lane, cause]);
  return rowCount === 1;
};

/**
 * Records a cause in the transaction that acts on it. Answers false when it was recorded before, then nothing may be
 * done again (design §9: a refusal leaves no event, but its cause).
 */
export const recordCause = async (tx: Transaction, lane: string, cause: string): Promise<boolean> => {
  const { rowCount } = await tx.query(
    'insert into causes (lane, cause) values ($1, $2) on conflict (lane, cause) do nothing',
    [lane, cause],
  );
  return rowCount === 1;
};
