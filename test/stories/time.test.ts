/** Time, in seconds and not in mocked minutes: reminders, escalation, rejection, claims that expire, with the house killed in between. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import { acmeConfig } from '../world/github/world.ts';
import { openPlay, type Play } from '../world/play.ts';

const quick = `name: quick
stages:
  - stage: 1_plan
    role: PRODUCT_MANAGER
    action: plan
    claim_expires: 4s
  - stage: 2_ask
    role: PRODUCT_MANAGER
    action: ask
    approval_gate: kickoff
    approvers: [VP_PRODUCT]
    timeouts: { remind_after: 2s, escalate_after: 3s, escalate_to: QA_LEAD, auto_reject_after: 5s }
  - stage: 3_review
    role: PRODUCT_MANAGER
    action: review
    approval_gate: tasks
    approvers: [VP_PRODUCT]
    timeouts: { auto_approve_after: 3s }
`;

let play: Play;
beforeAll(async () => {
  play = await openPlay({ files: { '.github/gatehouse/quick.yml': quick }, config: acmeConfig() });
}, 60_000);
afterAll(() => play.ends());

const until = async (what: () => boolean, patience = 20_000): Promise<number> => {
  const began = Date.now();
  while (!what()) {
    if (Date.now() - began > patience) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return Date.now() - began;
};
const heard = (issue: Issue, words: string): readonly string[] =>
  play
    .comments(issue)
    .map((one) => one.body)
    .filter((body) => body.includes(words));

test('nobody answers a gate: its approver is reminded, somebody else told, and at last it is rejected; once each', async () => {
  await play.starts('quick');
  const ask = play.stage('2_ask');
  await play.says('octo-pm', ask, '/claim');
  await play.says('octo-pm', ask, '/submit');
  await until(() => heard(ask, 'has waited 2s').length > 0);
  expect(heard(ask, '@octo-vpp')).toHaveLength(1);
  await until(() => heard(ask, '@octo-qalead').length > 0);
  await until(() => play.state('2_ask') === 'in-progress');
  await play.settles();
  expect(heard(ask, 'so it is rejected')).toHaveLength(1);
  expect((await play.says('octo-vpp', ask, '/approve')).replies.join()).toContain('once it is submitted');
}, 60_000);

test('a due timer fires within two seconds', async () => {
  const review = play.stage('3_review');
  await play.says('octo-pm', review, '/claim');
  await play.says('octo-pm', review, '/submit');
  const waited = await until(() => play.state('3_review') === 'done');
  expect(waited).toBeGreaterThan(2_000);
  expect(waited).toBeLessThan(5_500);
  await play.settles();
  expect(heard(review, '**without the approvals that were missing**')).toHaveLength(1);
  expect(review.body).toContain('PASSED BY TIME');
}, 60_000);

test('a claim without a sign of life is nudged and given back, once, although the house was killed meanwhile', async () => {
  const plan = play.stage('1_plan');
  await play.says('octo-pm', plan, '/claim');
  await until(() => heard(plan, '`/extend`').length > 0);
  await play.says('octo-pm', plan, '/extend');
  await play.house.kill();
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect(play.state('1_plan')).toBe('in-progress');
  await play.house.start();
  await until(() => play.state('1_plan') === 'ready');
  await play.settles();
  expect(heard(plan, 'is free again')).toHaveLength(1);
  expect(heard(plan, 'is `1_plan` still yours')).toHaveLength(2);
}, 60_000);

test('while the epic is paused no time runs', async () => {
  const ask = play.stage('2_ask');
  await play.says('octo-pm', ask, '/submit');
  await play.says('octo-pm', ask, '/pause');
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(play.state('2_ask')).toBe('in-review');
  await play.says('octo-pm', ask, '/resume');
  await until(() => play.state('2_ask') === 'in-progress');
}, 60_000);
