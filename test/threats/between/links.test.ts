/** What changes hands between the rows: links, skips, overrides and rounds combined (threats T13, T31, T34, T35, T37). */
import { describe, expect, test } from 'vitest';
import { judgePull } from '../../../src/core/epic/pull-request.ts';
import {
  cast,
  type Given,
  on,
  opened,
  stage,
  started,
  type Wanted,
  workflow,
} from '../../core/epic/given.ts';
import { link, now, review, seen, sha, shown } from '../../core/epic/pulls.ts';
import { stageIn } from '../../core/epic/rounds.ts';

const { dan, erin, vera, olga, sam, pat } = cast;

const gated = { ...workflow, stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'] } })] };
const task: Wanted = {
  type: 'AddStage',
  on: { kind: 'stage', stage: 'ship' },
  title: 'x',
  after: [],
  before: [],
  approvers: [],
};

const stateOf = (given: Given, number: number): string => {
  const epic = opened(given);
  const pull = epic.pulls.find((one) => one.number === number);
  return pull === undefined ? 'none' : judgePull(epic, pull).state;
};

describe('T35: a skipped stage', () => {
  const skipped = started(gated)
    .and(dan, on('ship', 'Claim'))
    .and(dan, link('ship', 7))
    .and(dan, shown(7))
    .and(olga, on('ship', 'Skip'));
  test('lets pass what was there', () => {
    expect(stateOf(skipped, 7)).toBe('success');
  });
  test('lets pass nothing that was linked afterwards', () => {
    expect(stateOf(skipped.and(dan, link('ship', 9)), 9)).toBe('in_progress');
  });
  test('lets pass nothing that was pushed afterwards', () => {
    expect(stateOf(skipped.and(dan, now(7, { head: sha('b') })), 7)).toBe('in_progress');
  });
});

describe('T35: an overridden gate', () => {
  test('is not passed by a proposed pull request that is linked afterwards', () => {
    const given = started(gated)
      .and(dan, on('ship', 'Claim'))
      .and(dan, link('ship', 8))
      .and(dan, on('ship', 'Submit'))
      .and(sam, link('ship', 7, { author: sam, fork: true }), { canWrite: false })
      .and(olga, on('ship', 'Override'))
      .and(dan, link('ship', 7, { author: sam, fork: true, via: 'command' }));
    expect(stateOf(given, 7)).toBe('in_progress');
  });
});

describe('T31: a change request while the epic is paused', () => {
  test('takes back the same person’s approval by comment', () => {
    const given = started({
      ...workflow,
      stages: [stage('ship', { gate: { name: 'go', approvers: ['EM', 'VP'] } })],
    })
      .and(dan, on('ship', 'Claim'))
      .and(dan, link('ship', 7))
      .and(dan, shown(7))
      .and(dan, on('ship', 'Submit'));
    const paused = given
      .and(erin, on('ship', 'Approve'), seen(given))
      .and(pat, { type: 'Pause', reason: '' })
      .and(erin, review(erin, 7, 'changes-requested', { id: 5, at: '2027-01-01T12:00:00.000Z' }))
      .and(dan, now(7, { head: sha('b'), moved: { from: sha('a'), to: sha('b'), files: [] } }))
      .and(pat, { type: 'Resume' })
      .and(dan, shown(7, sha('b')));
    const done = paused.and(vera, on('ship', 'Approve'), seen(paused));
    expect(stageIn(done, 'ship').gatePassed).toBe(false);
  });
});

describe('T37: a review', () => {
  test('of a round that is over does not come back by way of another stage', () => {
    const given = started({
      ...workflow,
      stages: [...gated.stages, stage('docs')],
    })
      .and(dan, on('ship', 'Claim'))
      .and(dan, link('ship', 7))
      .and(dan, on('ship', 'Submit'))
      // Given before the round began that it is brought into.
      .and(erin, review(erin, 7, 'approved', { at: '2026-01-01T00:00:00.000Z' }));
    const again = given
      .and(dan, link('docs', 7))
      .and(olga, on('ship', 'Skip'))
      .and(olga, on('ship', 'Retry'))
      .and(dan, link('ship', 7))
      .and(dan, on('ship', 'Claim'))
      .and(dan, on('ship', 'Submit'));
    expect(stageIn(again, 'ship')).toMatchObject({ status: 'in-review', gatePassed: false });
  });
});

describe('T13, T15: an approval that a push or another base has cost', () => {
  const approved = (): Given => {
    const given = started(gated)
      .and(dan, on('ship', 'Claim'))
      .and(dan, link('ship', 7))
      .and(dan, shown(7))
      .and(dan, on('ship', 'Submit'));
    return given.and(erin, on('ship', 'Approve'), seen(given));
  };
  test.each([
    ['a push', { head: sha('b') }],
    ['another base', { base: 'lax' }],
  ])('%s: does not count again when the pull request leaves', (_, more) => {
    const voided = approved().and(dan, now(7, more));
    expect(stageIn(voided, 'ship').gatePassed).toBe(false);
    const closed = voided.and(dan, now(7, { ...more, state: 'closed' }));
    expect(stageIn(closed, 'ship').status).toBe('in-review');
    const unlinked = voided.and(dan, { type: 'Unlink', number: 7 });
    expect(stageIn(unlinked, 'ship').status).toBe('in-review');
  });
  test('one that still holds lets a stage be done whose pull request is closed', () => {
    expect(stageIn(approved().and(dan, now(7, { state: 'closed' })), 'ship').status).toBe('done');
  });
});

describe('T34: an added task', () => {
  test('is no way past the gates of the file', () => {
    const given = started(gated)
      .and(dan, on('ship', 'Claim'))
      .and(dan, task)
      .and(dan, on('task_1', 'Claim'))
      .and(dan, link('task_1', 9))
      .and(dan, on('task_1', 'Submit'));
    expect(stateOf(given, 9)).toBe('in_progress');
  });
  test('lets pass what an overrider has added it for', () => {
    const given = started(gated)
      .and(dan, on('ship', 'Claim'))
      .and(olga, task)
      .and(dan, on('task_1', 'Claim'))
      .and(dan, link('task_1', 9))
      .and(dan, on('task_1', 'Submit'));
    expect(stateOf(given, 9)).toBe('success');
  });
});
