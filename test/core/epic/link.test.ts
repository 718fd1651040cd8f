/** Which pull request belongs to which stage, who says so, and what leaving and coming back may not do (contract §5). */
import { describe, expect, test } from 'vitest';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import { cast, type Given, on, open, opened, started, submitted } from './given.ts';
import { link, now, review, sha, shown } from './pulls.ts';

const { pat, dan, erin, vera, olga, sam } = cast;
const outsider = { canWrite: false };
const linksOf = (given: Given): readonly string[] =>
  opened(given).pulls.map((pull) => `#${pull.number} ${pull.stage} ${pull.link} ${pull.via}`);
const gate = (given: Given) => {
  const stage = opened(given).stages[1];
  if (stage === undefined) throw new Error('The workflow has a second stage.');
  return judgeGate(opened(given), stage);
};

describe('a link', () => {
  test.each([
    ['by its body', dan, link('build', 7), {}, ['#7 build linked body']],
    ['by its branch', dan, link('build', 7, { via: 'branch' }), {}, ['#7 build linked branch']],
    ['by /link', sam, link('build', 7, { via: 'command' }), {}, ['#7 build linked command']],
    [
      'by an outsider is only proposed',
      sam,
      link('build', 7, { fork: true }),
      outsider,
      ['#7 build proposed body'],
    ],
  ])('%s', (_, by, wanted, more, links) => {
    expect(linksOf(submitted().and(by, wanted, more))).toEqual(links);
  });

  test.each([
    [
      '/link by somebody without write access',
      link('build', 7, { via: 'command' }),
      outsider,
      'write-needed',
    ],
    ['to a stage that is not there', link('nope', 7), {}, 'unknown-stage'],
    ['/link to a stage that is done', link('define', 7, { via: 'command' }), {}, 'already-done'],
  ])('%s is refused', (_, wanted, more, outcome) => {
    expect(submitted().when(sam, wanted, more)).toBe(outcome);
  });

  test('/link after the end is refused, as nothing can come of it', () => {
    const ended = submitted().and(pat, { type: 'Cancel', reason: 'no', gone: false });
    expect(ended.when(dan, link('build', 7, { via: 'command' }))).toBe('ended');
  });

  test('said again changes nothing', () => {
    expect(submitted().and(dan, link('build', 7)).when(dan, link('build', 7))).toEqual([]);
    const said = submitted().and(dan, link('build', 7, { via: 'command' }));
    expect(said.when(pat, link('build', 7, { via: 'command' }))).toEqual([]);
    const asked = submitted().and(sam, link('build', 7), outsider);
    expect(asked.when(sam, link('build', 7), outsider)).toEqual([]);
  });

  test('proposed by an outsider is confirmed by anybody with write access', () => {
    const asked = submitted().and(sam, link('build', 7), outsider);
    expect(linksOf(asked.and(dan, link('build', 7, { via: 'command' })))).toEqual([
      '#7 build linked command',
    ]);
  });

  test('said with /link outlives what the body says later', () => {
    const said = submitted().and(dan, link('build', 7, { via: 'command' }));
    expect(said.when(sam, link('tell', 7), outsider)).toEqual([]);
    expect(said.when(sam, { type: 'Unlink', number: 7 })).toEqual([]);
  });

  test('moves with the body to another stage', () => {
    expect(linksOf(submitted().and(dan, link('build', 7)).and(dan, link('tell', 7)))).toEqual([
      '#7 tell linked body',
    ]);
  });

  test('of what was merged for a stage stays, whatever the body says afterwards', () => {
    const merged = submitted()
      .and(dan, link('build', 7))
      .and(dan, now(7, { state: 'merged' }));
    expect(merged.when(dan, { type: 'Unlink', number: 7 })).toEqual([]);
    expect(merged.when(dan, link('tell', 7, { state: 'merged' }))).toEqual([]);
  });
});

describe('an unconfirmed pull request', () => {
  const asked = (): Given => submitted().and(sam, link('build', 7, { fork: true }), outsider);
  const onPull = { on: { kind: 'pull' as const, number: 7 } };

  test('does not lend its comments to the stage: an /approve there would approve what the approver did not read', () => {
    expect(asked().when(erin, on('build', 'Approve', onPull))).toBe('link-unconfirmed');
    expect(asked().when(erin, on('build', 'Reject', onPull))).toBe('link-unconfirmed');
    expect(asked().when(erin, on('build', 'Approve', { ...onPull, stage: 'build' }))).toEqual([
      'ApprovalGiven',
    ]);
  });

  test('does not keep the stage from being done', () => {
    const approved = asked().and(erin, on('build', 'Approve'));
    expect(approved.when(vera, on('build', 'Approve', { commentId: 2 }))).toContain('StageDone');
  });
});

