/** Going back: which stages are done anew, who may say so, and what stays as it was (issue 4, contract §3). */
import { describe, expect, test } from 'vitest';
import { type Decision, decide } from '../../../src/core/epic/decide.ts';
import type { IssueOpened } from '../../../src/core/epic/events.ts';
import { replay } from '../../../src/core/epic/evolve.ts';
import { objectNumbered } from '../../../src/core/epic/object-numbered.ts';
import { requireHere } from '../../../src/core/epic/require-here.ts';
import { findStage } from '../../../src/core/epic/stage.ts';
import type { OpenedEpic } from '../../../src/core/epic/state.ts';
import type { IssueId, IssueNumber, IssueRef } from '../../../src/core/epic/subject.ts';
import { cast, facts, type Given, on, opened, started, submitted, workflow } from './given.ts';
import { branched, finish, rounds, stageIn } from './rounds.ts';

const { pat, dan, erin, vera, olga, sam } = cast;

const backTo = (to: string, more: object = {}) => on('build', 'Reject', { to, ...more });

const typesOf = ({ events }: Decision): readonly string[] => events.map(({ type }) => type);
const atTheEnd = (): Given => ['plan', 'hire', 'draw', 'write', 'ship'].reduce(finish, started(branched));

describe('/reject to:<stage>', () => {
  test('opens a new round of the stage and of the one that sent it back; what never began stays in its round', () => {
    const back = submitted().and(erin, backTo('define'));
    expect(rounds(back)).toEqual({ define: 'ready 2', build: 'waiting 2', tell: 'waiting 1' });
    const build = stageIn(back, 'build');
    expect(build.claimant).toBeUndefined();
    expect(build.past).toMatchObject([{ round: 1, outcome: 'rejected', claimant: dan, submission: 1 }]);
    expect(stageIn(back, 'define').past).toMatchObject([
      { round: 1, outcome: 'done', claimant: pat, ended: { by: erin, text: 'because', root: 'define' } },
    ]);
  });

  test('voids exactly what rested on it: a branch that did not keeps everything', () => {
    const end = atTheEnd();
    const before = opened(end);
    const back = end.and(erin, on('ship', 'Reject', { to: 'draw' }));
    expect(rounds(back)).toEqual({
      plan: 'done 1',
      draw: 'ready 2',
      write: 'done 1',
      hire: 'done 1',
      ship: 'waiting 2',
    });
    for (const key of ['plan', 'write', 'hire'])
      expect(findStage(opened(back), key)).toEqual(findStage(before, key));
    const root = end.and(erin, on('ship', 'Reject', { to: 'plan' }));
    expect(rounds(root)).toMatchObject({
      plan: 'ready 2',
      draw: 'waiting 2',
      write: 'waiting 2',
      hire: 'done 1',
    });
  });

  test('what was skipped further down has to be decided anew; work begun there is sent back', () => {
    const skipped = ['plan', 'draw'].reduce(finish, started(branched)).and(olga, on('write', 'Skip'));
    const back = finish(skipped, 'ship').and(erin, on('ship', 'Reject', { to: 'plan' }));
    expect(rounds(back)).toMatchObject({ write: 'waiting 2' });
    expect(stageIn(back, 'write').skip).toBeUndefined();
    expect(stageIn(back, 'write').past).toMatchObject([{ outcome: 'skipped', skip: { by: olga } }]);
    const begun = finish(started(branched), 'plan')
      .and(dan, on('draw', 'Claim'))
      .and(dan, on('plan', 'Retry'));
    expect(stageIn(begun, 'draw').past).toMatchObject([{ outcome: 'sent-back', claimant: dan }]);
  });

  test('again and again: rounds count on, and the earlier ones stay', () => {
    const again = (given: Given): Given =>
      given
        .and(pat, on('define', 'Claim'))
        .and(pat, on('define', 'Submit'))
        .and(erin, on('define', 'Approve'))
        .and(dan, on('build', 'Claim'))
        .and(dan, on('build', 'Submit'));
    const second = submitted().and(erin, backTo('define', { reason: 'one' }));
    const third = again(second).and(erin, backTo('define', { reason: 'two' }));
    expect(rounds(third)).toMatchObject({ define: 'ready 3', build: 'waiting 3' });
    expect(stageIn(third, 'build').past?.map(({ ended }) => ended.text)).toEqual(['one', 'two']);
    expect(stageIn(third, 'build').past?.[0]).toEqual(stageIn(second, 'build').past?.[0]);
    const end = again(third).and(erin, on('build', 'Approve')).and(vera, on('build', 'Approve'));
    expect(rounds(end)).toMatchObject({ define: 'done 3', build: 'done 3', tell: 'ready 1' });
  });

  test.each([
    ['somebody who may not reject', sam, backTo('define'), 'not-your-role'],
    ['the claimant', dan, backTo('define'), 'not-your-role'],
    ['no reason', erin, backTo('define', { reason: ' ' }), 'reason-needed'],
    ['a stage nobody has', erin, backTo('deploy'), 'unknown-stage'],
    ['a stage that rests on this one', erin, backTo('tell'), 'not-a-dependency'],
    ['the stage itself', erin, backTo('build'), 'not-a-dependency'],
    ['a stage that is not under review', erin, on('tell', 'Reject', { to: 'define' }), 'no-gate'],
    ['one that is over', erin, on('define', 'Reject', { to: 'build' }), 'already-done'],
  ])('refused: %s', (_, by, wanted, code) => {
    expect(submitted().when(by, wanted)).toBe(code);
  });

  test('refused: while the epic is paused, and to a stage that is open anyway', () => {
    expect(submitted().and(pat, { type: 'Pause', reason: '' }).when(erin, backTo('define'))).toBe('paused');
    const skipped = started(branched).and(olga, on('draw', 'Skip')).and(olga, on('write', 'Skip'));
    const reviewed = skipped.and(dan, on('ship', 'Claim')).and(dan, on('ship', 'Submit'));
    expect(reviewed.when(erin, on('ship', 'Reject', { to: 'plan' }))).toBe('not-done');
  });
});

