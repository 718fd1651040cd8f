/** What must hold after every schedule, whatever went wrong (threats §4.1). */
import type { EpicEvent } from '../../src/core/epic/events.ts';
import { replay } from '../../src/core/epic/evolve.ts';
import { summaryOf } from '../../src/engine/project-change.ts';
import { readStream } from '../../src/ledger/epics.ts';
import { getEpic } from '../../src/ledger/read-models/epics.ts';
import type { Theatre } from './theatre.ts';

const rows = async (
  theatre: Theatre,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly object[]> => (await theatre.admin.query<object>(sql, values)).rows;

const brokenChain = `
  select epic_id, version from events as event
   where hash <> chain_hash((select hash from events where epic_id = event.epic_id and version = event.version - 1), event)
      or (version > 1 and not exists (select 1 from events where epic_id = event.epic_id and version = event.version - 1))`;

/** I1: what got 2xx has a row that came to its end. */
const inbox = async (theatre: Theatre, since: number): Promise<readonly string[]> => {
  const acknowledged = theatre.github.deliveries.slice(since).filter((one) => one.statusCode === 202);
  const missing = await rows(
    theatre,
    `select guid from unnest($1::text[]) as told (guid)
      where not exists (select 1 from deliveries where deliveries.guid = told.guid and state in ('done', 'ignored'))`,
    [acknowledged.map((one) => one.guid)],
  );
  return missing.map((row) => `I1: answered 202 and not read: ${JSON.stringify(row)}`);
};

const allowed: Readonly<Record<string, readonly string[]>> = {
  '1_plan': ['octo-em'],
  '2_build': ['octo-em', 'octo-qalead'],
};

/** I4: nobody's approval was counted who may not give it. */
const approvals = (events: readonly EpicEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.type === 'ApprovalGiven' && !allowed[event.stage]?.includes(event.by.login)
      ? [`I4: ${event.by.login} approved ${event.stage}`]
      : [],
  );

/** I3: the stream has no gap, its chain holds, and folding it gives the row that lists show. */
const stream = async (theatre: Theatre, epicId: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const row of await rows(theatre, brokenChain))
    found.push(`I3: the chain is broken at ${JSON.stringify(row)}`);
  const { events, version } = await readStream(theatre.admin, epicId);
  const epic = replay(events);
  const row = await getEpic(theatre.admin, epicId);
  if (epic.status === 'unopened' || row === undefined) return [...found, 'I3: the epic is not there'];
  const folded = JSON.stringify([summaryOf(epic), epic.status, epic.title, version]);
  const live = JSON.stringify([row.summary, row.status, row.title, row.version]);
  if (folded !== live) found.push(`I3: folded ${folded}\n    but listed ${live}`);
  return [...found, ...approvals(events)];
};

/** Everything wrong with the ledger after a story; `since` counts the deliveries before it. */
export const violations = async (
  theatre: Theatre,
  epicId: string,
  since: number,
): Promise<readonly string[]> => {
  const unfinished = await rows(
    theatre,
    `select lane, key as what, problem from promises where wanted > done
     union all select lane, event, problem from deliveries where state in ('new', 'set_aside')`,
  );
  return [
    ...(await inbox(theatre, since)),
    ...(await stream(theatre, epicId)),
    ...unfinished.map((row) => `I6: not finished: ${JSON.stringify(row)}`),
  ];
};
