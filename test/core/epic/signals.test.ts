/** The law for signals: pauses of parts, the emergency stop, questions, priority: who may, and every reason for no. */
import { describe, expect, test } from 'vitest';
import { alarms } from '../../../src/core/epic/alarms.ts';
import { explainStage } from '../../../src/core/epic/explain.ts';
import { judgePull } from '../../../src/core/epic/pull-request.ts';
import { cast, type Given, on, opened, stage, started, submitted, type Wanted, workflow } from './given.ts';
import { link, now, review } from './pulls.ts';

const { pat, dan, erin, vera, olga, sam } = cast;
const part = (kind: 'stage' | 'role' | 'class', name: string) => ({ kind, name });
const pause = (kind: 'stage' | 'role' | 'class', name: string): Wanted => ({
  type: 'Pause',
  part: part(kind, name),
  reason: 'later',
});
const resume = (kind: 'stage' | 'role' | 'class', name: string): Wanted => ({
  type: 'Resume',
  part: part(kind, name),
});
const stop: Wanted = { type: 'Stop', reason: 'wrong prices' };
const ask = (more: object = {}): Wanted =>
  on('build', 'AskQuestion', { kind: 'clarification', text: 'why?', ...more });
const level = (name: 'high' | 'low', more: object = {}): Wanted =>
  ({ type: 'SetPriority', on: { kind: 'checklist' }, level: name, reason: '', ...more }) as Wanted;
const checklist = { on: { kind: 'checklist' } };

const held = (): Given => submitted().and(pat, pause('stage', 'build'));
const stopped = (): Given => submitted().and(olga, stop);
const asked = (): Given => submitted().and(erin, ask());
const twice = (): Given => asked().and(vera, ask());
const evidenceAsked = (): Given => submitted().and(erin, ask({ kind: 'evidence' }));

