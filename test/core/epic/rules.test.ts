/** The law for each command: what is accepted, and every reason for no (contract §3, §4). */
import { describe, expect, test } from 'vitest';
import { settle } from '../../../src/core/epic/settle.ts';
import { shownStatus } from '../../../src/core/epic/stage.ts';
import {
  cast,
  foldOf,
  type Given,
  on,
  open,
  opened,
  rulesWith,
  started,
  submitted,
  workflow,
} from './given.ts';

const { pat, dan, erin, vera, olga, sam } = cast;
const statusOf = (given: Given, key: string): string => {
  const stage = opened(given).stages.find((one) => one.definition.key === key);
  return stage === undefined ? 'none' : shownStatus(stage);
};
const claimed = (): Given => started().and(pat, on('define', 'Claim'));
const inReview = (): Given => claimed().and(pat, on('define', 'Submit'));
const paused = (): Given => claimed().and(pat, { type: 'Pause', reason: '' });
const skipAll = (): Given =>
  ['define', 'build', 'tell'].reduce((given, key) => given.and(olga, on(key, 'Skip')), started());

test('an epic opens once: the same label again starts nothing, another workflow is refused', () => {
  expect(started().when(pat, open())).toEqual([]);
  expect(started().when(pat, open({ ...workflow, name: 'bug' }))).toBe('running-already');
});

test('after the end the label starts a new round that knows nothing of the old one', () => {
  const again = submitted().and(pat, { type: 'Cancel', reason: 'no', gone: false }).and(pat, open());
  expect(opened(again)).toMatchObject({ round: 2, status: 'running', pulls: [] });
  expect(statusOf(again, 'define')).toBe('ready');
  expect(
    opened(again).stages.every((stage) => stage.claimant === undefined && stage.issue === undefined),
  ).toBe(true);
});

describe.each([
  ['claim by the role', started, pat, on('define', 'Claim'), ['StageClaimed']],
  ['claim by another role', started, dan, on('define', 'Claim'), 'not-your-role'],
  ['claim before dependencies are done', started, dan, on('build', 'Claim'), 'not-claimable'],
  ['claim of a claimed stage', claimed, pat, on('define', 'Claim'), 'already-claimed'],
  [
    'claim while paused',
    () => started().and(pat, { type: 'Pause', reason: '' }),
    pat,
    on('define', 'Claim'),
    'paused',
  ],
  [
    'claim of a blocked stage',
    () => started().and(pat, on('define', 'Block')),
    pat,
    on('define', 'Claim'),
    'blocked',
  ],
  ['claim of a stage nobody has', started, pat, on('nope', 'Claim'), 'unknown-stage'],
  ['claim of a done stage', submitted, pat, on('define', 'Claim'), 'already-done'],
  ['release by the claimant', claimed, pat, on('define', 'Release'), ['StageReleased']],
  ['release by an overrider', claimed, olga, on('define', 'Release'), ['StageReleased']],
  ['release by somebody else', claimed, dan, on('define', 'Release'), 'not-the-claimant'],
  ['release of what nobody claimed', started, pat, on('define', 'Release'), 'not-in-progress'],
  ['submit by the claimant', claimed, pat, on('define', 'Submit'), ['StageSubmitted']],
  ['submit by somebody else', claimed, dan, on('define', 'Submit'), 'not-the-claimant'],
  ['submit of what nobody claimed', started, pat, on('define', 'Submit'), 'not-in-progress'],
  [
    'submit of a blocked stage',
    () => claimed().and(pat, on('define', 'Block')),
    pat,
    on('define', 'Submit'),
    'blocked',
  ],
  [
    'approve by an approver',
    inReview,
    erin,
    on('define', 'Approve'),
    ['ApprovalGiven', 'GatePassed', 'StageDone', 'StageReady'],
  ],
  ['approve by a stranger', inReview, sam, on('define', 'Approve'), 'not-your-role'],
  ['approve before submit', claimed, erin, on('define', 'Approve'), 'gate-not-open'],
  ['approve of a stage without a gate', started, erin, on('tell', 'Approve'), 'no-gate'],
  ['approve of what is done', submitted, erin, on('define', 'Approve'), 'already-done'],
  ['one of two approvals', submitted, erin, on('build', 'Approve'), ['ApprovalGiven']],
  ['reject by an approver', inReview, erin, on('define', 'Reject'), ['StageRejected']],
  ['reject without a reason', inReview, erin, on('define', 'Reject', { reason: ' ' }), 'reason-needed'],
  ['reject by somebody else', inReview, pat, on('define', 'Reject'), 'not-your-role'],
  ['reject before submit', claimed, erin, on('define', 'Reject'), 'not-in-review'],
  ['block by an approver', claimed, erin, on('define', 'Block'), ['BlockerRaised']],
  ['block without a reason', claimed, pat, on('define', 'Block', { reason: '' }), 'reason-needed'],
  ['block by somebody else', claimed, dan, on('define', 'Block'), 'not-your-role'],
  [
    'unblock',
    () => claimed().and(pat, on('define', 'Block')),
    erin,
    on('define', 'Unblock'),
    ['BlockersLifted'],
  ],
  ['unblock of what is not blocked', claimed, pat, on('define', 'Unblock'), 'not-blocked'],
  ['skip by an overrider', started, olga, on('define', 'Skip'), ['StageSkipped', 'StageReady']],
  ['skip by anybody else', started, pat, on('define', 'Skip'), 'not-your-role'],
  ['skip without a reason', started, olga, on('define', 'Skip', { reason: '' }), 'reason-needed'],
  [
    'override by an overrider',
    inReview,
    olga,
    on('define', 'Override'),
    ['GateOverridden', 'GatePassed', 'StageDone', 'StageReady'],
  ],
  ['override before submit', claimed, olga, on('define', 'Override'), 'not-in-review'],
  ['override by an approver', inReview, erin, on('define', 'Override'), 'not-your-role'],
  ['evidence by the role', claimed, pat, on('define', 'AddEvidence'), ['EvidenceAdded']],
  ['evidence without text', claimed, pat, on('define', 'AddEvidence', { text: '' }), 'text-needed'],
  ['pause by the author', claimed, pat, { type: 'Pause', reason: '' }, ['EpicPaused']],
  ['pause by anybody else', claimed, dan, { type: 'Pause', reason: '' }, 'not-your-role'],
  ['pause twice', paused, pat, { type: 'Pause', reason: '' }, 'paused'],
  ['resume', paused, olga, { type: 'Resume' }, ['EpicResumed']],
  ['resume of what is not paused', claimed, pat, { type: 'Resume' }, 'not-paused'],
  ['cancel by the author', claimed, pat, { type: 'Cancel', reason: 'no', gone: false }, ['EpicCancelled']],
  ['cancel without a reason', claimed, pat, { type: 'Cancel', reason: '', gone: false }, 'reason-needed'],
  ['cancel by anybody else', claimed, dan, { type: 'Cancel', reason: 'no', gone: false }, 'not-your-role'],
  ['claim after the end', skipAll, pat, on('define', 'Claim'), 'ended'],
] as const)('%s', (_, given, by, wanted, outcome) => {
  test('is decided as the contract says', () => {
    expect(given().when(by, wanted)).toEqual(outcome);
  });
});