describe('/retry', () => {
  const done = () => submitted().and(erin, on('build', 'Approve')).and(vera, on('build', 'Approve'));

  test.each([
    ['the role of the stage', dan],
    ['an overrider', olga],
  ])('%s does a stage that is done once more, with a reason; what rested on it follows', (_, by) => {
    const back = done().and(by, on('build', 'Retry', { reason: 'it leaks' }));
    expect(rounds(back)).toEqual({ define: 'done 1', build: 'ready 2', tell: 'waiting 2' });
  });

  test('what failed needs no reason', () => {
    const given = submitted();
    const failed: OpenedEpic = {
      ...opened(given),
      stages: opened(given).stages.map((one) =>
        one.definition.key === 'build' ? { ...one, status: 'failed' as const } : one,
      ),
    };
    const retry = { type: 'Retry' as const, on: { kind: 'stage' as const, stage: 'build' }, reason: '' };
    expect(typesOf(decide(failed, { ...facts(olga), ...retry }))).toEqual(['StageReopened', 'StageReady']);
    const resumed = decide({ ...failed, status: 'paused' }, { ...facts(olga), type: 'Resume' });
    expect(typesOf(resumed)).toEqual(['EpicResumed', 'StageReopened', 'StageReady']);
  });

  test.each([
    ['somebody else', sam, 'build', {}, 'not-your-role'],
    ['an approver without the role', erin, 'build', {}, 'not-your-role'],
    ['without a reason', dan, 'build', { reason: '' }, 'reason-needed'],
    ['a stage that is not over', pat, 'tell', {}, 'nothing-to-redo'],
    ['a stage nobody has', olga, 'deploy', {}, 'unknown-stage'],
  ])('refused: %s', (_, by, key, more, code) => {
    expect(done().when(by, on(key, 'Retry', more))).toBe(code);
  });

  test('refused on an epic that is over: there the next batch begins, or a new start', () => {
    const over = done().and(pat, on('tell', 'Claim')).and(pat, on('tell', 'Submit'));
    expect(over.when(dan, on('build', 'Retry'))).toBe('ended');
    const cancelled = done().and(pat, { type: 'Cancel', reason: 'no', gone: false });
    expect(cancelled.when(dan, on('build', 'Retry'))).toBe('ended');
  });
});

describe('/resume --from <stage>', () => {
  const paused = () => submitted().and(pat, { type: 'Pause', reason: '' });

  test('the epic goes on, and the stage and what rested on it are done anew', () => {
    const back = paused().and(olga, { type: 'Resume', from: 'define' });
    expect(opened(back).status).toBe('running');
    expect(rounds(back)).toEqual({ define: 'ready 2', build: 'waiting 2', tell: 'waiting 1' });
    const half = paused().and(pat, { type: 'Resume', from: 'build', reason: 'other brand' });
    expect(rounds(half)).toEqual({ define: 'done 1', build: 'ready 2', tell: 'waiting 1' });
    expect(stageIn(half, 'build').reopening?.text).toBe('other brand');
  });

  test.each([
    ['somebody else', dan, 'define', 'not-your-role'],
    ['a stage nobody has', olga, 'deploy', 'unknown-stage'],
    ['a stage nobody has begun', olga, 'tell', 'nothing-to-redo'],
  ])('refused: %s', (_, by, from, code) => {
    expect(paused().when(by, { type: 'Resume', from })).toBe(code);
  });

  test('refused while nothing is paused: /retry goes back then', () => {
    expect(submitted().when(olga, { type: 'Resume', from: 'define' })).toBe('not-paused');
  });

  test('without a stage everything goes on where it stood', () => {
    expect(paused().when(pat, { type: 'Resume' })).toEqual(['EpicResumed']);
  });
});