describe.each([
  ['a stage is paused by the author', submitted, pat, pause('stage', 'build'), ['PartPaused']],
  ['a stage is paused by an overrider', submitted, olga, pause('stage', 'build'), ['PartPaused']],
  ['a role is paused', submitted, pat, pause('role', 'ENG'), ['PartPaused']],
  ['a stage is paused by somebody else', submitted, dan, pause('stage', 'build'), 'not-your-role'],
  ['a kind that no stage is of', submitted, pat, pause('class', 'qa'), 'nothing-to-pause'],
  ['a stage that is over', submitted, pat, pause('stage', 'define'), 'already-done'],
  ['a paused stage again', held, pat, pause('stage', 'build'), 'paused'],
  ['approve on a paused stage', held, erin, on('build', 'Approve'), 'paused'],
  ['reject on a paused stage', held, erin, on('build', 'Reject'), 'paused'],
  ['override on a paused stage', held, olga, on('build', 'Override'), 'paused'],
  ['skip of a paused stage', held, olga, on('build', 'Skip'), 'paused'],
  ['resume of the stage', held, pat, resume('stage', 'build'), ['PartResumed']],
  ['resume of another stage', held, pat, resume('stage', 'tell'), 'not-paused'],
  ['resume of the epic that is not paused', held, pat, { type: 'Resume' }, 'not-paused'],
  ['resume by somebody else', held, dan, resume('stage', 'build'), 'not-your-role'],
  ['the emergency stop', submitted, olga, stop, ['EpicStopped']],
  ['the emergency stop by the author', submitted, pat, stop, 'not-your-role'],
  ['the emergency stop without a reason', submitted, olga, { ...stop, reason: ' ' }, 'reason-needed'],
  ['the emergency stop of a stopped epic', stopped, olga, stop, 'stopped'],
  ['approve while stopped', stopped, erin, on('build', 'Approve'), 'stopped'],
  ['the author lifts an emergency stop', stopped, pat, { type: 'Resume' }, 'not-your-role'],
  ['an overrider lifts an emergency stop', stopped, olga, { type: 'Resume' }, ['EpicResumed']],
  ['a question by an approver', submitted, erin, ask(), ['QuestionAsked']],
  ['a question by the claimant', submitted, dan, ask(), 'not-your-role'],
  ['a question without words', submitted, erin, ask({ text: ' ' }), 'text-needed'],
  [
    'a question before submit',
    started,
    erin,
    on('define', 'AskQuestion', { kind: 'evidence' }),
    'gate-not-open',
  ],
  ['a question after the end of a stage', submitted, erin, on('define', 'AskQuestion'), 'already-done'],
  ['a question about a stage without a gate', submitted, erin, on('tell', 'AskQuestion'), 'no-gate'],
  ['an answer by the claimant', asked, dan, on('build', 'AnswerQuestion'), ['QuestionAnswered']],
  ['an answer by a stranger', asked, sam, on('build', 'AnswerQuestion'), 'not-your-role'],
  ['an answer without words', asked, dan, on('build', 'AnswerQuestion', { text: '' }), 'text-needed'],
  ['an answer to nothing', submitted, dan, on('build', 'AnswerQuestion'), 'no-question'],
  ['an answer to one of two', twice, dan, on('build', 'AnswerQuestion'), 'which-question'],
  ['a named answer', twice, dan, on('build', 'AnswerQuestion', { question: 'q2' }), ['QuestionAnswered']],
  [
    'an answer to no question',
    asked,
    dan,
    on('build', 'AnswerQuestion', { question: 'q9' }),
    'which-question',
  ],
  ['an answer to a request', evidenceAsked, dan, on('build', 'AnswerQuestion'), 'which-question'],
  [
    'evidence to a request',
    evidenceAsked,
    dan,
    on('build', 'AddEvidence'),
    ['EvidenceAdded', 'QuestionAnswered'],
  ],
  ['evidence to a question', asked, dan, on('build', 'AddEvidence', { question: 'q1' }), 'which-question'],
  ['evidence while a question is open', asked, dan, on('build', 'AddEvidence'), ['EvidenceAdded']],
  ['withdrawn by the asker', asked, erin, on('build', 'WithdrawQuestion'), ['QuestionWithdrawn']],
  ['withdrawn by an overrider', asked, olga, on('build', 'WithdrawQuestion'), ['QuestionWithdrawn']],
  ['withdrawn by another approver', asked, vera, on('build', 'WithdrawQuestion'), 'not-the-asker'],
  ['priority of the epic by its author', started, pat, level('high'), ['PrioritySet']],
  ['priority of the epic by an overrider', started, olga, level('high'), ['PrioritySet']],
  ['priority of the epic by an approver', started, erin, level('high'), 'not-your-role'],
  ['priority of a stage by its approver', started, erin, level('high', { stage: 'define' }), ['PrioritySet']],
  ['priority of a stage by its doer', submitted, dan, level('high', { stage: 'build' }), 'not-your-role'],
  ['priority of a stage that is over', submitted, pat, level('high', { stage: 'define' }), 'already-done'],
  ['the same priority again', () => started().and(pat, level('low')), pat, level('low'), []],
] as const)('%s', (_, given, by, wanted, outcome) => {
  test('is decided so', () => {
    expect(given().when(by, wanted)).toEqual(outcome);
  });
});

describe('a paused part', () => {
  const classed = {
    ...workflow,
    stages: [
      stage('one', { role: 'PM', gate: { name: 'g', approvers: ['EM'], class: 'code' } }),
      stage('two', { role: 'PM' }),
    ],
  };
  test('is only what was named: the rest goes on', () => {
    const given = started(classed).and(pat, pause('class', 'code'));
    expect(given.when(pat, on('one', 'Claim'))).toBe('paused');
    expect(given.when(pat, on('two', 'Claim'))).toEqual(['StageClaimed']);
  });
  test('of a role holds every stage of the role, those that come to it later too', () => {
    const given = started(classed).and(pat, pause('role', 'PM'));
    const added = given.and(pat, {
      type: 'AddStage',
      ...checklist,
      key: 'three',
      title: 'x',
      role: 'PM',
      after: [],
      before: [],
      approvers: [],
    } as Wanted);
    for (const key of ['one', 'two', 'three']) expect(added.when(pat, on(key, 'Claim'))).toBe('paused');
  });
  test('takes no deadline into account, and counts on afterwards', () => {
    const due = { ...classed, stages: [stage('one', { role: 'PM', due: 3_600_000 })] };
    const given = started(due).and(pat, pause('stage', 'one'), { at: '2030-01-01T00:00:00.000Z' });
    expect(alarms(opened(given))).toEqual([]);
    const on2 = given.and(pat, resume('stage', 'one'), { at: '2030-01-02T00:00:00.000Z' });
    expect(
      alarms(opened(on2)).length + opened(on2).stages.filter((one) => one.rung.includes('due')).length,
    ).toBe(1);
  });
  test('says so first in its explanation, so that the check does', () => {
    const epic = opened(held());
    const build = epic.stages.find((one) => one.definition.key === 'build');
    if (build === undefined) throw new Error('no build');
    expect(explainStage(epic, build, true).parts[0]).toMatchObject({ holds: false, next: '`/resume build`' });
  });
});

