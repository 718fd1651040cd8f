/** Going back, as people see it: new issues for new rounds, old ones closed with a pointer, refusals that say why (issue 4). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../src/engine/verify-ledger.ts';
import type { Issue } from '../world/github/state.ts';
import type { Play, Said } from '../world/play.ts';
import { freshBranch, holdsAtTheEnd, openScene, submitted, told, verdict } from './pull-requests-scene.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await play.ends();
});

/** Where what was gone back on stood, one comment says so; nowhere else anything is said. */
const accepted = (said: Said, notices = 0): void => {
  expect(said.reactions).toEqual(['+1']);
  expect(said.replies).toHaveLength(notices);
};
const refused = (said: Said, why: RegExp): void => {
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies).toHaveLength(1);
  expect(said.replies[0]).toMatch(why);
};
const bodies = (issue: Issue): readonly string[] =>
  play.comments(issue).map(({ body }) => body.replace(/\n\n<!-- gatehouse.*$/s, ''));
const api = async (epic: Issue): Promise<unknown> =>
  (await fetch(`${play.house.url}/api/v1/epics/${epic.id}`)).json();

let pull: Issue;
let oldPlan: Issue;
let oldBuild: Issue;

test('/reject to: is refused to whoever may not, without a reason, and for what the stage does not rest on', async () => {
  ({ stage: oldBuild, pull } = await submitted(play));
  oldPlan = play.stage('1_plan');
  refused(await play.says('octo-qa', oldBuild, '/reject to:1_plan no'), /ENGINEERING_MANAGER/);
  refused(await play.says('octo-em', oldBuild, '/reject to:1_plan'), /reason/);
  refused(
    await play.says('octo-em', oldBuild, '/reject to:1_plam no'),
    /`1_plan`, `2_build`.*reject to:1_plan/s,
  );
  refused(
    await play.says('octo-em', oldBuild, '/reject to:3_ship no'),
    /does not depend on `3_ship`.*1_plan/s,
  );
  expect(play.state('2_build')).toBe('in-review');
});

test('/reject to:<stage> opens new rounds: new issues, linked and blocked; the old ones closed, each telling once where it goes on', async () => {
  accepted(await play.says('octo-em', oldBuild, '/reject to:1_plan the numbers do not add up'), 1);
  const [plan, build] = [play.stage('1_plan'), play.stage('2_build')];
  expect([plan.number, build.number]).not.toContain(oldPlan.number);
  expect([play.state('1_plan'), play.state('2_build'), play.state('3_ship')]).toEqual([
    'ready',
    'waiting',
    'waiting',
  ]);
  expect(plan.title).toBe('1_plan: plan (Faster checkout) · round 2');
  expect(plan.body).toContain('the numbers do not add up');
  expect(plan.body).toContain(`(#${oldPlan.number})`);
  expect(build.blockedBy).toEqual([plan.id]);
  expect(build.parentId).toBe(play.checklist().id);
  expect(build.assignees).toEqual([]);
  for (const [old, next] of [
    [oldPlan, plan],
    [oldBuild, build],
  ] as const) {
    expect(old.state).toBe('closed');
    expect(old.body).toContain(`Round 2: #${next.number}`);
    expect(bodies(old).filter((text) => text.includes(`round 2 is #${next.number}`))).toHaveLength(1);
  }
  expect(oldPlan.stateReason).toBe('completed');
  expect(bodies(oldPlan).at(-1)).toMatch(
    /^@octo-pm: `octo-em` went back to `1_plan` .*the numbers do not add up/,
  );
  expect(oldBuild.assignees).toEqual([play.person('octo-eng').user.id]);
  expect(play.checklist().body).toContain('round 2');
  expect(play.checklist().body).toContain('**Done again:** 2 rounds');
});

test('the open pull request waits with the new round instead of being red', async () => {
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toContain('1_plan');
});

test('the issue of a round that is over takes no commands, and cannot be opened again', async () => {
  refused(
    await play.says('octo-pm', oldPlan, '/claim'),
    new RegExp(`over.*#${play.stage('1_plan').number}`, 's'),
  );
  refused(await play.says('octo-designer', pull, `/link #${oldBuild.number}`), /over/);
  play.person('octo-pm').reopens(oldPlan);
  await play.settles();
  expect(oldPlan.state).toBe('closed');
  expect(bodies(oldPlan).at(-1)).toMatch(/^Closed again: .*\/retry/);
});

test('/status and the API say the rounds, /metrics counts them', async () => {
  const { replies } = await play.says('stranger', play.checklist(), '/status');
  expect(replies[0]).toMatch(/`1_plan` .*round 2/);
  expect(replies[0]).toMatch(/`3_ship` .*waiting/);
  const epic = [...play.github.state.issues.values()].find((one) => one.id === play.checklist().parentId);
  if (epic === undefined) throw new Error('The epic is gone.');
  expect(await api(epic)).toMatchObject({
    summary: {
      reworks: 2,
      stages: [
        {
          key: '1_plan',
          round: 2,
          past: [{ round: 1, outcome: 'done', claimant: 'octo-pm', issue: oldPlan.number, root: '1_plan' }],
        },
        { key: '2_build', round: 2, past: [{ outcome: 'rejected', by: 'octo-em' }] },
        { key: '3_ship', round: 1, past: [] },
      ],
    },
  });
  const metrics = await (await fetch(`${play.house.url}/metrics`)).text();
  expect(metrics).toContain('gatehouse_stage_reworks{workflow="patch"} 2');
});

