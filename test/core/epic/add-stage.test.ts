/** A stage added while the epic runs: who may, where it stands in the order, and what cannot be (requirements SG-14, G-16). */
import { describe, expect, test } from 'vitest';
import type { IssueRef } from '../../../src/core/epic/subject.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import {
  cast,
  type Given,
  on,
  opened,
  rulesWith,
  started,
  submitted,
  type Wanted,
  workflow,
} from './given.ts';

const { pat, dan, erin, olga, sam } = cast;
const plain = { on: { kind: 'checklist' }, title: 'Audit the logs', after: [], before: [], approvers: [] };
const add = (more: object = {}): Wanted =>
  ({ type: 'AddStage', ...plain, key: 'audit', role: 'ENG', ...more }) as Wanted;
const task = (more: object = {}): Wanted =>
  ({ type: 'AddStage', ...plain, on: { kind: 'stage', stage: 'build' }, ...more }) as Wanted;
const extended = ['WorkflowExtended', 'StageReady'];

describe.each([
  ['by the author', started, pat, add(), extended],
  ['by an overrider', started, olga, add(), extended],
  ['by somebody else', started, dan, add(), 'not-your-role'],
  ['behind a stage that is open', started, pat, add({ after: ['build'] }), ['WorkflowExtended']],
  ['before a stage that waits', started, pat, add({ before: ['tell'] }), extended],
  ['before a stage that has begun', submitted, pat, add({ before: ['build'] }), 'bad-stage'],
  ['in a circle', started, pat, add({ after: ['tell'], before: ['build'] }), 'bad-stage'],
  ['behind and before the same', started, pat, add({ after: ['tell'], before: ['tell'] }), 'bad-stage'],
  ['behind a stage nobody has', started, pat, add({ after: ['nope'] }), 'unknown-stage'],
  ['with a key that is taken', started, pat, add({ key: 'Build' }), 'bad-stage'],
  ['with a key nobody can type', started, pat, add({ key: 'a b' }), 'bad-stage'],
  ['for a role nobody knows', started, pat, add({ role: 'CEO' }), 'bad-stage'],
  ['for nobody', started, pat, add({ role: undefined }), 'bad-stage'],
  ['without a title', started, pat, add({ title: ' ' }), 'text-needed'],
  ['with a title without end', started, pat, add({ title: 'x'.repeat(101) }), 'text-needed'],
  ['with a gate that nobody can pass', started, pat, add({ gate: 'audit' }), 'bad-stage'],
  [
    'with a gate named without end',
    started,
    pat,
    add({ gate: 'g'.repeat(101), approvers: ['EM'] }),
    'bad-stage',
  ],
  ['with a gate', started, pat, add({ gate: 'audit', approvers: ['EM'] }), extended],
  ['a task by the stage’s role', submitted, dan, task(), extended],
  ['a task by an approver', submitted, erin, task(), extended],
  ['a task by a stranger', submitted, sam, task(), 'not-your-role'],
  [
    'after the end',
    () => started().and(pat, { type: 'Cancel', reason: 'x', gone: false }),
    pat,
    add(),
    'ended',
  ],
] as const)('a stage added %s', (_, given, by, wanted, outcome) => {
  test('is decided so', () => {
    expect(given().when(by, wanted)).toEqual(outcome);
  });
});

const stageOf = (given: Given, key: string) => opened(given).stages.find((one) => one.definition.key === key);

test('a task belongs to its stage: same role, same order, and what waits for the stage waits for it', () => {
  const given = submitted().and(erin, task()).and(erin, task());
  expect(stageOf(given, 'task_1')?.definition).toMatchObject({ role: 'ENG', dependsOn: ['define'] });
  expect(stageOf(given, 'tell')?.definition.dependsOn).toEqual(['build', 'task_1', 'task_2']);
  expect(opened(given).definition.stages.map(({ key }) => key)).toContain('task_2');
});

test('an added stage is worked on like any other, and the epic is not done without it', () => {
  const given = ['define', 'build', 'tell'].reduce(
    (so, key) => so.and(olga, on(key, 'Skip')),
    started().and(pat, add({ approvers: ['EM'] })),
  );
  expect(opened(given).status).toBe('running');
  const done = given
    .and(dan, on('audit', 'Claim'))
    .and(dan, on('audit', 'Submit'))
    .and(erin, on('audit', 'Approve'));
  expect(opened(done).status).toBe('done');
  expect(stageOf(given, 'audit')?.definition.gate).toEqual({ name: 'audit', approvers: ['EM'] });
});

test('where no roles are configured, the roles of the workflow are known', () => {
  const bare = { rules: { ...rulesWith(), roles: [] } };
  const given = started(undefined, bare);
  expect(given.when(pat, add(), bare)).toEqual(extended);
  expect(given.when(pat, add({ role: 'CEO' }), bare)).toBe('bad-stage');
});

describe('going over to another file', () => {
  const source = { path: 'workflows/feature.yml', commit: null };
  const migrate = (definition: WorkflowDefinition): Wanted => ({
    type: 'Migrate',
    shown: 'abc',
    definition,
    source,
    from: '123',
    to: 'abc',
  });
  const newer: WorkflowDefinition = { ...workflow, version: '2' };
  const withTask = submitted().and(erin, task());

  test('takes no added stage away, nor anybody’s work on it, and it does not stand in the way', () => {
    const given = withTask.and(dan, on('task_1', 'Claim')).and(pat, migrate(newer));
    expect(stageOf(given, 'task_1')).toMatchObject({ status: 'in-progress', claimant: dan });
    expect(stageOf(given, 'tell')?.definition.dependsOn).toEqual(['build', 'task_1']);
    expect(opened(given).definition.version).toBe('2');
  });
  test('twice is nothing the second time', () => {
    expect(withTask.and(pat, migrate(newer)).when(pat, migrate(newer))).toEqual([]);
  });
  test('is kept in its later rounds too', () => {
    const done = withTask.and(dan, on('task_1', 'Claim')).and(dan, on('task_1', 'Submit'));
    const again = done.and(olga, on('task_1', 'Retry')).and(pat, migrate(newer));
    expect(stageOf(again, 'task_1')).toMatchObject({ status: 'ready', round: 2 });
  });
  test('whatever it waited for that the file no longer has is not waited for', () => {
    const given = started().and(pat, add({ after: ['build'] }));
    const lesser = { ...workflow, stages: workflow.stages.slice(0, 1) };
    expect(stageOf(given.and(pat, migrate(lesser)), 'audit')).toMatchObject({ status: 'ready' });
  });
  test('a stage that a file took out and somebody adds again finds its issue: it is not painted as gone', () => {
    const lesser = { ...workflow, stages: workflow.stages.slice(0, 2) };
    const issue = { number: 14, id: 114, nodeId: 'I14' } as IssueRef;
    const given = started()
      .and(pat, { type: 'RecordIssue', object: 'stage:tell', issue })
      .and(pat, migrate(lesser))
      .and(pat, add({ key: 'tell', role: 'PM' }));
    expect(stageOf(given, 'tell')?.issue).toEqual(issue);
    expect(opened(given).removed).toEqual([]);
  });
});
