/** The watchmen watched: whatever a house could do wrong under faults is done once, and the schedules must say so (threats G25). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Comment } from '../world/github/state.ts';
import { app } from '../world/house.ts';
import { canary } from './manners.ts';
import { watchPauses } from './pauses.ts';
import { type Measure, type Outcome, playSchedule } from './play.ts';
import type { Schedule } from './schedule.ts';
import { type Scene, stories } from './story.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const withAlarms = 2;
const ends = (story: number): number => stories[story]?.acts.length ?? 0;

const undisturbed = (story: number): Schedule => ({
  seed: 1,
  story,
  replicas: 1,
  interleaved: false,
  paced: false,
  faults: [],
});

const play = (story: number, meddle?: Measure['meddle'], expected?: readonly string[]): Promise<Outcome> =>
  playSchedule(world, undisturbed(story), {
    ...(meddle === undefined ? {} : { meddle }),
    ...(expected === undefined ? {} : { expected }),
  });

/** Only the end is meddled with. */
const atTheEnd =
  (story: number, deed: (scene: Scene, log: string[]) => Promise<unknown> | unknown): Measure['meddle'] =>
  async (act, scene, log) => {
    if (act === ends(story)) await deed(scene, log);
  };

/** The keeper of the history looks away. */
const rewrite = async (sql: string): Promise<number> => {
  await world.admin.query('set session_replication_role = replica');
  const { rowCount } = await world.admin.query(sql);
  await world.admin.query('set session_replication_role = origin');
  return rowCount ?? 0;
};

const ourComment = ({ github }: Scene): Comment => {
  const all = [...github.state.issues.values()].flatMap((issue) => issue.comments);
  const ours = all.find((one) => one.appId !== null);
  if (ours === undefined) throw new Error('Gatehouse said nothing.');
  return ours;
};

const approval = ({ github }: Scene): Comment => {
  const found = [...github.state.comments.values()].find(
    (one) => one.body === '/approve' && one.appId === null,
  );
  if (found === undefined) throw new Error('Nobody approved.');
  return found;
};

const asked = {
  method: 'GET',
  query: '',
  status: 200,
  kind: 'rest',
  points: 1,
  content: 0,
  body: null,
} as const;

const mischief: readonly (readonly [
  string,
  (scene: Scene, log: string[]) => Promise<unknown> | unknown,
  RegExp,
])[] = [
  [
    'a delivery that GitHub believes we have is gone',
    () => world.admin.query('delete from deliveries where seq = (select max(seq) from deliveries)'),
    /^I1: .* was answered 2xx and is gone/,
  ],
  [
    'a delivery stays unread for ever',
    () =>
      world.admin.query(`update deliveries set state = 'new' where seq = (select max(seq) from deliveries)`),
    /^I1: .* is still unread/,
  ],
  [
    'people see a comment of ours twice',
    (scene) => {
      const comment = ourComment(scene);
      [...scene.github.state.issues.values()][0]?.comments.push({ ...comment, id: comment.id + 50_000 });
    },
    /^I2: twice: comment/,
  ],
  [
    'somebody changes the history',
    () => rewrite(`update events set data = '{"type":"StageReady"}' where version = 1`),
    /^I3: the chain is broken/,
  ],
  [
    'lists show another state than the history tells',
    () => rewrite(`update epics set status = 'paused'`),
    /^I3: .* lists show/,
  ],
  [
    'an approval is counted that nobody gave',
    (scene) => Object.assign(approval(scene), { body: 'Looks nice.' }),
    /^I4: .* never said so/,
  ],
  [
    'a head that nobody approved is told success',
    ({ github, heads }) => {
      for (const run of github.state.checkRuns.values())
        if (run.headSha === heads[0]) Object.assign(run, { conclusion: 'success' });
    },
    /^I5: success on/,
  ],
  [
    'a check says neutral, which GitHub counts as passing',
    ({ github }) => {
      for (const run of github.state.checkRuns.values()) Object.assign(run, { conclusion: 'neutral' });
    },
    /^I5: a check says/,
  ],
  [
    'something is said that was never promised',
    (scene) => {
      const body = 'Out of nowhere. <!-- gatehouse v1 sig=0 -->';
      [...scene.github.state.issues.values()][0]?.comments.push({ ...ourComment(scene), id: 7, body });
    },
    /^I7: /,
  ],
  [
    'a check is made and not remembered',
    () => world.admin.query('delete from check_runs'),
    /^I7: nobody remembers check run/,
  ],
  [
    'more is made in a minute than GitHub allows',
    ({ github }) => {
      const many = { ...asked, method: 'POST', path: '/graphql', at: Date.now(), content: 81 };
      github.requests.push(many);
    },
    /^I8: .* within a minute/,
  ],
  ['a token gets into the log', (_, log) => log.push(`token ${canary}`), /^I9: canary is in the log/],
  [
    'the webhook secret gets into a comment',
    (scene) => Object.assign(ourComment(scene), { body: `It is ${app.secret}.` }),
    /^I9: the webhook secret is in an issue/,
  ],
  [
    'another tenant is asked for something',
    ({ github }) =>
      github.requests.push({ ...asked, path: '/repos/umbrella/vault-of-umbrella/issues', at: Date.now() }),
    /^I10: /,
  ],
  [
    'an alarm rings a day too early',
    () => rewrite(`update events set at = at - interval '1 day' where type = 'AlarmRang'`),
    /^I11: too early/,
  ],
  [
    'a deadline is counted from the wrong moment',
    () =>
      rewrite(
        `update events set data = (data::jsonb || '{"at":"2020-01-01T00:00:00.000Z"}')::json where type = 'AlarmRang'`,
      ),
    /^I11: not as long/,
  ],
  [
    'the words of a person are changed',
    ({ props }) => Object.assign(props.epic ?? {}, { body: 'Somebody waits for it.' }),
    /^I12: the epic says now/,
  ],
];

