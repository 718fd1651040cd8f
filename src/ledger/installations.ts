/** Where the App is installed. */
import type { Connection } from './database.ts';

/** One installation of the App. */
export interface KnownInstallation {
  readonly id: number;
  /** The account's login. */
  readonly account: string;
  readonly state: 'active' | 'suspended' | 'deleted';
}

/** Saves what is new about an installation; answers whether anything was. */
export const saveInstallation = async (
  on: Connection,
  { id, account, state }: KnownInstallation,
): Promise<boolean> => {
  const { rowCount } = await on.query(
    `insert into installations as known (id, account, state) values ($1, $2, $3)
     on conflict (id) do update set account = excluded.account, state = excluded.state
      where (known.account, known.state) is distinct from (excluded.account, excluded.state)`,
    [id, account, state],
  );
  return rowCount === 1;
};

/** One installation, or undefined when it was never seen. */
export const readInstallation = async (
  on: Connection,
  id: number,
): Promise<KnownInstallation | undefined> => {
  const { rows } = await on.query<KnownInstallation>(
    'select id, account, state from installations where id = $1',
    [id],
  );
  return rows[0];
};
