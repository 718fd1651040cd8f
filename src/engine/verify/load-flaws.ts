/** What people are busy with by an epic's events, against what limits of work in progress and the choice of reviewers count. */
import { type Load, loadsOf } from '../../core/epic/loads.ts';
import type { TextRow } from '../../ledger/verify-snapshot.ts';
import type { Flaw } from './flaw.ts';
import type { Followed } from './follow-stream.ts';

/** The row as the database prints it, without its epic. */
const expectedRow = (repositoryId: number, load: Load): TextRow => ({
  stage: load.stage,
  kind: load.kind,
  role: load.role,
  person_id: String(load.person),
  repository_id: String(repositoryId),
  issue: load.issue === null ? null : String(load.issue),
  since: `${new Date(load.since).toISOString().slice(0, -1)}000`,
  open: String(load.open),
});

const keyOf = (row: TextRow): string =>
  JSON.stringify([row['stage'], row['kind'], row['role'], row['person_id']]);

const named = (row: TextRow): string =>
  `${row['kind']} of ${row['stage']} by ${row['person_id']} as ${row['role']} in loads`;

/**
 * Each thing in somebody's hands has its row, and nothing else is open. Rows that are over stay, so that the next one asked
 * is another: of those the events of a later round tell no more.
 */
export const loadFlaws = ({ epicId: epic, state }: Followed, rows: readonly TextRow[]): readonly Flaw[] => {
  if (state === undefined) return [];
  const flaw = (says: string): Flaw => ({ code: 'load', epic, version: null, says });
  const repositoryId = state.subject.repository.id;
  const expected = new Map(
    loadsOf(state).map((load) => {
      const row = expectedRow(repositoryId, load);
      return [keyOf(row), row];
    }),
  );
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  const wrong = [...expected].flatMap(([key, row]) => {
    const there = found.get(key);
    if (there === undefined) return [flaw(`${named(row)}: is missing`)];
    const differs = Object.keys(row).filter((column) => row[column] !== there[column]);
    return differs.length === 0
      ? []
      : [flaw(`${named(row)}: is not what its events make: ${differs.join(', ')}`)];
  });
  const surplus = rows
    .filter((row) => row['open'] === 'true' && !expected.has(keyOf(row)))
    .map((row) => flaw(`${named(row)}: is open, and no event says so`));
  return [...wrong, ...surplus];
};
