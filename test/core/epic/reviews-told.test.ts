/** What is written down about a review, and what is not: once each, whatever the order in which GitHub tells it. */
import { expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { EpicEvent } from '../../../src/core/epic/events.ts';
import { cast, facts, type Given, on, opened, stage, started, type Wanted, workflow } from './given.ts';
import { link, now, review } from './pulls.ts';

const { pat, dan, erin, vera, sam, olga } = cast;
const definition = {
  ...workflow,
  stages: [stage('ship', { gate: { name: 'go', approvers: ['EM', 'VP'] } })],
};
const claimed = (): Given => started(definition).and(dan, on('ship', 'Claim')).and(dan, link('ship', 7));
const inReview = (): Given => claimed().and(dan, on('ship', 'Submit'));
const at = '2026-05-01T00:00:00.000Z';
const told = (given: Given, wanted: Wanted, more: object = {}): readonly EpicEvent[] =>
  decide(given.epic, { ...wanted, ...facts(olga, { at, ...more }) } as EpicCommand).events;
const no = (more: object = {}) => review(erin, 7, 'changes-requested', more);
const rejected = (events: readonly EpicEvent[]): boolean =>
  events.some((event) => event.type === 'StageRejected');

test('a rejection is told in the name of the reviewer, with their words or, without any, where they stand', () => {
  const [given, back] = told(inReview(), no({ text: 'no tests' }));
  expect(given).toMatchObject({ type: 'ReviewGiven', number: 7, at, by: olga });
  expect(back).toEqual({ type: 'StageRejected', stage: 'ship', reason: 'no tests', at, by: erin });
  expect(told(inReview(), no({ text: ' ' }))[1]).toMatchObject({ reason: 'changes requested on #7' });
});

test('a rejection in somebody’s place says in whose', () => {
  const instead = [{ role: 'EM', of: erin }];
  const events = told(inReview(), review(sam, 7, 'changes-requested', { roles: ['EM'], instead }));
  expect(events[1]).toMatchObject({ type: 'StageRejected', by: sam, instead: erin });
});

test.each<[string, Given, Wanted]>([
  ['where the stage is not submitted', claimed(), no()],
  ['where the epic is paused', inReview().and(pat, { type: 'Pause', reason: 'x' }), no()],
  [
    'where the stage is',
    inReview().and(pat, { type: 'Pause', reason: 'x', part: { kind: 'stage', name: 'ship' } } as Wanted),
    no(),
  ],
  ['on a closed pull request', inReview().and(dan, now(7, { state: 'closed' })), no()],
  ['by somebody the gate does not ask', inReview(), no({ roles: ['QA'] })],
  ['that approves', inReview(), review(erin, 7, 'approved')],
])('nothing is sent back %s, and the review is kept', (_, given, wanted) => {
  const events = told(given, wanted);
  expect(events[0]).toMatchObject({ type: 'ReviewGiven' });
  expect(rejected(events)).toBe(false);
});

test('a pull request that is only proposed sends nothing back', () => {
  const proposed = inReview().and(dan, link('ship', 8, { via: 'body' }), { canWrite: false });
  expect(opened(proposed).pulls.find(({ number }) => number === 8)?.link).toBe('proposed');
  expect(told(proposed, { ...no(), number: 8 } as Wanted).map(({ type }) => type)).toEqual(['ReviewGiven']);
});

test('of a pull request nobody tied to the epic nothing is written down', () => {
  expect(told(inReview(), { ...no(), number: 9 } as Wanted)).toEqual([]);
  expect(told(inReview(), { ...review(erin, 9, 'dismissed') } as Wanted)).toEqual([]);
});

test('the same review again, and an older one, change nothing; another person’s is news whatever its number', () => {
  const given = inReview().and(erin, review(erin, 7, 'approved', { id: 5 }));
  expect(told(given, no({ id: 5 }))).toEqual([]);
  expect(told(given, no({ id: 4 }))).toEqual([]);
  expect(rejected(told(given, no({ id: 6 })))).toBe(true);
  expect(told(given, review(vera, 7, 'approved', { id: 4 }))[0]).toMatchObject({ type: 'ReviewGiven' });
});

test('a dismissal is told once; one that came before its review keeps that from counting', () => {
  const given = inReview().and(erin, review(erin, 7, 'approved', { id: 5 }));
  const off = review(erin, 7, 'dismissed', { id: 5 });
  expect(told(given, off)).toEqual([{ type: 'ReviewDismissed', number: 7, reviewId: 5, at, by: olga }]);
  expect(told(given.and(pat, off), off)).toEqual([]);
  expect(told(given, review(erin, 7, 'dismissed', { id: 4 }))).toEqual([]);
  const early = inReview().and(pat, off);
  expect(opened(early).pulls[0]?.reviews).toMatchObject([{ id: 5, verdict: 'dismissed' }]);
  expect(told(early, no({ id: 5 }))).toEqual([]);
});

test('a comment that approved is taken back with it, in every stage it approved that is not over, and no other is', () => {
  const gate = { name: 'go', approvers: ['EM', 'VP'] };
  const stages = ['a', 'b', 'c', 'd'].map((key) => stage(key, { gate }));
  const approved = ['a', 'b', 'c', 'd'].reduce(
    (given, key) =>
      given
        .and(dan, on(key, 'Claim'))
        .and(dan, on(key, 'Submit'))
        .and(erin, on(key, 'Approve', { commentId: key === 'c' ? 6 : 5 })),
    started({ ...workflow, stages }),
  );
  const given = approved.and(olga, on('d', 'Skip'));
  const back = { type: 'RevokeApproval', commentId: 5, how: 'edited' } as Wanted;
  const reason = 'the comment that approved was edited';
  expect(told(given, back)).toEqual(
    ['a', 'b'].map((key) => ({ type: 'ApprovalRevoked', stage: key, commentId: 5, reason, at, by: olga })),
  );
});

test('a comment that ticked is taken back with its ticks, of stages that are not over', () => {
  const gate = { name: 'go', approvers: ['EM'], criteria: ['one', 'two', 'three'] };
  const given = ['a', 'b'].reduce(
    (so, key) =>
      so
        .and(dan, on(key, 'Claim'))
        .and(dan, on(key, 'Check', { words: '1', commentId: 5 }))
        .and(dan, on(key, 'Check', { words: '2', commentId: 6 }))
        .and(olga, on(key, 'Waive', { words: '3 why', commentId: 5 })),
    started({ ...workflow, stages: ['a', 'b'].map((key) => stage(key, { gate })) }),
  );
  const back = { type: 'RevokeApproval', commentId: 5, how: 'deleted' } as Wanted;
  expect(told(given.and(olga, on('b', 'Skip')), back)).toEqual(
    (
      [
        [1, 'ticked'],
        [3, 'waived'],
      ] as const
    ).map(([criterion, how]) => ({
      type: 'CriterionReopened',
      ...{ stage: 'a', criterion, reason: `the comment by which it was ${how} was deleted`, at, by: olga },
    })),
  );
});
