/** Moving a number into an epic's lane, or out of it. */
import type { KnownSubject } from './subjects.ts';
import type { Transaction } from './transaction.ts';

/**
 * Says what numbers are from now on. Their unread deliveries move to the epic's lane in the same transaction, so
 * that they are read in the order they came. A number that belonged to another epic changes hands.
 */
export const placeSubjects = async (tx: Transaction, subjects: readonly KnownSubject[]): Promise<void> => {
  const values = [
    subjects.map((subject) => subject.repositoryId),
    subjects.map((subject) => subject.number),
    subjects.map((subject) => subject.kind),
    subjects.map((subject) => subject.epicId),
    subjects.map((subject) => subject.stage),
  ];
  await tx.query(
    `insert into subjects as known (repository_id, number, kind, epic_id, stage)
     select * from unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::text[])
     on conflict (repository_id, number) do update
        set kind = excluded.kind, epic_id = excluded.epic_id, stage = excluded.stage
      where (known.kind, known.epic_id, known.stage) is distinct from (excluded.kind, excluded.epic_id, excluded.stage)`,
    values,
  );
  await tx.query(
    `update deliveries
        set lane = 'epic:' || new.epic_id
       from unnest($1::bigint[], $2::integer[], $3::text[]) as new (repository_id, number, epic_id)
      where deliveries.state = 'new'
        and deliveries.repository_id = new.repository_id
        and deliveries.number = new.number
        and deliveries.lane <> 'epic:' || new.epic_id`,
    [values[0], values[1], values[3]],
  );
};

/** Forgets a number, for instance a pull request no longer linked. Deliveries already in the epic's lane stay there. */
export const removeSubject = async (tx: Transaction, repositoryId: number, number: number): Promise<void> => {
  await tx.query('delete from subjects where repository_id = $1 and number = $2', [repositoryId, number]);
};
