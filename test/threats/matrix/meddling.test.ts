/** What people do to issues, labels, checks, forks and accounts behind our back moves no gate and sticks nowhere (threats F36 to F46). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, repairs } from '../../stories/level-scene.ts';
import {
  building,
  freshBranch,
  holdsAtTheEnd,
  openScene,
  submitted,
  verdict,
} from '../../stories/pull-requests-scene.ts';
import { deleteLabel, findLabel } from '../../world/github/acts/labels.ts';
import { adopt } from '../../world/github/acts/tree.ts';
import type { Play } from '../../world/play.ts';
import { ask } from '../ingress/letter.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene({ env: { GATEHOUSE_RECONCILE_EVERY: '1s' } });
}, 60_000);
afterAll(async () => {
  holdsAtTheEnd(play, true);
  expect(
    await ask(play.databaseUrl, `select event, action, problem from deliveries where state = 'set_aside'`),
  ).toEqual([]);
  await play.ends();
});

const admin = () => play.person('octo-admin');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const versions = () =>
  ask(play.databaseUrl, 'select epic_id, max(version) from events group by epic_id order by 1');

test('F37: whatever the state of a stage, closing or reopening its issue decides nothing and is put back', async () => {
  const epic = await play.starts('patch', 'Closings');
  const [plan, build] = [play.stage('1_plan'), play.stage('2_build')];
  const cycle = async (issue: typeof plan, state: 'open' | 'closed', label: string) => {
    if (state === 'open') admin().closes(issue);
    else admin().reopens(issue);
    await eventually(
      () => expect([issue.state, play.labels(issue).includes(`stage:${label}`)]).toEqual([state, true]),
      8_000,
    );
  };
  await cycle(build, 'open', 'waiting');
  await cycle(plan, 'open', 'ready');
  await play.says('octo-pm', plan, '/claim');
  await cycle(plan, 'open', 'in-progress');
  await play.says('octo-pm', plan, '/submit');
  await cycle(plan, 'closed', 'done');
  await play.says('octo-eng', build, '/claim');
  await play.says('octo-eng', build, '/submit');
  await cycle(build, 'open', 'in-review');
  expect(epic.state).toBe('open');
});

test('F38: a foreign issue put under the checklist and closed advances nothing', async () => {
  const before = await versions();
  const foreign = admin().opensIssue({ title: 'Not ours' });
  adopt(play.github.hub, admin().actor, { parent: play.checklist(), child: foreign, replace: false });
  admin().closes(foreign);
  await pause(1_500);
  expect(await versions()).toEqual(before);
  expect(play.checklist().body).toContain('1 of 3');
});

test('F40: an issue of ours that is deleted is made again, with a note; deleted again and again, only now and then', async () => {
  await play.starts('patch', 'Deleted');
  const newest = () => {
    const all = [...play.github.state.issues.values()].filter(({ title }) => /^3_ship.*Deleted/.test(title));
    const last = all.at(-1);
    if (last === undefined) throw new Error('it is not there');
    return last;
  };
  const all = new Set([newest().number]);
  await ask(
    play.databaseUrl,
    `insert into rounds (name, began) values ('reconcile', now() + interval '1 hour')
    on conflict (name) do update set began = excluded.began`,
  );
  for (let times = 0; times < 5; times += 1) {
    const { number } = newest();
    admin().deletesIssue(newest());
    await eventually(() => expect(newest().number).not.toBe(number), 5_000);
    await play.settles();
    all.add(newest().number);
  }
  expect(all.size).toBe(6);
  expect(
    (await repairs(play)).filter(({ object, what }) => object === 'stage:3_ship' && what === 'made again'),
  ).toHaveLength(5);
  const left = newest();
  admin().deletesIssue(left);
  await play.settles();
  expect(() => newest()).toThrow('it is not there');
  await ask(play.databaseUrl, `delete from rounds where name = 'reconcile'`);
  await eventually(() => expect(newest().number).toBeGreaterThan(left.number), 8_000);
}, 40_000);

test('F41: a label that is deleted comes back; one that is renamed to a workflow’s starts nothing', async () => {
  const { shop } = play.acme;
  const { hub } = play.github;
  await play.starts('patch', 'Labels');
  const plan = play.stage('1_plan');
  for (const name of ['stage:in-progress', 'stage:ready']) deleteLabel(hub, admin().actor, shop, name);
  await play.says('octo-pm', plan, '/claim');
  expect(play.labels(plan)).toContain('stage:in-progress');
  const bystander = admin().opensIssue({ title: 'Bystander' });
  admin().labels(bystander, 'quaint');
  const label = findLabel(shop, 'quaint');
  if (label === undefined) throw new Error('no label');
  label.name = 'workflow:pair';
  await ask(play.databaseUrl, `delete from rounds where name = 'reconcile-full'`);
  await pause(2_500);
  await play.settles();
  expect([bystander.subIssues, play.comments(bystander)]).toEqual([[], []]);
}, 40_000);

test('F42: fifty re-runs at once make the same verdict and no decision', async () => {
  const { pull } = await submitted(play);
  const before = [await versions(), verdict(play, pull)];
  const run = play.check(pull);
  if (run === undefined) throw new Error('no check');
  const from = play.github.requests.length;
  for (let n = 0; n < 50; n += 1) admin().rerequests(run);
  await play.settles();
  expect([await versions(), verdict(play, pull)]).toEqual(before);
  const writes = play.github.requests.slice(from).filter((r) => r.method !== 'GET');
  expect(writes.length).toBeLessThan(60);
});

test('F43: a pull request whose fork is gone is still nobody’s green, and its news is read', async () => {
  const { stage } = await building(play);
  const eng2 = play.person('octo-eng2');
  const pull = eng2.opensPullRequest({
    title: 'From afar',
    body: `Stage: #${stage.number}`,
    branch: freshBranch(),
    fork: true,
  });
  await play.settles();
  const fork = [...play.github.state.repositories.values()].find(
    (one) => one.forkOfId !== null && one.ownerId === eng2.user.id,
  );
  if (fork === undefined || pull.pull === null) throw new Error('no fork');
  play.github.state.repositories.delete(fork.id);
  admin().editsPullRequest(pull, { title: 'The fork is gone' });
  await play.settles();
  expect(verdict(play, pull)).not.toBe('success');
  admin().closesPullRequest(pull);
  await play.settles();
});

test('F46: an author who left GitHub breaks nothing; an approver who did counts no more', async () => {
  const { stage, pull } = await submitted(play);
  await play.says('octo-em2', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  play.person('octo-eng').leavesGitHub();
  const done = admin().says(stage, '/why');
  admin().editsPullRequest(pull, { title: 'Whose was it?' });
  await eventually(() => expect(play.reactions(done)).toEqual(['+1']), 8_000);
  expect(verdict(play, pull)).toBe('success');
  play.person('octo-em2').leavesGitHub();
  await eventually(() => expect(verdict(play, pull)).toBe('in_progress'), 8_000);
});
