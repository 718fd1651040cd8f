/** What time costs: ten thousand deadlines that are set and not due, and how late one that is due fires. */
import pg from 'pg';
import type { Issue } from '../world/github/state.ts';
import { acmeConfig } from '../world/github/world.ts';
import { openPlay, type Play } from '../world/play.ts';
import { type Figure, judge, median } from './figure.ts';
import { type Listening, listening } from './process.ts';

const pending = `
  insert into epics (id, repository_id, number, title, workflow, status, version, opened_at, updated_at, summary, next_alarm)
  select 'timer' || n, 1, n, 'epic ' || n, 'feature', 'running', 1, now(), now(), '{"stages":[]}',
         now() + interval '1 day' + n * interval '1 second'
    from generate_series(1, 10000) n`;
const spent = `
  select xact_commit::float8 as statements, tup_returned::float8 + tup_fetched as rows
    from pg_stat_database where datname = $1`;

interface Rest {
  readonly statements: number;
  readonly rows: number;
  readonly cpu: number;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Counted from outside, over another database, so that counting costs the house nothing. */
const watching = async <T>(databaseUrl: string, work: (onServer: pg.Client) => Promise<T>): Promise<T> => {
  const elsewhere = new URL(databaseUrl);
  elsewhere.pathname = '/postgres';
  const client = new pg.Client({ connectionString: elsewhere.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Per second, over so many of them. */
const atRest = async (
  house: Listening,
  onServer: pg.Client,
  database: string,
  seconds: number,
): Promise<Rest> => {
  // A backend tells what it did a second later.
  await wait(2_000);
  const read = async () => ({ ...(await onServer.query(spent, [database])).rows[0], cpu: house.cpu() });
  const before = await read();
  await wait(seconds * 1_000);
  const after = await read();
  return {
    statements: (after.statements - before.statements) / seconds,
    rows: (after.rows - before.rows) / seconds,
    cpu: (after.cpu - before.cpu) / seconds,
  };
};

const inDatabase = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.query('vacuum analyze epics');
  await client.end();
};

/** The house at rest with none and with ten thousand deadlines pending, turn by turn in one process. */
export const measurePending = async (rounds: number, seconds: number): Promise<Figure> => {
  const play = await openPlay();
  await play.house.stop();
  const env = { DATABASE_URL: play.databaseUrl, GITHUB_API_URL: play.github.url };
  const house = await listening('dist/main.js', '/readyz', env);
  const database = new URL(play.databaseUrl).pathname.slice(1);
  try {
    await wait(5_000);
    const [none, many]: readonly [Rest[], Rest[]] = [[], []];
    await watching(play.databaseUrl, async (onServer) => {
      for (let round = 0; round < rounds; round += 1) {
        none.push(await atRest(house, onServer, database, seconds));
        await inDatabase(play.databaseUrl, pending);
        many.push(await atRest(house, onServer, database, seconds));
        await inDatabase(play.databaseUrl, "delete from epics where id like 'timer%'");
      }
    });
    const middle = (of: readonly Rest[], what: keyof Rest): number => median(of.map((one) => one[what]));
    const shown = (what: keyof Rest, digits: number): string =>
      `${middle(none, what).toFixed(digits)} → ${middle(many, what).toFixed(digits)}`;
    const ratio = middle(many, 'statements') / middle(none, 'statements');
    return {
      name: 'at rest with 10,000 deadlines pending ÷ with none, statements/s',
      must: '≤ 1.1',
      want: '≤ 1.03',
      measured: `${ratio.toFixed(2)} (statements/s ${shown('statements', 1)}; rows read/s ${shown('rows', 0)}; CPU ms/s ${shown('cpu', 1)})`,
      holds: judge(ratio, 'at-most', 1.1, 1.03),
    };
  } finally {
    await house.stop();
    await play.ends();
  }
};

const soon = `name: soon
stages:
  - stage: 1_ask
    role: PRODUCT_MANAGER
    action: ask
    approval_gate: go
    approvers: [VP_PRODUCT]
    timeouts: { remind_after: 4s }
`;

const dueAt = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ at: Date }>(
    `select next_alarm as at from epics where workflow = 'soon' order by opened_at desc limit 1`,
  );
  return rows[0]?.at.getTime() ?? Number.NaN;
};

/** Milliseconds from the moment a deadline is due until everybody can read so on GitHub; one timer after another. */
const lateness = async (play: Play, timers: number): Promise<readonly number[]> => {
  const client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  const late: Promise<number>[] = [];
  const told = async (stage: Issue, due: number): Promise<number> => {
    while (!play.comments(stage).some(({ body }) => body.includes('has waited 4s'))) {
      if (Date.now() > due + 20_000) return Number.POSITIVE_INFINITY;
      await wait(5);
    }
    return Date.now() - due;
  };
  for (let count = 0; count < timers; count += 1) {
    await play.starts('soon', `Timer ${count}`);
    const stage = play.stage('1_ask');
    await play.says('octo-pm', stage, '/claim');
    await play.says('octo-pm', stage, '/submit');
    late.push(told(stage, await dueAt(client)));
  }
  const all = await Promise.all(late);
  await client.end();
  return all;
};

/** How late a due timer fires, with ten thousand others pending. */
export const measureDue = async (timers: number): Promise<Figure> => {
  const play = await openPlay({ config: acmeConfig(), files: { '.github/gatehouse/soon.yml': soon } });
  try {
    await inDatabase(play.databaseUrl, pending);
    const all = await lateness(play, timers);
    const worst = Math.max(...all);
    return {
      name: `a due timer is told on GitHub, ${timers} of them, 10,000 others pending: p50 / slowest`,
      must: '≤ 2 s',
      want: '≤ 1.2 s',
      measured: `${(median(all) / 1_000).toFixed(2)} s / ${(worst / 1_000).toFixed(2)} s`,
      holds: judge(worst, 'at-most', 2_000, 1_200),
    };
  } finally {
    await play.ends();
  }
};
