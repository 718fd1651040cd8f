/** What must hold towards others after every schedule: limits, secrets, tenants and deadlines (threats §4.1: I8 to I11). */
import type pg from 'pg';
import { app } from '../world/house.ts';
import type { Scene } from './story.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The most that came within any stretch of so many milliseconds; moments in order. */
const mostWithin = (
  length: number,
  made: readonly { readonly at: number; readonly content: number }[],
): number => {
  let [most, sum, from] = [0, 0, 0];
  for (const { at, content } of made) {
    sum += content;
    for (let first = made[from]; first !== undefined && first.at <= at - length; first = made[from]) {
      sum -= first.content;
      from += 1;
    }
    most = Math.max(most, sum);
  }
  return most;
};

/** I8: at most 80 things made in a minute, and 500 in an hour; that pauses are obeyed is watched by `watchPauses`. */
export const limitsKept = ({ github }: Scene): readonly string[] => {
  const made = [...github.requests].sort((one, other) => one.at - other.at);
  const [perMinute, perHour] = [mostWithin(minute, made), mostWithin(hour, made)];
  return [
    ...(perMinute > 80 ? [`I8: ${perMinute} things made within a minute`] : []),
    ...(perHour > 500 ? [`I8: ${perHour} things made within an hour`] : []),
  ];
};

/** Quoted by servers in trouble (`trouble.ts`): nobody may repeat it. */
export const canary = 'ghs_CanaryThatNobodyMayRepeat000';

/** Every column in which the house keeps words that people may come to see. */
const kept = `
  select data::text as text from events
  union all select concat(payload::text, ' ', problem) from promises
  union all select problem from deliveries where problem is not null
  union all select why from pauses`;

/** I9: no secret is in anything the house shows, keeps or logs. */
export const secretsKept = async (
  db: pg.Client,
  { github }: Scene,
  log: readonly string[],
): Promise<readonly string[]> => {
  const { rows } = await db.query<{ text: string }>(kept);
  const { issues, checkRuns, tokens } = github.state;
  const told = [...issues.values()].flatMap((issue) => [
    issue.body ?? '',
    ...issue.comments.map((one) => one.body),
  ]);
  const outputs = {
    'the log': log.join('\n'),
    'the ledger': rows.map((row) => row.text).join('\n'),
    'an issue': told.join('\n'),
    'a check': JSON.stringify([...checkRuns.values()]),
  };
  const key = app.key.privateKey.split('\n')[1] ?? '';
  const secrets = { canary, 'the webhook secret': app.secret, 'the private key': key };
  const all = [...Object.entries(secrets), ...[...tokens.keys()].map((token) => ['a token', token] as const)];
  return Object.entries(outputs).flatMap(([where, text]) =>
    all.filter(([, secret]) => text.includes(secret)).map(([name]) => `I9: ${name} is in ${where}`),
  );
};

/** I10: whoever works for acme asks nothing of another tenant. */
export const nobodyElseAsked = ({ github, acme, stranger }: Scene): readonly string[] => {
  if (stranger === undefined) return ['I10: there is no other tenant to leave alone'];
  const ours = [`/repos/${acme.org.login}/${acme.shop.name}`, `/repositories/${acme.shop.id}`];
  const theirs = [`${stranger.installation.id}`, stranger.vault.name, stranger.vault.nodeId];
  return github.requests
    .filter(({ path, body }) => {
      const elsewhere = /^\/repos(itories)?\//.test(path) && !ours.some((one) => path.startsWith(one));
      const words = `${path} ${typeof body === 'string' ? body : JSON.stringify(body)}`;
      return elsewhere || theirs.some((one) => words.includes(one));
    })
    .map(({ method, path }) => `I10: ${method} ${path} is no business of this epic`);
};

// `appended` is the moment at which the event was decided; `at`, in its data, the moment the alarm was set for.
const alarms = `
  select epic_id || ' ' || (data ->> 'stage') || ' ' || (data ->> 'alarm') || ' ' || (data ->> 'at') as what,
         at < (data ->> 'at')::timestamptz as early,
         (data ->> 'at')::timestamptz - (
           select max((earlier.data ->> 'at')::timestamptz) from events as earlier
            where earlier.epic_id = events.epic_id and earlier.version < events.version
              and earlier.type = 'StageSubmitted' and earlier.data ->> 'stage' = events.data ->> 'stage')
         is distinct from case data ->> 'alarm' when 'remind' then interval '1 day' else interval '3 days' end as wrong
    from events where type = 'AlarmRang'`;

/** I11: an alarm rings at its moment, not before, and once. */
export const alarmsAreTrue = async (db: pg.Client): Promise<readonly string[]> => {
  const { rows } = await db.query<{ what: string; early: boolean; wrong: boolean }>(alarms);
  return rows.flatMap(({ what, early, wrong }, at) => [
    ...(early ? [`I11: too early: ${what}`] : []),
    ...(wrong ? [`I11: not as long after the submission as was set: ${what}`] : []),
    ...(rows.findIndex((other) => other.what === what) < at ? [`I11: rang twice: ${what}`] : []),
  ]);
};
