/** A ledger's owner with bad intentions: switches the triggers off and changes the past, one way at a time. */
import type pg from 'pg';
import { type ChainedEvent, chainHash, chainStart } from '../../src/ledger/verify-chain.ts';

/** A source of chance: a whole number below `n`. */
export type Chance = (n: number) => number;

/** One way of tampering; answers false where the chosen rows do not allow it. */
export interface Tampering {
  readonly name: string;
  /** `heads`: whoever knows the algorithm left nothing inside the ledger that could tell. */
  readonly foundBy: 'ledger' | 'heads';
  readonly run: (client: pg.Client, chance: Chance) => Promise<boolean>;
}

/** A small generator, the same for a seed everywhere. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
};

interface Place {
  readonly epic: string;
  readonly version: number;
  /** Of the stream. */
  readonly last: number;
}

const places = async (client: pg.Client): Promise<readonly Place[]> =>
  (
    await client.query<Place>(
      `select epic_id as epic, version, max(version) over (partition by epic_id) as last from events
        order by epic_id, version`,
    )
  ).rows;

const anyPlace = async (client: pg.Client, chance: Chance): Promise<Place> => {
  const all = await places(client);
  const place = all[chance(all.length)];
  if (place === undefined) throw new Error('there are no events');
  return place;
};

/** `changes`: a condition without which nothing would be changed. */
const set =
  (assignment: string, changes = 'true') =>
  async (client: pg.Client, chance: Chance): Promise<boolean> => {
    const { epic, version } = await anyPlace(client, chance);
    const where = `where epic_id = $1 and version = $2 and ${changes}`;
    const { rowCount } = await client.query(`update events set ${assignment} ${where}`, [epic, version]);
    return rowCount === 1;
  };

const one = (name: string, assignment: string, changes?: string): Tampering => ({
  name,
  foundBy: 'ledger',
  run: set(assignment, changes),
});

const rows =
  (table: string, statement: string) =>
  async (client: pg.Client, chance: Chance): Promise<boolean> => {
    const ids = await client.query<{ row: string }>(`select ctid::text as row from ${table} order by ctid`);
    const row = ids.rows[chance(ids.rows.length)]?.row;
    const { rowCount } = await client.query(`${statement} where ctid = $1::tid`, [row]);
    return rowCount === 1;
  };

const derived = (name: string, table: string, statement: string): Tampering => ({
  name,
  foundBy: 'ledger',
  run: rows(table, statement),
});

const readStream = async (client: pg.Client, epic: string): Promise<readonly ChainedEvent[]> =>
  (
    await client.query<ChainedEvent>(
      `select epic_id as "epicId", version, type, data::text as data, cause, actor_id::text as "actorId",
              to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, position::text as position, hash
         from events where epic_id = $1 order by version`,
      [epic],
    )
  ).rows;

/** Makes the hashes from `from` to `to` right again. */
const rehash = async (client: pg.Client, epic: string, from: number, to: number): Promise<void> => {
  let previous = chainStart;
  for (const event of await readStream(client, epic)) {
    const inside = event.version >= from && event.version <= to;
    const hash = inside ? chainHash(previous, event) : event.hash;
    if (inside)
      await client.query('update events set hash = $3 where epic_id = $1 and version = $2', [
        epic,
        event.version,
        hash,
      ]);
    previous = hash;
  }
};

const changeCause = (client: pg.Client, { epic, version }: Place): Promise<unknown> =>
  client.query(`update events set cause = cause || '!' where epic_id = $1 and version = $2`, [epic, version]);

const swap =
  (columns: readonly string[]) =>
  async (client: pg.Client, chance: Chance): Promise<boolean> => {
    const one = await anyPlace(client, chance);
    const other = await anyPlace(client, chance);
    if (one.epic === other.epic && one.version === other.version) return false;
    const taken = columns.map((column) => `${column} = theirs.${column}`).join(', ');
    await client.query(
      `update events set ${taken}
         from (select epic_id as e, version as v, ${columns.join(', ')} from events) as theirs
        where (epic_id, version, e, v) in (($1, $2::int, $3, $4::int), ($3, $4::int, $1, $2::int))`,
      [one.epic, one.version, other.epic, other.version],
    );
    return true;
  };

