/** Forgetting what a ledger brought back from a copy cannot know: what GitHub shows, and whether what was under way was done. */
import type { Transaction } from './transaction.ts';

/** How many rows are looked at anew. */
export interface Doubted {
  /** Promises that are looked for on GitHub before they are kept again (threats F06). */
  readonly promises: number;
  /** Issues and checks that are written again, whatever they are thought to show. */
  readonly shown: number;
}

/** Nothing is lost by it: what is true of GitHub is found out again. */
export const doubtEverything = async (tx: Transaction): Promise<Doubted> => {
  const promises = await tx.query('update promises set started = wanted where wanted > done');
  const painted = await tx.query(`update painted set digest = '' where digest <> ''`);
  const checks = await tx.query(`update check_runs set digest = '' where digest <> ''`);
  await tx.query('delete from etags');
  return { promises: promises.rowCount ?? 0, shown: (painted.rowCount ?? 0) + (checks.rowCount ?? 0) };
};