test('one person does not fill two roles of a gate, whoever says it first', () => {
  const both = { roles: ['EM', 'VP'] };
  const first = submitted().and(erin, on('build', 'Approve'), both);
  expect(first.when(erin, on('build', 'Approve', { commentId: 2 }), both)).toBe('one-role-each');
  expect(first.when(vera, on('build', 'Approve', { commentId: 2 }))).toContain('StageDone');
});

test('one person fills all they hold where distinct_approvers is off', () => {
  const rules = rulesWith({ distinctApprovers: false });
  expect(submitted({ rules }).when(erin, on('build', 'Approve'), { rules, roles: ['EM', 'VP'] })).toContain(
    'StageDone',
  );
});

test('the claimant never approves their own work unless the policy says so', () => {
  const roles = ['ENG', 'EM'];
  expect(submitted().when(dan, on('build', 'Approve'), { roles })).toBe('own-work');
  const rules = rulesWith({ selfApproval: true });
  expect(submitted({ rules }).when(dan, on('build', 'Approve'), { rules, roles })).toEqual(['ApprovalGiven']);
});

test('a rejection voids every approval and an override, and the stage needs them anew', () => {
  const rejected = submitted().and(erin, on('build', 'Approve')).and(vera, on('build', 'Reject'));
  expect(statusOf(rejected, 'build')).toBe('in-progress');
  const again = rejected.and(dan, on('build', 'Submit'));
  expect(again.when(vera, on('build', 'Approve'))).toEqual(['ApprovalGiven']);
});

test('editing or deleting the comment that approved takes the approval back', () => {
  const approved = submitted().and(erin, on('build', 'Approve', { commentId: 77 }));
  expect(approved.when(sam, { type: 'RevokeApproval', commentId: 77, how: 'edited' })).toEqual([
    'ApprovalRevoked',
  ]);
  expect(approved.when(sam, { type: 'RevokeApproval', commentId: 78, how: 'deleted' })).toEqual([]);
});

test('a stage without a gate is done when it is submitted, and then the epic is', () => {
  const last = submitted()
    .and(erin, on('build', 'Approve'))
    .and(vera, on('build', 'Approve', { commentId: 2 }))
    .and(pat, on('tell', 'Claim'));
  expect(last.when(pat, on('tell', 'Submit'))).toEqual(['StageSubmitted', 'StageDone', 'EpicDone']);
});

test('skipping what is left ends the epic', () => {
  expect(opened(skipAll()).status).toBe('done');
});

test('several stages that could be meant must be named', () => {
  const both = started({
    ...workflow,
    stages: workflow.stages.map((one) => ({ ...one, dependsOn: [], role: 'PM' })),
  });
  const place = { on: { kind: 'epic' as const } };
  expect(both.when(pat, { type: 'Claim', ...place })).toBe('which-stage');
  expect(both.when(pat, { type: 'Claim', ...place, stage: 'build' })).toEqual(['StageClaimed']);
});

test('the fold is the same whole or step by step, and nothing follows from what has settled', () => {
  const given = submitted().and(erin, on('build', 'Approve'));
  expect(foldOf(given.events)).toEqual(given.epic);
  expect(settle(given.epic, { at: '2026-01-01T00:00:00.000Z' })).toEqual([]);
});
