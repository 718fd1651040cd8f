/** Removing everything kept of one account: the only way anything leaves the streams, and only by an operator's word (threats T100). */
import type { Connection, Database } from './database.ts';
import { inTransaction, type Transaction } from './transaction.ts';

/** How many rows went, by table. */
export type Forgotten = Readonly<Record<string, number>>;

const ofRepository = 'repository_id = any($1::bigint[])';
const ofEpic = 'epic_id = any($2::text[])';
const ofLane = 'lane = any($3::text[])';
const ofInstallation = 'installation_id = any($4::bigint[])';

/** Every table that knows whom a row is about, and how. A table that is not here keeps nothing of anybody: a test looks. */
const owned: readonly (readonly [table: string, where: string])[] = [
  ['deliveries', `${ofRepository} or ${ofInstallation} or ${ofLane}`],
  ['events', ofEpic],
  ['causes', ofLane],
  ['promises', ofLane],
  ['painted', ofLane],
  ['etags', ofLane],
  ['subjects', ofRepository],
  ['pull_requests', ofRepository],
  ['check_runs', ofRepository],
  ['merge_groups', ofRepository],
  ['repairs', ofRepository],
  ['configurations', ofRepository],
  ['pins', ofRepository],
  ['loads', ofRepository],
  ['epics', ofRepository],
  ['rounds', `name = any(select 'survey/' || id from unnest($1::bigint[]) as id)`],
  ['spends', ofInstallation],
  ['pauses', ofInstallation],
  ['repositories', 'id = any($1::bigint[])'],
  ['installations', 'id = any($4::bigint[])'],
];

interface Keys {
  readonly repositories: readonly number[];
  readonly epics: readonly string[];
  readonly lanes: readonly string[];
  readonly installations: readonly number[];
}

const findKeys = async (on: Connection, account: string): Promise<Keys> => {
  const ids = async (sql: string, values: readonly unknown[]): Promise<readonly (number | string)[]> =>
    (await on.query<{ id: number | string }>(sql, values)).rows.map((row) => row.id);
  const installations = await ids('select id from installations where lower(account) = lower($1)', [account]);
  const repositories = await ids(
    'select id from repositories where lower(owner) = lower($1) or installation_id = any($2::bigint[])',
    [account, installations],
  );
  const epics = await ids('select id from epics where repository_id = any($1::bigint[])', [repositories]);
  const lanes = await ids(
    `select distinct lane as id
       from (select lane from causes union select lane from promises union select lane from painted
             union select lane from etags union select lane from deliveries) as all_lanes
      where lane = any($1::text[]) or substring(lane from '^(?:subject|repository|group):(\\d+)')::bigint = any($2::bigint[])
         or substring(lane from '^installation:(\\d+)')::bigint = any($3::bigint[])`,
    [epics.map((id) => `epic:${id}`), repositories, installations],
  );
  return {
    repositories: repositories.map(Number),
    epics: epics.map(String),
    lanes: lanes.map(String),
    installations: installations.map(Number),
  };
};

const [mostMinutes, minute] = [30, 60_000];

/** A transaction whose statements may take long: the pool's seconds are for deliveries, not for the history of years. */
const patient = async (tx: Transaction): Promise<Connection> => {
  const query_timeout = (mostMinutes + 1) * minute;
  await tx.query(`set local statement_timeout = ${mostMinutes * minute}`);
  return {
    query: (statement, values = []) => {
      const asked = typeof statement === 'string' ? { text: statement, values: [...values] } : statement;
      return tx.query({ ...asked, ...{ query_timeout } });
    },
  };
};

/**
 * Removes all rows about an account's installations and repositories in one transaction, and answers how many went from
 * where; nothing where the account is unknown. Takes the owner of the tables: the triggers that keep history are
 * set aside for this transaction alone. Run it after the App was uninstalled, or new deliveries bring rows back.
 */
export const forgetAccount = (db: Database, account: string): Promise<Forgotten> =>
  inTransaction(db, async (transaction) => {
    const tx = await patient(transaction);
    const { repositories, epics, lanes, installations } = await findKeys(tx, account);
    const gone: Record<string, number> = {};
    if (repositories.length + installations.length === 0) return gone;
    await tx.query('alter table events disable trigger append_only');
    for (const [table, where] of owned) {
      // Each statement names only some of the four lists; the others say their types here.
      const { rowCount } = await tx.query(
        `with lists as (select $1::bigint[], $2::text[], $3::text[], $4::bigint[]) delete from ${table} where ${where}`,
        [repositories, epics, lanes, installations],
      );
      if (rowCount !== null && rowCount > 0) gone[table] = rowCount;
    }
    await tx.query('alter table events enable trigger append_only');
    return gone;
  });

/** The tables that `forgetAccount` empties of an account. */
export const tablesForgotten: readonly string[] = owned.map(([table]) => table);
