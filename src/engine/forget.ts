/** An operator's word: everything kept of an account is removed (threats T100). */
import type { Database } from '../ledger/database.ts';
import { type Forgotten, forgetAccount } from '../ledger/forget.ts';

/** How many rows went, by table; empty where nothing is kept of the account. */
export const forget = (db: Database, account: string): Promise<Forgotten> => forgetAccount(db, account);