test.each(mischief)('%s: the schedules say so', async (_, deed, said) => {
  const { violations } = await play(withAlarms, atTheEnd(withAlarms, deed));
  expect(violations.filter((one) => said.test(one))).not.toEqual([]);
});

/** The ledger takes some promises and forgets them at once. */
const forgetful = async (when: string, work: () => Promise<Outcome>): Promise<Outcome> => {
  await world.admin.query(`
    create function forget() returns trigger language plpgsql as 'begin return null; end';
    create trigger forgetful before insert or update on promises for each row when (${when}) execute function forget()`);
  try {
    return await work();
  } finally {
    await world.admin.query('drop trigger forgetful on promises; drop function forget()');
  }
};

test('an undisturbed play breaks nothing, and a house that forgets a promise does not end the same', async () => {
  const { violations, pictures, passes } = await play(0);
  expect(violations).toEqual([]);
  expect(passes).toBe(0);
  const silent = await forgetful(`new.kind = 'say'`, () => play(0, undefined, pictures));
  expect(silent.violations.join()).toMatch(/Act \d+ \(.*\) ends otherwise/);
  const blind = await forgetful(`new.kind = 'paint'`, () => play(0, undefined, pictures));
  expect(blind.violations.join()).toMatch(/ends otherwise|There is no issue/);
});

test('who asks again before GitHub said so is seen, and who waits is not', async () => {
  const broken: string[] = [];
  const { promise: never } = Promise.withResolvers<never>();
  const watch = watchPauses(world, (what) => void broken.push(what));
  const early = { name: 'r1', dead: false, gone: never };
  const passing = { path: '/repos/acme/shop/issues', byApp: false };
  watch.toll.returns(early, passing, new Response('{}', { status: 403, headers: { 'retry-after': '60' } }));
  // Long enough to have read it.
  for (const began = process.cpuUsage(); process.cpuUsage(began).user < 20_000; ) await Promise.resolve();
  watch.toll.leaves(early, passing);
  expect(broken.join()).toMatch(/^I8: r1 asked \/repos\/acme\/shop\/issues \d+ ms too early$/);
  await world.clock.pass(61_000);
  watch.toll.leaves(early, passing);
  expect(broken).toHaveLength(1);
});