describe('/next-batch', () => {
  const next = {
    type: 'NextBatch' as const,
    reason: 'more',
    definition: workflow,
    source: { path: 'x', commit: null },
  };
  const over = () =>
    [olga, olga, olga].reduce(
      (given, by, index) => given.and(by, on(['define', 'build', 'tell'][index] ?? '', 'Skip')),
      started(),
    );

  test('a finished epic goes through its workflow again, as the file says now', () => {
    const shorter = { ...workflow, stages: workflow.stages.slice(0, 2) };
    const batch = opened(over().and(olga, { ...next, definition: shorter }));
    expect(batch).toMatchObject({ status: 'running', round: 2, former: { reason: 'more' } });
    expect(batch.stages.map((one) => one.status)).toEqual(['ready', 'waiting']);
    expect(batch.author).toEqual(pat);
  });

  test.each([
    ['somebody else', sam, over, 'not-your-role'],
    ['while it runs', olga, started, 'not-done'],
    [
      'once it was cancelled',
      olga,
      () => started().and(pat, { type: 'Cancel', reason: 'no', gone: false }),
      'ended',
    ],
  ])('refused: %s', (_, by, given, code) => {
    expect(given().when(by, next)).toBe(code);
  });
});

describe('issues of rounds that are over', () => {
  const issue = (number: number): IssueRef => ({
    number: number as IssueNumber,
    id: number as IssueId,
    nodeId: `I_${number}`,
  });
  const made = (given: Given, object: IssueOpened['object'], number: number): Given =>
    given.and(sam, { type: 'RecordIssue', object, issue: issue(number) });
  const back = () => made(made(submitted(), 'checklist', 10), 'stage:build', 12).and(erin, backTo('define'));

  test('the old issue stays with the old round, the new round gets its own', () => {
    const there = made(back(), 'stage:build#2', 20);
    expect(stageIn(there, 'build')).toMatchObject({
      issue: { number: 20 },
      past: [{ issue: { number: 12 } }],
    });
    expect(objectNumbered(opened(there), 12)).toBe('stage:build');
    expect(objectNumbered(opened(there), 20)).toBe('stage:build#2');
    expect(there.when(sam, { type: 'RecordIssue', object: 'stage:build', issue: issue(99) })).toEqual([]);
  });

  test('an old issue that was made but never written down is still found for its own round; a deleted one is forgotten', () => {
    const late = made(submitted().and(erin, backTo('define')), 'stage:build', 12);
    expect(stageIn(late, 'build').issue).toBeUndefined();
    expect(stageIn(late, 'build').past?.[0]?.issue?.number).toBe(12);
    const gone = late.and(sam, { type: 'RecordIssueLost', object: 'stage:build' });
    expect(stageIn(gone, 'build').past?.[0]?.issue).toBeUndefined();
  });

  test('words on them are not about the present round, and say where it is', () => {
    const there = made(back(), 'stage:build#2', 20);
    expect(requireHere(opened(there), 12)).toMatchObject({
      refused: 'past-round',
      next: 'the same command on #20',
    });
    expect(requireHere(opened(back()), 12)?.refused).toBe('past-round');
    for (const number of [1, 10, 20, 77]) expect(requireHere(opened(there), number)).toBeUndefined();
    const ended = [olga, olga].reduce(
      (given, by, index) => given.and(by, on(['define', 'build'][index] ?? '', 'Skip')),
      there,
    );
    const batch = ended.and(olga, on('tell', 'Skip')).and(olga, {
      type: 'NextBatch',
      reason: '',
      definition: workflow,
      source: { path: 'x', commit: null },
    });
    for (const number of [10, 12, 20]) expect(requireHere(opened(batch), number)?.refused).toBe('past-round');
  });
});

test('a stream from before there were rounds makes the epic it always made', () => {
  const old = submitted();
  expect(JSON.stringify(old.events)).not.toContain('round":2');
  const { stages } = opened(old);
  expect(stages.every((one) => !('round' in one) && !('past' in one))).toBe(true);
  expect(replay(JSON.parse(JSON.stringify(old.events)))).toEqual(old.epic);
});