describe('the emergency stop', () => {
  test('turns every check of the epic red, and lifting it gives them back', () => {
    const given = submitted().and(dan, link('build', 7)).and(olga, stop);
    const [pull] = opened(given).pulls;
    if (pull === undefined) throw new Error('no pull');
    expect(judgePull(opened(given), pull).state).toBe('failure');
    expect(judgePull(opened(given), pull).explanation.says).toMatch(/EMERGENCY STOP by `olga`/);
    const lifted = opened(given.and(olga, { type: 'Resume' }));
    expect(lifted.pulls.map((one) => judgePull(lifted, one).state)).toEqual(['in_progress']);
  });
  test('is counted, and comes over a pause', () => {
    const again = submitted()
      .and(pat, { type: 'Pause', reason: '' })
      .and(olga, stop)
      .and(olga, { type: 'Resume' })
      .and(olga, stop);
    expect(opened(again)).toMatchObject({ stops: 2, status: 'paused' });
  });
});

describe('an open question', () => {
  const both = (given: Given): Given =>
    given.and(erin, on('build', 'Approve')).and(vera, on('build', 'Approve', { commentId: 2 }));
  const statusOf = (given: Given): string | undefined =>
    opened(given).stages.find((one) => one.definition.key === 'build')?.status;
  test('keeps the gate open whatever was approved, and the answer lets it pass', () => {
    const open = both(asked());
    expect(statusOf(open)).toBe('in-review');
    expect(open.when(dan, on('build', 'AnswerQuestion'))).toEqual([
      'QuestionAnswered',
      'GatePassed',
      'StageDone',
      'StageReady',
    ]);
    expect(open.when(erin, on('build', 'WithdrawQuestion'))).toContain('GatePassed');
  });
  test('does not stop an override', () => {
    expect(asked().when(olga, on('build', 'Override'))).toContain('StageDone');
  });
  test('survives a rejection: it is answered before the gate passes', () => {
    const again = both(asked().and(erin, on('build', 'Reject')).and(dan, on('build', 'Submit')));
    expect(statusOf(again)).toBe('in-review');
  });
  test('stops the gate’s own clock, so that nobody passes it by waiting', () => {
    const timed = {
      ...workflow,
      stages: [
        stage('build', { gate: { name: 'g', approvers: ['EM'], timeouts: { approveAfter: 60_000 } } }),
      ],
    };
    const given = started(timed)
      .and(dan, on('build', 'Claim'))
      .and(dan, on('build', 'Submit'))
      .and(erin, ask());
    expect(alarms(opened(given))).toEqual([]);
    expect(alarms(opened(given.and(dan, on('build', 'AnswerQuestion')))).map(({ kind }) => kind)).toEqual([
      'approve',
    ]);
  });
});

describe('what happens on GitHub while a stage is paused', () => {
  const statusOf = (given: Given): string | undefined =>
    opened(given).stages.find((one) => one.definition.key === 'build')?.status;
  test('a merge finishes nothing before the stage goes on', () => {
    const given = submitted()
      .and(dan, link('build', 7))
      .and(olga, on('build', 'Override'))
      .and(pat, pause('stage', 'build'))
      .and(dan, now(7, { state: 'merged' }));
    expect(statusOf(given)).toBe('in-review');
    expect(statusOf(given.and(pat, resume('stage', 'build')))).toBe('done');
  });
  test('requested changes send it back when it goes on, and not before', () => {
    const given = submitted()
      .and(dan, link('build', 7))
      .and(pat, pause('stage', 'build'))
      .and(erin, review(erin, 7, 'changes-requested'));
    expect(statusOf(given)).toBe('in-review');
    expect(statusOf(given.and(pat, resume('stage', 'build')))).toBe('in-progress');
  });
});
