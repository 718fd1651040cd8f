/** What streams say against what lists, lanes and pages are told: byte for byte. */
import type { OpenedEpic } from '../../core/epic/state.ts';
import { plainText } from '../../ledger/plain-text.ts';
import type { Snapshot, TextRow } from '../../ledger/verify-snapshot.ts';
import { projection, rowOf } from '../epic-row.ts';
import type { Flaw } from './flaw.ts';
import type { Followed } from './follow-stream.ts';
import { loadFlaws } from './load-flaws.ts';

const moment = (date: Date | null): string | null =>
  date === null ? null : `${date.toISOString().slice(0, -1)}000`;

/** The row as the database prints it. Throws where a changed event holds no moment. */
const expectedRow = (state: OpenedEpic, { epicId, version, last }: Followed): TextRow => {
  const row = rowOf(state, { epicId, version, last });
  return {
    id: row.id,
    repository_id: String(row.repositoryId),
    number: String(row.number),
    title: plainText(row.title),
    workflow: plainText(row.workflow),
    status: row.status,
    version: String(row.version),
    opened_at: moment(row.openedAt),
    updated_at: moment(row.updatedAt),
    summary: JSON.stringify(row.summary),
    live_approvers: `{${row.liveApprovers.join(',')}}`,
    next_alarm: moment(row.nextAlarm),
  };
};

/** After an update nobody has laid hands on anything: whoever looks must know that before they look for a culprit. */
const byAnother = (found: TextRow): string =>
  found['made_of'] === `${projection}/${found['version']}`
    ? ''
    : '; another version of Gatehouse made it, and `gatehouse migrate` or a start of this one makes it again';

const projectionFlaws = (stream: Followed, found: TextRow | undefined): readonly Flaw[] => {
  const { epicId: epic, state } = stream;
  const flaw = (says: string): Flaw => ({ code: 'projection', epic, version: null, says });
  if (state === undefined) return [];
  if (found === undefined) return [flaw('it has no row in epics')];
  try {
    const expected = expectedRow(state, stream);
    const wrong = Object.keys(expected).filter((column) => expected[column] !== found[column]);
    return wrong.length === 0
      ? []
      : [flaw(`its row in epics is not what its events make: ${wrong.join(', ')}${byAnother(found)}`)];
  } catch (failure) {
    return [
      {
        ...flaw(`its row cannot be made: ${failure instanceof Error ? failure.message : failure}`),
        code: 'replay',
      },
    ];
  }
};

type ByPlace = ReadonlyMap<string, TextRow>;

// A number may have changed hands: then the other epic's stream answers for it.
const subjectFlaws = ({ epicId: epic, places }: Followed, rows: ByPlace): readonly Flaw[] => {
  const flaw = (place: string, says: string): Flaw => ({
    code: 'subject',
    epic,
    version: null,
    says: `number ${place} in subjects: ${says}`,
  });
  const missing = [...places].flatMap(([place, { kind, stage }]) => {
    const row = rows.get(place);
    if (row === undefined) return [flaw(place, 'is missing')];
    const differs = row['epic_id'] === epic && (row['kind'] !== kind || row['stage'] !== stage);
    return differs
      ? [flaw(place, `is ${row['kind']} ${row['stage'] ?? ''}, by its events ${kind} ${stage ?? ''}`)]
      : [];
  });
  // A pull request is put into an epic's lane before it is decided whether it belongs there.
  const surplus = [...rows]
    .filter(([place, row]) => row['epic_id'] === epic && row['kind'] !== 'pull' && !places.has(place))
    .map(([place]) => flaw(place, 'no event says so'));
  return [...missing, ...surplus];
};

const pullFlaws = ({ epicId: epic, state }: Followed, rows: ByPlace): readonly Flaw[] => {
  if (state === undefined) return [];
  const flaw = (place: string, says: string): Flaw => ({
    code: 'pull-request',
    epic,
    version: null,
    says: `pull request ${place}: ${says}`,
  });
  const linked = new Map(state.pulls.map((pull) => [`${state.subject.repository.id}/${pull.number}`, pull]));
  const missing = [...linked].flatMap(([place, { stage, link }]) => {
    const row = rows.get(place);
    if (row === undefined) return [flaw(place, 'is missing')];
    const same = row['epic_id'] !== epic || (row['stage'] === stage && row['link'] === link);
    return same && row['epic_id'] !== null
      ? []
      : [flaw(place, `is not ${link} to ${stage}, as its events say`)];
  });
  const surplus = [...rows]
    .filter(([place, row]) => row['epic_id'] === epic && !linked.has(place))
    .map(([place]) => flaw(place, 'is tied to the epic, and no event says so'));
  return [...missing, ...surplus];
};

const byPlace = (rows: readonly TextRow[]): ByPlace => new Map(rows.map((row) => [row['place'] ?? '', row]));

/** Compares some streams with everything derived from them. */
export const compareDerived = async (
  snapshot: Snapshot,
  streams: readonly Followed[],
): Promise<readonly Flaw[]> => {
  const ids = streams.map((stream) => stream.epicId);
  const places = streams.flatMap((stream) => [...stream.places.keys()]);
  const epics = new Map((await snapshot.epicRows(ids)).map((row) => [row['id'], row]));
  const subjects = byPlace(await snapshot.subjectRows(ids, places));
  const loads = Map.groupBy(await snapshot.loadRows(ids), (row) => row['epic_id']);
  const pulls = byPlace(await snapshot.pullRows(ids, places));
  return streams.flatMap((stream) => [
    ...projectionFlaws(stream, epics.get(stream.epicId)),
    ...subjectFlaws(stream, subjects),
    ...pullFlaws(stream, pulls),
    ...loadFlaws(stream, loads.get(stream.epicId) ?? []),
  ]);
};
