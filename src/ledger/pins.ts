/** Names in `roles:` bound to the numeric id they had when first seen: a login taken over later gains nothing. */
import type { Connection } from './database.ts';

/** A name as the configuration writes it. */
export interface PinnedName {
  readonly repositoryId: number;
  readonly kind: 'user' | 'team';
  /** A login, or `org/team`; compared without regard to case. */
  readonly name: string;
}

/** The id a name is pinned to, or undefined. */
export const readPin = async (on: Connection, pinned: PinnedName): Promise<number | undefined> => {
  const { rows } = await on.query<{ id: number }>(
    'select id from pins where repository_id = $1 and kind = $2 and name = lower($3)',
    [pinned.repositoryId, pinned.kind, pinned.name],
  );
  return rows[0]?.id;
};

/** Pins a name to an id unless it is pinned already; answers with the id that holds. The first one wins for ever. */
export const pin = async (on: Connection, pinned: PinnedName & { readonly id: number }): Promise<number> => {
  const { rows } = await on.query<{ id: number }>(
    `insert into pins as known (repository_id, kind, name, id) values ($1, $2, lower($3), $4)
     on conflict (repository_id, kind, name) do update set id = known.id
     returning id`,
    [pinned.repositoryId, pinned.kind, pinned.name, pinned.id],
  );
  return rows[0]?.id ?? pinned.id;
};
