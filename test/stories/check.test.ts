/** The required check, row by row of contract §5's table: nothing merges that the workflow has not let through. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPull } from '../world/github/acts/pulls.ts';
import type { Play } from '../world/play.ts';
import {
  building,
  freshBranch,
  holdsAtTheEnd,
  openScene,
  planned,
  submitted,
  told,
  verdict,
} from './pull-requests-scene.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await play.ends();
});

const merges = (pull: Parameters<Play['check']>[0]): boolean => play.person('octo-em').merges(pull).merged;

test('a pull request of no workflow merges as it always did', async () => {
  const pull = play.person('octo-eng').opensPullRequest({ title: 'A typo', branch: freshBranch() });
  await play.settles();
  expect(verdict(play, pull)).toBe('success');
  expect(told(play, pull)).toContain('no workflow applies');
  expect(merges(pull)).toBe(true);
});

test('work on a stage cannot merge before what it depends on is done, and the check says which and who', async () => {
  await play.starts('patch');
  const stage = play.stage('2_build');
  const pull = play
    .person('octo-eng')
    .opensPullRequest({ title: 'Too early', body: `Stage: #${stage.number}`, branch: freshBranch() });
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toContain('1_plan');
  expect(told(play, pull)).toContain(`#${play.stage('1_plan').number}`);
  expect(told(play, pull)).toContain('octo-pm');
  expect(merges(pull)).toBe(false);
  const pm = play.person('octo-pm');
  pm.says(play.stage('1_plan'), '/claim');
  pm.says(play.stage('1_plan'), '/submit');
  await play.settles();
  expect(told(play, pull)).not.toContain('waits for what it depends on');
});

test('from claim to merge the check always says what is missing, who gives it and what to type', async () => {
  const stage = await planned(play);
  const eng = play.person('octo-eng');
  const pull = eng.opensPullRequest({
    title: 'The work',
    body: `Stage: #${stage.number}`,
    branch: freshBranch(),
  });
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toMatch(/Nobody has claimed it[\s\S]*ENGINEER[\s\S]*\/claim/);
  expect(merges(pull)).toBe(false);
  await play.says('octo-eng', stage, '/claim');
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toMatch(/not submitted[\s\S]*octo-eng[\s\S]*\/submit/);
  expect(merges(pull)).toBe(false);
  await play.says('octo-eng', stage, '/submit');
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toMatch(
    /ENGINEERING_MANAGER[\s\S]*has not approved[\s\S]*octo-em[\s\S]*\/approve/,
  );
  expect(merges(pull)).toBe(false);
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  expect(play.state('2_build')).toBe('in-review');
  expect(merges(pull)).toBe(true);
  await play.settles();
  expect(play.state('2_build')).toBe('done');
  expect(play.state('3_ship')).toBe('ready');
});

test('a rejected stage fails its check until it is submitted again, and then waits for a new approval', async () => {
  const { stage, pull } = await submitted(play);
  await play.says('octo-em', stage, '/reject the tests are missing');
  expect(verdict(play, pull)).toBe('failure');
  expect(told(play, pull)).toContain('the tests are missing');
  expect(merges(pull)).toBe(false);
  play.person('octo-eng').pushes(pull);
  await play.settles();
  expect(verdict(play, pull)).toBe('failure');
  await play.says('octo-eng', stage, '/submit');
  expect(verdict(play, pull)).toBe('in_progress');
  await play.says('octo-em', stage, `/approve ${pull.pull?.headSha}`);
  expect(verdict(play, pull)).toBe('success');
});

test('a blocked and a paused stage let nothing through, and passing what was approved waits for them', async () => {
  const { stage, pull } = await submitted(play);
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  await play.says('octo-eng', stage, '/block waiting for legal');
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toMatch(/blocked by[\s\S]*\/unblock/);
  expect(merges(pull)).toBe(false);
  await play.says('octo-eng', stage, '/unblock');
  expect(verdict(play, pull)).toBe('success');
  await play.says('octo-pm', stage, '/pause holidays');
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toMatch(/paused by[\s\S]*\/resume/);
  expect(merges(pull)).toBe(false);
  await play.says('octo-pm', stage, '/resume');
  expect(verdict(play, pull)).toBe('success');
});

test('a cancelled epic fails its checks, and says so', async () => {
  const { stage, pull } = await submitted(play);
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  await play.says('octo-pm', stage, '/cancel not this year');
  expect(verdict(play, pull)).toBe('failure');
  expect(told(play, pull)).toContain('cancelled');
  expect(merges(pull)).toBe(false);
  play.person('octo-eng').pushes(pull);
  await play.settles();
  expect(verdict(play, pull)).toBe('failure');
});

test('starting anew after /cancel is no way past the gate: the pull request waits for the new round', async () => {
  const { stage, pull } = await submitted(play);
  const epic = play.github.state.issues.get(play.checklist().parentId ?? 0);
  if (epic === undefined) throw new Error('The epic is gone.');
  await play.says('octo-em', stage, '/approve');
  await play.says('octo-pm', stage, '/cancel once more, with care');
  const pm = play.person('octo-pm');
  pm.unlabels(epic, 'workflow:patch');
  pm.labels(epic, 'workflow:patch');
  await play.settles();
  expect(play.checklist().body).toContain('round 2');
  expect(verdict(play, pull)).toBe('in_progress');
  play.person('octo-eng').pushes(pull);
  play.person('octo-eng').editsIssue(pull, { body: `Stage: #${stage.number}, and more words` });
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toContain('1_plan');
  expect(merges(pull)).toBe(false);
});

test('a skipped and an overridden gate pass, marked as such on the check', async () => {
  const first = await submitted(play);
  await play.says('octo-em', first.stage, '/override the site is down');
  expect(verdict(play, first.pull)).toBe('success');
  expect(told(play, first.pull)).toMatch(/OVERRIDDEN[\s\S]*the site is down/);
  const second = await building(play);
  await play.says('octo-em', second.stage, '/skip nothing to build');
  expect(verdict(play, second.pull)).toBe('success');
  expect(told(play, second.pull)).toMatch(/SKIPPED[\s\S]*nothing to build/);
});

test('T16: one commit that is the head of two pull requests shows the worse of both', async () => {
  const { pull } = await building(play);
  const branch = pull.pull?.headRef ?? '';
  play.acme.shop.branches.set('release', play.acme.shop.branches.get('main') ?? '');
  const head = play.acme.shop.branches.get(branch) ?? '';
  play.acme.shop.branches.set(`${branch}-copy`, head);
  const eng = play.person('octo-eng');
  const other = openPull(play.github.hub, eng.actor, play.acme.shop, {
    title: 'Borrowed green',
    headRef: `${branch}-copy`,
    headRepo: play.acme.shop,
    baseRef: 'release',
  });
  await play.settles();
  expect(other.pull?.headSha).toBe(pull.pull?.headSha);
  expect(verdict(play, other)).toBe('in_progress');
  expect(merges(other)).toBe(false);
  expect(merges(pull)).toBe(false);
  eng.closesPullRequest(pull);
  await play.settles();
  expect(verdict(play, other)).toBe('success');
  eng.reopensPullRequest(pull);
  await play.settles();
  expect(verdict(play, other)).toBe('in_progress');
  eng.pushes(pull);
  await play.settles();
  expect(verdict(play, other)).toBe('success');
  expect(verdict(play, pull)).toBe('in_progress');
});

test('T67: pressing "re-run" on the run or on the suite makes the same verdict again, and changes nothing else', async () => {
  const { stage, pull } = await submitted(play);
  const run = play.check(pull);
  if (run === undefined) throw new Error('no check');
  run.output = { ...run.output, title: 'changed behind our back' };
  play.person('octo-eng').rerequests(run);
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toContain('ENGINEERING_MANAGER');
  const sender = play.person('octo-eng').user;
  const before = play.github.requests.length;
  expect(play.github.violations).toEqual([]);
  play.github.hub.announce({
    event: 'check_suite',
    action: 'rerequested',
    sender,
    repo: play.acme.shop,
    body: { check_suite: { id: run.suiteId, head_sha: run.headSha } },
  });
  await play.settles();
  expect(play.github.requests.length).toBeGreaterThan(before);
  expect(verdict(play, pull)).toBe('in_progress');
  // The suite in that webhook is ours and scant; everything Gatehouse made of it is not.
  expect(play.github.violations.filter((one) => !one.includes('check_suite'))).toEqual([]);
  play.github.violations.splice(0);
  expect(play.state('2_build')).toBe('in-review');
  expect(play.comments(stage).filter((one) => one.body.includes('re-run'))).toEqual([]);
});

test('T60: a check that somebody else set in our name opens nothing', async () => {
  const { pull } = await submitted(play);
  play.person('octo-eng').forgesCheck(pull, 'gatehouse');
  await play.settles();
  expect(merges(pull)).toBe(false);
});