describe('leaving and coming back', () => {
  const left = (given: Given): Given => given.and(dan, { type: 'Unlink', number: 7 });
  const reviewed = (): Given =>
    submitted()
      .and(dan, link('build', 7))
      .and(erin, review(erin, 7, 'approved', { id: 1 }));

  test('nobody who is not linked is unlinked', () => {
    expect(submitted().when(dan, { type: 'Unlink', number: 7 })).toEqual([]);
  });

  test('keeps the reviews', () => {
    expect(gate(left(reviewed()).and(dan, link('build', 7))).filled).toHaveLength(1);
  });

  test('does not revive what a rejection voided, nor what was dismissed', () => {
    const rejected = reviewed().and(vera, on('build', 'Reject')).and(dan, on('build', 'Submit'));
    const back = left(rejected)
      .and(dan, link('build', 7))
      .and(erin, review(erin, 7, 'approved', { id: 1 }));
    expect(gate(back).filled).toEqual([]);
    const away = left(reviewed()).and(vera, on('build', 'Reject')).and(dan, on('build', 'Submit'));
    expect(gate(away.and(dan, link('build', 7))).filled).toEqual([]);
  });

  test('forgets nobody who had commits in it, and nothing the check showed then is taken as seen now', () => {
    const back = left(
      submitted()
        .and(dan, link('build', 7, { contributors: [sam.id] }))
        .and(dan, shown(7)),
    ).and(dan, link('build', 7));
    expect(opened(back).pulls).toMatchObject([{ contributors: [sam.id, dan.id] }]);
    expect(opened(back).pulls[0]).not.toHaveProperty('shown');
  });

  test('the last open pull request that leaves an approved stage lets it be done', () => {
    const passed = reviewed().and(vera, review(vera, 7, 'approved', { id: 2 }));
    expect(passed.when(dan, { type: 'Unlink', number: 7 })).toEqual(['PullRequestUnlinked', 'GateReopened']);
    const overridden = reviewed().and(olga, on('build', 'Override'));
    expect(overridden.when(dan, { type: 'Unlink', number: 7 })).toEqual([
      'PullRequestUnlinked',
      'StageDone',
      'StageReady',
    ]);
  });
});

describe('what becomes of it', () => {
  const passed = (): Given =>
    submitted()
      .and(dan, link('build', 7))
      .and(erin, review(erin, 7, 'approved'))
      .and(vera, review(vera, 7, 'approved'));

  test.each([
    ['merged: the stage is done', { state: 'merged' }, ['PullRequestClosed', 'StageDone', 'StageReady']],
    [
      'closed: its approvals covered nothing else',
      { state: 'closed' },
      ['PullRequestClosed', 'GateReopened'],
    ],
    ['pushed: approved anew', { head: sha('b') }, ['PullRequestPushed', 'GateReopened']],
    [
      'pushed and merged unseen: not done',
      { head: sha('b'), state: 'merged' },
      ['PullRequestPushed', 'PullRequestClosed', 'GateBypassed', 'GateReopened'],
    ],
    ['retargeted', { base: 'next' }, ['PullRequestRetargeted', 'GateReopened']],
    ['as it was', {}, []],
  ] as const)('%s', (_, change, outcome) => {
    expect(passed().when(dan, now(7, change))).toEqual(outcome);
  });

  test('reopened, it must be approved as it is then', () => {
    const closed = passed().and(dan, now(7, { state: 'closed' }));
    expect(closed.when(dan, now(7, { head: sha('b') }))).toEqual([
      'PullRequestPushed',
      'PullRequestReopened',
    ]);
    expect(closed.when(dan, now(7))).toEqual(['PullRequestReopened', 'GatePassed']);
  });

  test('a stage without a gate waits for it too', () => {
    const told = started()
      .and(olga, on('define', 'Skip'))
      .and(olga, on('build', 'Skip'))
      .and(pat, on('tell', 'Claim'))
      .and(dan, link('tell', 7));
    expect(told.when(pat, on('tell', 'Submit'))).toEqual(['StageSubmitted']);
    expect(told.and(pat, on('tell', 'Submit')).when(dan, now(7, { state: 'closed' }))).toEqual([
      'PullRequestClosed',
      'StageDone',
      'EpicDone',
    ]);
  });

  test('a new round knows none of what had left or was closed', () => {
    const left = passed().and(dan, { type: 'Unlink', number: 7 }).and(dan, link('build', 8));
    const cancelled = left.and(dan, now(8, { state: 'closed' }));
    const again = cancelled.and(pat, { type: 'Cancel', reason: 'no', gone: false }).and(pat, open());
    expect(opened(again)).toMatchObject({ round: 2, pulls: [] });
    expect(opened(again)).not.toHaveProperty('departed');
    expect(again.when(dan, now(8, { head: sha('b') }))).toEqual([]);
    expect(again.when(erin, review(erin, 8, 'approved'))).toEqual([]);
  });
});