/** Deletes the newest events of a stream; `cover` makes the read model say so too. */
const truncate =
  (cover: boolean) =>
  async (client: pg.Client, chance: Chance): Promise<boolean> => {
    const { epic, version } = await anyPlace(client, chance);
    if (version === 1) return false;
    await client.query('delete from events where epic_id = $1 and version >= $2', [epic, version]);
    if (cover) await client.query('update epics set version = $2 where id = $1', [epic, version - 1]);
    return true;
  };

const streams: readonly Tampering[] = [
  one('an event of another epic', `epic_id = epic_id || '7'`),
  one('another version', 'version = version + 1000'),
  one('another type', `type = type || 'd'`),
  one('a blank in its JSON', `data = (' ' || data::text)::json`),
  one('a name in its JSON', `data = replace(data::text, 'octo', 'Octo')::json`, `data::text like '%octo%'`),
  one(
    'a time in its JSON',
    `data = replace(data::text, '"at":"20', '"at":"19')::json`,
    `data::text like '%"at":"20%'`,
  ),
  one('another cause', `cause = cause || ' '`),
  one('another person', 'actor_id = coalesce(actor_id, 0) + 1'),
  one('nobody', 'actor_id = case when actor_id is null then 1 end'),
  one('a microsecond later', `at = at + interval '1 microsecond'`),
  one('another position', 'position = position + 1000000'),
  one('a bit of its hash', 'hash = set_bit(hash, 77, 1 - get_bit(hash, 77))'),
  { name: 'deleted', foundBy: 'ledger', run: rows('events', 'delete from events') },
  {
    name: 'inserted behind the last, chained as if Gatehouse had written it',
    foundBy: 'ledger',
    run: async (client, chance) => {
      const { epic, last } = await anyPlace(client, chance);
      await client.query(
        `insert into events (epic_id, version, type, data, cause, actor_id, at, hash)
         select epic_id, version + 1, type, data, cause, actor_id, at, hash from events
          where epic_id = $1 and version = $2`,
        [epic, last],
      );
      await rehash(client, epic, last + 1, last + 1);
      return true;
    },
  },
  {
    name: 'a whole stream of its own, chained',
    foundBy: 'ledger',
    run: async (client, chance) => {
      const { epic } = await anyPlace(client, chance);
      await client.query(
        `insert into events (epic_id, version, type, data, cause, actor_id, at, hash)
         select epic_id || '9', version, type, data, cause, actor_id, at, hash from events where epic_id = $1`,
        [epic],
      );
      await rehash(client, `${epic}9`, 1, Number.POSITIVE_INFINITY);
      return true;
    },
  },
  {
    name: 'what two events say swapped',
    foundBy: 'ledger',
    run: swap(['type', 'data', 'cause', 'actor_id', 'at']),
  },
  {
    name: 'two events swapped, hashes too',
    foundBy: 'ledger',
    run: swap(['type', 'data', 'cause', 'actor_id', 'at', 'hash']),
  },
  {
    name: 'two versions reordered',
    foundBy: 'ledger',
    run: async (client, chance) => {
      const { epic, version, last } = await anyPlace(client, chance);
      if (version === last) return false;
      await client.query(
        'update events set version = version + 1000000 where epic_id = $1 and version in ($2, $2 + 1)',
        [epic, version],
      );
      await client.query(
        'update events set version = 2 * $2 + 1000001 - version where epic_id = $1 and version > 1000000',
        [epic, version],
      );
      return true;
    },
  },
  { name: 'the tail cut off', foundBy: 'ledger', run: truncate(false) },
  { name: 'the tail cut off, and the list told so', foundBy: 'heads', run: truncate(true) },
  {
    name: 'changed and hashed anew, but not those behind it',
    foundBy: 'ledger',
    run: async (client, chance) => {
      const place = await anyPlace(client, chance);
      if (place.version === place.last) return false;
      await changeCause(client, place);
      await rehash(client, place.epic, place.version, place.version);
      return true;
    },
  },
  {
    name: 'changed and hashed anew to the end',
    foundBy: 'heads',
    run: async (client, chance) => {
      const place = await anyPlace(client, chance);
      await changeCause(client, place);
      await rehash(client, place.epic, place.version, place.last);
      return true;
    },
  },
  {
    name: 'a whole epic gone, from lists too',
    foundBy: 'heads',
    run: async (client, chance) => {
      const { epic } = await anyPlace(client, chance);
      await client.query('delete from events where epic_id = $1', [epic]);
      await client.query('delete from epics where id = $1', [epic]);
      await client.query('delete from subjects where epic_id = $1', [epic]);
      await client.query('update pull_requests set epic_id = null, stage = null where epic_id = $1', [epic]);
      return true;
    },
  },
];

