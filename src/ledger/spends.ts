/** What all replicas share of an installation's limits, and what survives a restart (threats A3, F22, F23). */
import type { Connection } from './database.ts';

/**
 * Asks to make `content` things on GitHub now. Answers 0 and notes them as spent, or how many milliseconds to wait: for
 * the limits of 80 a minute and 500 an hour, or because GitHub asked the installation to wait.
 */
export const reserve = async (on: Connection, installation: number, content: number): Promise<number> => {
  const { rows } = await on.query<{ wait: number }>({
    name: 'reserve-content',
    text: 'select reserve_content($1, $2) as wait',
    values: [installation, content],
  });
  return Math.ceil(rows[0]?.wait ?? 0);
};

/** A moment before which nothing may be sent for an installation. */
export interface SharedPause {
  readonly installation: number;
  /** Milliseconds since 1970 by this process's clock. */
  readonly until: number;
  readonly why: string;
}

/** Tells the other replicas that GitHub asked to wait; a later end replaces an earlier one. */
export const sharePause = async (
  on: Connection,
  { installation, until, why }: SharedPause,
): Promise<void> => {
  await on.query(
    `insert into pauses as known (installation_id, until, why)
     values ($1, clock_timestamp() + $2 * interval '1 millisecond', $3)
     on conflict (installation_id) do update set until = excluded.until, why = excluded.why
      where known.until < excluded.until`,
    [installation, Math.max(0, until - Date.now()), why],
  );
};

/** The pauses that still hold. */
export const sharedPauses = async (on: Connection): Promise<readonly SharedPause[]> => {
  const { rows } = await on.query<{ installation: number; left: number; why: string }>(
    `select installation_id as installation, why,
            (extract(epoch from until - clock_timestamp()) * 1000)::double precision as left
       from pauses where until > clock_timestamp()`,
  );
  return rows.map(({ installation, left, why }) => ({ installation, until: Date.now() + left, why }));
};
