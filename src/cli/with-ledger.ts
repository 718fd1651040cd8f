/** Opens the service's ledger for a verb, and says in one line why it cannot. */
import { NoLedger, type OpenLedger, openLedger } from '../engine/open-ledger.ts';
import type { ExitCode } from './verb.ts';

type Work = (db: OpenLedger['db']) => Promise<ExitCode>;

const given = (name: string): string | undefined => {
  const value = process.env[name];
  return value === '' ? undefined : value;
};

/** As for the service: what is no such address would be taken for one of this machine, and another ledger be judged. */
const isPostgres = (url: string): boolean =>
  ['postgres:', 'postgresql:'].includes(URL.parse(url)?.protocol ?? '');

const malformed =
  'DATABASE_URL must be a URL like postgres://user:password@host:5432/gatehouse, with %2F for a / in the password';

/** Where the environment says the ledger is (contract §1); nothing else of it is needed. */
export const ledgerPlace = (): Parameters<typeof openLedger>[0] => ({
  databaseUrl: given('DATABASE_URL'),
  dataDirectory: given('GATEHOUSE_DATA') ?? './.gatehouse',
});

/** Whoever asks with an older program may be told things that are not so. */
const warnOf = (unknown: readonly string[]): void => {
  if (unknown.length > 0)
    process.stderr.write(
      `gatehouse: the database has ${unknown.join(', ')}: a newer Gatehouse uses it, and its command line knows better\n`,
    );
};

/** Runs `work` on the open ledger and closes it; 2 where it cannot be had (contract §7). */
export const withLedger = async (work: Work, ...anySchema: readonly 'anySchema'[]): Promise<ExitCode> => {
  try {
    const place = ledgerPlace();
    if (place.databaseUrl !== undefined && !isPostgres(place.databaseUrl)) throw new NoLedger(malformed);
    const ledger = await openLedger(place, anySchema[0]);
    warnOf(ledger.unknown);
    try {
      return await work(ledger.db);
    } finally {
      await ledger.close();
    }
  } catch (failure) {
    if (!(failure instanceof NoLedger)) throw failure;
    process.stderr.write(`gatehouse: ${failure.message}\n`);
    return 2;
  }
};
