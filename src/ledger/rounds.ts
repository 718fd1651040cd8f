/** Jobs that all replicas share: who begins a round, and where the last one stood. */
import type { Connection } from './database.ts';

/**
 * Claims the next round of a job for this process. Answers false where another process, or this one, began a round less
 * than `every` milliseconds ago. Everybody may ask as often as they like.
 */
export const claimRound = async (on: Connection, name: string, every: number): Promise<boolean> => {
  const { rowCount } = await on.query(
    `insert into rounds as known (name, began) values ($1, clock_timestamp())
     on conflict (name) do update set began = clock_timestamp()
      where known.began <= clock_timestamp() - $2 * interval '1 millisecond'`,
    [name, every],
  );
  return rowCount === 1;
};

/** What the last finished round of a job left as a note; undefined before the first. */
export const readNote = async (on: Connection, name: string): Promise<string | undefined> => {
  const { rows } = await on.query<{ note: string | null }>('select note from rounds where name = $1', [name]);
  return rows[0]?.note ?? undefined;
};

/** Leaves a note for the next round. */
export const leaveNote = async (on: Connection, name: string, note: string): Promise<void> => {
  await on.query(
    `insert into rounds (name, began, note) values ($1, clock_timestamp(), $2)
     on conflict (name) do update set note = excluded.note`,
    [name, note],
  );
};
