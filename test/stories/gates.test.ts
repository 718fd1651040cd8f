/** Gates through the whole house: criteria, concerns, vetoes, approvals that wait, and what a push costs whom. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import { acmeConfig } from '../world/github/world.ts';
import { openPlay, type Play } from '../world/play.ts';

const release = `name: release
stages:
  - stage: plan
    role: PRODUCT_MANAGER
    action: plan
    approval_gate: kickoff
    approvers: [ENGINEERING_MANAGER, QA_LEAD]
    approval:
      require: any
      veto: [SRE]
      criteria: [the budget is known, nobody is on leave]
      waivers: [VP_PRODUCT]
`;
const build = `name: build
stages:
  - stage: build
    role: ENGINEER
    action: build
    approval_gate: review
    approvers: [ENGINEERING_MANAGER, QA_LEAD]
    approval:
      paths: {QA_LEAD: [docs/**]}
`;

let play: Play;
beforeAll(async () => {
  play = await openPlay({
    files: { '.github/gatehouse/release.yml': release, '.github/gatehouse/build.yml': build },
    config: acmeConfig(),
  });
}, 60_000);
afterAll(async () => {
  expect(play.github.violations).toEqual([]);
  await play.ends();
});

const accepted = async (login: string, on: Issue, text: string): Promise<void> => {
  const said = await play.says(login, on, text);
  expect({ text, ...said }).toMatchObject({ reactions: ['+1'], replies: [] });
};
const refused = async (login: string, on: Issue, text: string, why: RegExp): Promise<void> => {
  const said = await play.says(login, on, text);
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies).toHaveLength(1);
  expect(said.replies[0]).toMatch(why);
};

test('criteria are ticked by command, waived by name, and the gate waits for the last of them', async () => {
  await play.starts('release');
  const plan = play.stage('plan');
  await refused('octo-pm', plan, '/check 1', /\/claim/);
  await accepted('octo-pm', plan, '/claim');
  expect(plan.body).toContain('⏳ **1** the budget is known');
  expect(plan.body).not.toContain('- [ ] the budget');
  await refused('octo-eng', plan, '/check 1', /PRODUCT_MANAGER/);
  await refused('octo-pm', plan, '/check 3', /open are 1 \(`the budget is known`\) and 2/);
  await accepted('octo-pm', plan, '/check the budget is known: https://example.com/sheet');
  expect(plan.body).toContain('✅ **1** the budget is known: ticked by `octo-pm`');
  await accepted('octo-pm', plan, '/submit');
  await accepted('octo-em', plan, '/approve');
  expect(play.state('plan')).toBe('in-review');
  expect((await play.says('octo-em', plan, '/why')).replies[0]).toContain('Criterion 2');
  await refused('octo-pm', plan, '/waive 2 because', /VP_PRODUCT/);
  await refused('octo-vpp', plan, '/waive 2', /reason/);
  await accepted('octo-vpp', plan, '/waive 2 holidays are over');
  expect(play.state('plan')).toBe('done');
  expect(plan.body).toContain('**waived** by `octo-vpp`');
});

test('a box ticked in the body by hand decides nothing, and the body is painted again', async () => {
  await play.starts('release');
  const plan = play.stage('plan');
  await accepted('octo-pm', plan, '/claim');
  const body = plan.body ?? '';
  play.person('octo-pm').editsIssue(plan, { body: body.replaceAll('⏳ **', '✅ **') });
  await play.settles();
  expect(plan.body).toContain('⏳ **1** the budget is known');
  expect((await play.says('octo-pm', plan, '/why')).replies[0]).toContain('Criterion 1');
});

test('a veto outlives the next submission and the quorum, until its owner resolves it; so does a concern', async () => {
  const plan = play.stage('plan');
  await accepted('octo-pm', plan, '/check 1');
  await accepted('octo-pm', plan, '/check 2');
  await accepted('octo-pm', plan, '/submit');
  await refused('octo-sre', plan, '/approve', /ENGINEERING_MANAGER/);
  await accepted('octo-sre', plan, '/reject nobody is on call');
  expect(play.state('plan')).toBe('in-progress');
  await accepted('octo-pm', plan, '/check 1');
  await accepted('octo-pm', plan, '/check 2');
  await accepted('octo-pm', plan, '/submit');
  await accepted('octo-qalead', plan, '/concern @acme/managers have not seen it');
  await accepted('octo-em', plan, '/approve');
  expect(play.state('plan')).toBe('in-review');
  expect(plan.body).toContain('⛔ veto `c1` of `octo-sre`');
  expect(plan.body).not.toContain('@acme/managers have');
  await refused('octo-pm', plan, '/resolve c1', /octo-sre/);
  await refused('octo-em', plan, '/resolve c2', /reason/);
  await accepted('octo-sre', plan, '/resolve c1');
  expect(play.state('plan')).toBe('in-review');
  await accepted('octo-em', plan, '/resolve c2 they have now');
  expect(play.state('plan')).toBe('done');
});

const building = async (): Promise<{ stage: Issue; pull: Issue }> => {
  await play.starts('build');
  const stage = play.stage('build');
  await accepted('octo-eng', stage, '/claim');
  const pull = play.person('octo-eng').opensPullRequest({
    title: 'The work',
    body: `Stage: #${stage.number}`,
    branch: `b${stage.number}`,
    files: { 'src/a.ts': 'a', 'docs/a.md': 'a' },
  });
  await play.settles();
  await accepted('octo-eng', stage, '/submit');
  return { stage, pull };
};
const verdict = (pull: Issue): string | undefined => play.check(pull)?.conclusion ?? play.check(pull)?.status;
const notices = (stage: Issue): readonly string[] =>
  play
    .comments(stage)
    .map((one) => one.body)
    .filter((body) => body.includes('no longer counts'));

test('an approval that waits for a check counts when it passes, and no longer when it fails', async () => {
  const { stage, pull } = await building();
  await refused('octo-em', stage, '/approve if the wind is right', /if check <name> passes/);
  await accepted('octo-em', stage, '/approve if check unit passes');
  await accepted('octo-qalead', stage, '/approve');
  expect(stage.body).toContain('`octo-em` approves if check `unit` passes: not counted yet');
  expect(verdict(pull)).toBe('in_progress');
  play.person('octo-eng').forgesCheck(pull, 'unit', 'failure');
  await play.settles();
  expect(verdict(pull)).toBe('in_progress');
  play.person('octo-eng').forgesCheck(pull, 'unit', 'neutral');
  await play.settles();
  expect(verdict(pull)).toBe('in_progress');
  play.person('octo-eng').forgesCheck(pull, 'unit', 'success');
  await play.settles();
  expect(verdict(pull)).toBe('success');
  play.person('octo-eng').forgesCheck(pull, 'unit', 'failure');
  await play.settles();
  expect(verdict(pull)).toBe('in_progress');
});

test('a push costs those who judged what it changed, each told once; a clean rebase costs nobody', async () => {
  const { stage, pull } = await building();
  const eng = play.person('octo-eng');
  play.person('octo-em').reviews(pull, 'APPROVED');
  await play.settles();
  await accepted('octo-qalead', stage, '/approve');
  expect(verdict(pull)).toBe('success');
  // The same change on a base that has gone on.
  eng.pushesFile('elsewhere.txt', 'base');
  eng.forcePushes(pull, { files: { 'src/a.ts': 'a', 'docs/a.md': 'a' } });
  await play.settles();
  expect(notices(stage)).toEqual([]);
  expect(verdict(pull)).toBe('success');
  eng.pushes(pull, { files: { 'src/a.ts': 'b' } });
  await play.settles();
  expect(verdict(pull)).toBe('in_progress');
  expect(notices(stage)).toHaveLength(1);
  expect(notices(stage)[0]).toContain('@octo-em: your approval');
  expect(notices(stage)[0]).toContain('`src/a.ts`');
  eng.pushes(pull, { files: { 'src/a.ts': 'c' } });
  await play.settles();
  expect(notices(stage)).toHaveLength(1);
  await accepted('octo-em', stage, `/approve ${pull.pull?.headSha}`);
  expect(verdict(pull)).toBe('success');
  eng.pushes(pull, { files: { 'docs/a.md': 'b' } });
  await play.settles();
  expect(notices(stage)).toHaveLength(2);
  expect(notices(stage)[1]).toMatch(/(?=.*@octo-em)(?=.*@octo-qalead)/);
});
