/** The whole ledger as it is at one moment, read piece by piece: for comparing it with itself while the service goes on. */
import pg from 'pg';
import type { ChainedEvent } from './verify-chain.ts';

/** A read model's row, every column as text. */
export type TextRow = Readonly<Record<string, string | null>>;

/** The last known event of a stream. */
export interface Head {
  readonly epic: string;
  readonly version: number;
  /** Hexadecimal. */
  readonly hash: string;
}

/** One moment of the ledger; nothing that is appended meanwhile shows. */
export interface Snapshot {
  /** All events, stream by stream, each in order of version; some at a time. */
  readonly events: () => AsyncGenerator<readonly ChainedEvent[]>;
  readonly epicRows: (epics: readonly string[]) => Promise<readonly TextRow[]>;
  /** Rows of these epics, and of whatever these numbers belong to (`repository/number`). */
  readonly subjectRows: (epics: readonly string[], places: readonly string[]) => Promise<readonly TextRow[]>;
  readonly pullRows: (epics: readonly string[], places: readonly string[]) => Promise<readonly TextRow[]>;
  /** What epics keep people busy with; `epic_id` says whose. */
  readonly loadRows: (epics: readonly string[]) => Promise<readonly TextRow[]>;
  /** Epics that read models speak of and no event does. */
  readonly orphans: () => Promise<readonly string[]>;
  /** The hash of each of these events, in the same order; null where there is no such event. */
  readonly hashesAt: (heads: readonly Head[]) => Promise<readonly (string | null)[]>;
}

const page = 2_000;
const moment = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;

const declareEvents = `
  declare everything no scroll cursor for
  select epic_id as "epicId", version, type, data::text as data, cause, actor_id::text as "actorId",
         ${moment('at')} as at, position::text as position, hash
    from events order by epic_id, version`;

const epicRows = `
  select id, repository_id::text, number::text, title, workflow, status, version::text,
         ${moment('opened_at')} as opened_at, ${moment('updated_at')} as updated_at, summary::text,
         live_approvers::text, ${moment('next_alarm')} as next_alarm, made_of
    from epics where id = any($1)`;

const chosen = `epic_id = any($1)
     or (repository_id, number) in (select split_part(place, '/', 1)::bigint, split_part(place, '/', 2)::integer
                                      from unnest($2::text[]) as place)`;
const subjectRows = `
  select repository_id || '/' || number as place, kind, epic_id, stage from subjects where ${chosen}`;
const pullRows = `
  select repository_id || '/' || number as place, epic_id, stage, link from pull_requests where ${chosen}`;

const loadRows = `
  select epic_id, stage, kind, role, person_id::text, repository_id::text, issue::text, ${moment('since')} as since,
         open::text
    from loads where epic_id = any($1) order by epic_id, stage, kind, role, person_id`;

const orphans = `
  select id from (select id from epics union select epic_id from subjects union select epic_id from loads) as spoken (id)
   where not exists (select 1 from events where epic_id = spoken.id and version = 1) order by id`;

const hashesAt = `
  select encode(hash, 'hex') as hash
    from unnest($1::text[], $2::integer[]) with ordinality as known (epic, version, n)
    left join events on events.epic_id = known.epic and events.version = known.version
   order by n`;

const snapshotOn = (client: pg.Client): Snapshot => {
  const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> =>
    (await client.query<Row>(text, values)).rows;
  return {
    async *events() {
      await client.query(declareEvents);
      for (;;) {
        const some = await rows<ChainedEvent>(`fetch ${page} from everything`, []);
        if (some.length === 0) break;
        yield some;
      }
      await client.query('close everything');
    },
    epicRows: (epics) => rows(epicRows, [epics]),
    subjectRows: (epics, places) => rows(subjectRows, [epics, places]),
    pullRows: (epics, places) => rows(pullRows, [epics, places]),
    loadRows: (epics) => rows(loadRows, [epics]),
    orphans: async () => (await rows<{ id: string }>(orphans, [])).map(({ id }) => id),
    hashesAt: async (heads) => {
      const values = [heads.map((one) => one.epic), heads.map((one) => one.version)];
      return (await rows<{ hash: string | null }>(hashesAt, values)).map(({ hash }) => hash);
    },
  };
};

/**
 * Runs `work` on one moment of the ledger, on a connection of its own: it may take longer than the pool's timeouts allow.
 * Writes nothing, waits for nobody and keeps nobody waiting.
 */
export const withSnapshot = async <T>(url: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, application_name: 'gatehouse verify' });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    return await work(snapshotOn(client));
  } finally {
    await client.end();
  }
};
