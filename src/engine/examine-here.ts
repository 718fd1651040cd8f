/** Opens what a configuration names, for as long as an examination takes. */
import { connectGitHub } from '../github/octokit.ts';
import { type Finding, notesOn } from './doctor/finding.ts';
import type { Ward } from './doctor/ward.ts';
import { examineAll } from './examine-installation.ts';
import { type LedgerPlace, NoLedger, type OpenLedger, openLedger } from './open-ledger.ts';

/** What of the service's configuration is looked at; nothing of it is printed. */
export interface Surroundings extends LedgerPlace {
  readonly appId: number;
  readonly privateKey: string;
  readonly apiUrl: string;
  readonly throttle: boolean;
}

const ledgerOrFinding = async (place: LedgerPlace): Promise<OpenLedger | Finding> => {
  try {
    return await openLedger(place, 'anySchema');
  } catch (failure) {
    if (!(failure instanceof NoLedger)) throw failure;
    return notesOn('ledger').wrong('database', failure.message, 'see DATABASE_URL or GATEHOUSE_DATA');
  }
};

/** Examines; changes nothing, neither in the ledger nor on GitHub. */
export const examineHere = async (
  surroundings: Surroundings,
  only: Ward['only'],
): Promise<readonly Finding[]> => {
  const github = connectGitHub(surroundings);
  const ledger = await ledgerOrFinding(surroundings);
  const found = 'check' in ledger ? [ledger] : [];
  const db = 'check' in ledger ? undefined : ledger.db;
  try {
    return [...found, ...(await examineAll({ github, db, only, now: new Date() }))];
  } finally {
    github.close();
    if ('close' in ledger) await ledger.close();
  }
};