test('the new round goes its own way: the same head needs a new word', async () => {
  const plan = play.stage('1_plan');
  accepted(await play.says('octo-pm', plan, '/claim'));
  accepted(await play.says('octo-pm', plan, '/submit'));
  const build = play.stage('2_build');
  accepted(await play.says('octo-eng', build, '/claim'));
  accepted(await play.says('octo-eng', build, '/submit'));
  expect(verdict(play, pull)).toBe('in_progress');
  accepted(await play.says('octo-em', pull, '/approve'));
  expect(verdict(play, pull)).toBe('success');
  play.person('octo-eng').merges(pull);
  await play.settles();
  expect(play.state('2_build')).toBe('done');
});

test('/retry: a done stage once more, by its role and with a reason; what was merged for it gates nothing now', async () => {
  const [plan, build] = [play.stage('1_plan'), play.stage('2_build')];
  refused(await play.says('octo-qa', build, '/retry it leaks'), /ENGINEER/);
  refused(await play.says('octo-eng', build, '/retry'), /reason/);
  refused(await play.says('octo-eng', play.stage('3_ship'), '/retry it leaks'), /ready/);
  accepted(await play.says('octo-eng', build, '/retry it leaks'), 1);
  expect(play.stage('2_build').title).toContain('round 3');
  expect(play.state('2_build')).toBe('ready');
  expect(play.stage('1_plan').number).toBe(plan.number);
  expect(play.state('3_ship')).toBe('waiting');
  accepted(await play.says('octo-eng', play.stage('2_build'), '/claim'));
  accepted(await play.says('octo-eng', play.stage('2_build'), '/submit'));
  accepted(await play.says('octo-em', play.stage('2_build'), '/approve'));
  expect(play.state('2_build')).toBe('done');
});

test('/resume --from: a paused epic goes on from an earlier stage', async () => {
  refused(
    await play.says('octo-em', play.checklist(), '/resume --from 2_build'),
    /not paused.*retry 2_build/s,
  );
  accepted(await play.says('octo-em', play.checklist(), '/pause'));
  refused(await play.says('octo-eng', play.checklist(), '/resume --from 2_build'), /octo-pm/);
  refused(await play.says('octo-em', play.checklist(), '/resume --from 2_bild'), /resume --from 2_build/);
  accepted(await play.says('octo-em', play.checklist(), '/resume from 2_build another brand'));
  expect(play.stage('2_build').title).toContain('round 4');
  expect(play.stage('2_build').body).toContain('another brand');
});

test('/next-batch: a finished epic goes through its workflow again, on new issues, with what its file says now', async () => {
  const epic = play.github.state.issues.get(play.checklist().parentId ?? 0);
  if (epic === undefined) throw new Error('The epic is gone.');
  refused(await play.says('octo-pm', play.checklist(), '/next-batch'), /not done/);
  accepted(await play.says('octo-em', play.checklist(), '/skip 2_build enough'));
  accepted(await play.says('octo-em', play.checklist(), '/skip 3_ship enough'));
  const first = play.checklist();
  expect([epic.state, first.state]).toEqual(['closed', 'closed']);
  const stray = play.person('octo-eng').opensPullRequest({
    title: 'Too late',
    body: `Stage: #${play.stage('1_plan').number}`,
    branch: freshBranch(),
  });
  await play.settles();
  expect(verdict(play, stray)).toBe('in_progress');
  refused(await play.says('octo-qa', first, '/next-batch'), /octo-pm/);
  refused(await play.says('octo-eng', first, '/retry 2_build it leaks'), /next-batch/);
  accepted(await play.says('octo-pm', first, '/next-batch the second half'), 1);
  const second = play.checklist();
  expect(second.number).not.toBe(first.number);
  expect([epic.state, second.state, first.state]).toEqual(['open', 'open', 'closed']);
  expect(second.body).toContain(`round 2, after #${first.number}: the second half`);
  expect(bodies(first).at(-1)).toBe(`The next batch is #${second.number}: the second half`);
  expect(play.state('1_plan')).toBe('ready');
  expect(play.stage('1_plan').title).toBe('1_plan: plan (Faster checkout)');
  refused(
    await play.says('octo-pm', first, '/claim 1_plan'),
    new RegExp(`earlier batch.*#${second.number}`, 's'),
  );
  play.person('octo-eng').editsIssue(pull, { body: `Stage: #${oldBuild.number}, and more words` });
  await play.settles();
  expect(await api(epic)).toMatchObject({ status: 'running', summary: { round: 2 } });
  expect(play.stage('2_build').body, 'what was merged for the first batch').not.toContain(`#${pull.number}`);
  const flaws: string[] = [];
  await verifyLedger(play.databaseUrl, { onFlaw: ({ says }) => void flaws.push(says) });
  expect(flaws).toEqual([]);
  expect(verdict(play, stray), 'what waited for the first batch').toBe('in_progress');
  for (const key of ['1_plan', '2_build', '3_ship'])
    accepted(await play.says('octo-em', second, `/skip ${key} enough`));
  expect([epic.state, second.state]).toEqual(['closed', 'closed']);
});