const lists: readonly Tampering[] = [
  derived('the list: a title', 'epics', `update epics set title = title || ' '`),
  derived(
    'the list: a status',
    'epics',
    `update epics set status = case status when 'done' then 'running' else 'done' end`,
  ),
  derived('the list: a version', 'epics', 'update epics set version = version + 1'),
  derived(
    'the list: a microsecond',
    'epics',
    `update epics set updated_at = updated_at + interval '1 microsecond'`,
  ),
  derived(
    'the list: a blank in the summary',
    'epics',
    `update epics set summary = (summary::text || ' ')::json`,
  ),
  derived('the list: who approved', 'epics', `update epics set live_approvers = live_approvers || 7::bigint`),
  derived(
    'the list: the alarm',
    'epics',
    `update epics set next_alarm = coalesce(next_alarm, now()) + interval '1 day'`,
  ),
  derived('the list: another number', 'epics', 'update epics set number = number + 1'),
  derived('the list: an epic gone', 'epics', 'delete from epics'),
  derived('the list: an epic nobody started', 'epics', `update epics set id = id || '5'`),
  derived('lanes: an issue of another epic', 'subjects', `update subjects set epic_id = epic_id || '5'`),
  derived(
    'lanes: another kind',
    'subjects',
    `update subjects set kind = case kind when 'epic' then 'stage' else 'epic' end`,
  ),
  derived('lanes: an issue gone', 'subjects', 'delete from subjects'),
  derived('lanes: another issue', 'subjects', 'update subjects set number = number + 5000'),
  {
    name: 'pull requests: tied to another stage',
    foundBy: 'ledger',
    run: async (client) => {
      const { rowCount } = await client.query(
        `update pull_requests set stage = stage || '!' where epic_id is not null`,
      );
      return (rowCount ?? 0) > 0;
    },
  },
  {
    name: 'pull requests: untied',
    foundBy: 'ledger',
    run: async (client) => {
      const { rowCount } = await client.query(
        `update pull_requests set epic_id = null, stage = null, link = 'none' where epic_id is not null`,
      );
      return (rowCount ?? 0) > 0;
    },
  },
  {
    name: 'pull requests: tied to an epic that never heard of it',
    foundBy: 'ledger',
    run: async (client, chance) => {
      const { epic } = await anyPlace(client, chance);
      await client.query(
        `insert into pull_requests (repository_id, number, head_sha, base_ref, state, fork, author_id, epic_id, stage, link)
         select repository_id, 9999, 'x', 'main', 'open', false, 1, $1, '1', 'linked' from epics limit 1`,
        [epic],
      );
      return true;
    },
  },
];

const open = (name: string, statement: string): Tampering => ({
  name,
  foundBy: 'ledger',
  run: async (client) => ((await client.query(`${statement} where open`)).rowCount ?? 0) > 0,
});

const loads: readonly Tampering[] = [
  open('loads: a claim that counts no more', 'update loads set open = false'),
  open('loads: a claim that is gone', 'delete from loads'),
  open('loads: a claim of somebody else', 'update loads set person_id = person_id + 1'),
  open('loads: a claim that is younger', `update loads set since = since + interval '1 day'`),
  open('loads: a claim in another repository', 'update loads set repository_id = repository_id + 1'),
  open('loads: an epic nobody started', `update loads set epic_id = epic_id || '5'`),
];

/** Every way. */
export const tamperings: readonly Tampering[] = [...streams, ...lists, ...loads];

/** Remembers the tables as they are; calling the result puts them back. */
export const remember = async (client: pg.Client): Promise<() => Promise<void>> => {
  const tables = ['events', 'epics', 'subjects', 'pull_requests', 'loads'];
  await client.query('create schema sound');
  await client.query('alter table events alter column position set generated by default');
  for (const table of tables) await client.query(`create table sound.${table} as table public.${table}`);
  return async () => {
    for (const table of tables) {
      await client.query(`delete from public.${table}`);
      await client.query(`insert into public.${table} select * from sound.${table}`);
    }
  };
};
