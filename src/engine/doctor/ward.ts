/** What an examination is given. */
import type { GitHub } from '../../github/octokit.ts';
import type { Database } from '../../ledger/database.ts';

/** Whom to examine. */
export interface Ward {
  readonly github: GitHub;
  /** Undefined where the ledger cannot be had: the rest is examined all the same. */
  readonly db: Database | undefined;
  readonly now: Date;
  /** Only this repository, and its installation; absent: all. */
  readonly only?: { readonly owner: string; readonly name: string } | undefined;
}
