/** Promises: what GitHub must be told, written with the events that made it necessary. */
import type { Transaction } from './transaction.ts';

interface Wish {
  readonly lane: string;
  /** The object's stable name in its lane, for example `stage:1_define`; with `once`, cause and index are part of it. */
  readonly key: string;
  /** The effect's kind; the ledger does not interpret it. */
  readonly kind: string;
  readonly epicId?: string | undefined;
  /** Smaller goes first; 0 when absent. */
  readonly priority?: number | undefined;
}

/** Make an object show what is true now: many wishes for one key are kept by one request. */
export interface KeepInStep extends Wish {
  readonly once: false;
}

/** Say something a single time: a reply, a reaction. A key that was ever promised is not promised again. */
export interface SayOnce extends Wish {
  readonly once: true;
  readonly payload: unknown;
}

// A newer wish gives a promise that was given up another chance, but does not shorten a wait GitHub asked for.
const keepInStep = {
  name: 'promise-keep-in-step',
  text: `
    insert into promises as known (lane, key, kind, epic_id, priority, wanted)
    select lane, key, kind, epic_id, priority, nextval('wishes')
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[])
           as new (lane, key, kind, epic_id, priority)
     order by lane, key
    on conflict (lane, key) do update
       set kind = excluded.kind, epic_id = excluded.epic_id, priority = excluded.priority, wanted = excluded.wanted,
           given_up = false, given_up_at = null,
           due_since = case when known.wanted > known.done then known.due_since else now() end,
           tries = case when known.given_up then 0 else known.tries end,
           problem = case when known.given_up then null else known.problem end
    returning lane, key, not_before is not null and not_before > now() as waits`,
};

const sayOnce = {
  name: 'promise-say-once',
  text: `
    insert into promises (lane, key, kind, epic_id, priority, payload, wanted)
    select lane, key, kind, epic_id, priority, payload, nextval('wishes')
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::json[]) with ordinality
           as new (lane, key, kind, epic_id, priority, payload, n)
     order by n
    on conflict (lane, key) do nothing`,
};

const columns = (wishes: readonly Wish[]): unknown[] => [
  wishes.map((wish) => wish.lane),
  wishes.map((wish) => wish.key),
  wishes.map((wish) => wish.kind),
  wishes.map((wish) => wish.epicId ?? null),
  wishes.map((wish) => wish.priority ?? 0),
];

/**
 * Writes promises in the transaction of the events they follow from. The same key twice in one call counts once. Answers
 * those to be kept in step that cannot be kept yet, because an attempt before failed.
 */
export const promise = async (
  tx: Transaction,
  effects: readonly (KeepInStep | SayOnce)[],
): Promise<readonly KeepInStep[]> => {
  const said = effects.filter((effect) => effect.once);
  const steps = effects.filter((effect) => !effect.once);
  const distinct = [...new Map(steps.map((step) => [JSON.stringify([step.lane, step.key]), step])).values()];
  const { rows } =
    distinct.length === 0
      ? { rows: [] }
      : await tx.query<{ lane: string; key: string; waits: boolean }>({
          ...keepInStep,
          values: columns(distinct),
        });
  const waiting = rows.filter((row) => row.waits);
  if (said.length > 0) {
    const payloads = said.map((effect) => JSON.stringify(effect.payload ?? null));
    await tx.query({ ...sayOnce, values: [...columns(said), payloads] });
  }
  return distinct.filter(({ lane, key }) => waiting.some((row) => row.lane === lane && row.key === key));
};
