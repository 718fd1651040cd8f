/** How an attempt to keep a promise begins and ends. */
import type { Connection } from './database.ts';
import { plainText } from './plain-text.ts';

/** Names one wish of one promise. */
export interface Attempt {
  readonly lane: string;
  readonly key: string;
  /** The wish that was read as due. */
  readonly wanted: number;
}

/** Why an attempt failed and what follows. */
export interface Failure extends Attempt {
  readonly problem: string;
  /** When to try again; null gives up until somebody wishes it anew. */
  readonly retryAt: Date | null;
  /** True when it is certain that GitHub did nothing, so that the next attempt need not look first. */
  readonly nothingHappened: boolean;
  /** False where GitHub asked to wait: that is no attempt (threats F22). */
  readonly counts?: boolean;
}

/**
 * Notes, before a request that must not be repeated blindly, that it is about to be sent (threats F06); what was wrong
 * before is over. `alike`: the key of a promise of the same lane that would send the same.
 */
export const began = async (
  on: Connection,
  { lane, key, wanted }: Attempt,
  alike?: string,
): Promise<void> => {
  await on.query(
    `update promises
        set started = case key when $2 then $3 else wanted end,
            problem = case key when $2 then null else problem end
      where lane = $1 and (key = $2 or (key = $4 and wanted > done))`,
    [lane, key, wanted, alike ?? key],
  );
};

/** The promise is kept as of the wish that was seen; one made meanwhile stays due. An older report changes nothing. */
export const kept = async (on: Connection, { lane, key, wanted }: Attempt): Promise<void> => {
  await on.query(
    `update promises
        set done = $3, tries = 0, started = null, not_before = null, problem = null, given_up = false,
            given_up_at = null
      where lane = $1 and key = $2 and done < $3`,
    [lane, key, wanted],
  );
};

/** The attempt failed; the promise waits until `retryAt`, or is given up unless it was wished anew meanwhile. */
export const failed = async (on: Connection, failure: Failure): Promise<void> => {
  const { lane, key, wanted, problem, retryAt, nothingHappened, counts = true } = failure;
  await on.query(
    `update promises
        set tries = tries + $7, problem = $4, not_before = $5::timestamptz,
            given_up = $5::timestamptz is null and wanted = $3,
            given_up_at = case when $5::timestamptz is null and wanted = $3 then now() end,
            started = case when $6 then null else started end
      where lane = $1 and key = $2 and done < $3`,
    [lane, key, wanted, plainText(problem), retryAt, nothingHappened, counts ? 1 : 0],
  );
};
