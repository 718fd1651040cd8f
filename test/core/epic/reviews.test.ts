/** Reviews as approvals and rejections: what counts, when, and what never comes back (contract §4, threats T13, T31). */
import { describe, expect, test } from 'vitest';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import { shownStatus } from '../../../src/core/epic/stage.ts';
import { cast, type Given, on, opened, started } from './given.ts';
import { link, now, review, sha } from './pulls.ts';

const { pat, dan, erin, vera, olga, sam } = cast;

/** `build` is claimed by dan, with pull request #7 linked. */
const building = (): Given =>
  started()
    .and(pat, on('define', 'Claim'))
    .and(pat, on('define', 'Submit'))
    .and(erin, on('define', 'Approve'))
    .and(dan, on('build', 'Claim'))
    .and(dan, link('build', 7));
const inReview = (): Given => building().and(dan, on('build', 'Submit'));
const build = (given: Given) => {
  const stage = opened(given).stages.find((one) => one.definition.key === 'build');
  if (stage === undefined) throw new Error('The workflow has a stage `build`.');
  return stage;
};
const filled = (given: Given): readonly string[] =>
  judgeGate(opened(given), build(given)).filled.map((one) => `${one.role} ${one.by.login}`);

describe('before the stage is submitted', () => {
  test('an approving review is not lost: it counts from the submission on', () => {
    const early = building().and(erin, review(erin, 7, 'approved'));
    expect(filled(early)).toEqual([]);
    expect(filled(early.and(dan, on('build', 'Submit')))).toEqual(['EM erin']);
  });

  test('two of them pass the gate the moment it is submitted', () => {
    const early = building()
      .and(erin, review(erin, 7, 'approved'))
      .and(vera, review(vera, 7, 'approved'));
    expect(early.when(dan, on('build', 'Submit'))).toEqual(['StageSubmitted', 'GatePassed']);
  });

  test('the reviewer who lost the role meanwhile does not count', () => {
    const early = building()
      .and(erin, review(erin, 7, 'approved'))
      .and(vera, review(vera, 7, 'approved'));
    const rolesOf = { [erin.id]: [], [vera.id]: ['VP'] };
    expect(early.when(dan, on('build', 'Submit'), { rolesOf })).toEqual(['RolesAsked', 'StageSubmitted']);
    expect(filled(early.and(dan, on('build', 'Submit'), { rolesOf }))).toEqual(['VP vera']);
  });

  test('requested changes on the submitted commit reject it at once, in the name of the reviewer', () => {
    const early = building().and(erin, review(erin, 7, 'changes-requested', { text: 'no tests' }));
    const sent = early.and(dan, on('build', 'Submit'));
    expect(shownStatus(build(sent))).toBe('in-progress');
    expect(build(sent).rejection).toMatchObject({ by: erin, text: 'no tests' });
    expect(shownStatus(build(sent.and(dan, on('build', 'Submit'))))).toBe('in-review');
  });

  test.each([
    ['on a commit that was replaced since', (given: Given) => given.and(dan, now(7, { head: sha('b') }))],
    ['replaced by an approval', (given: Given) => given.and(erin, review(erin, 7, 'approved', { id: 2 }))],
    ['dismissed', (given: Given) => given.and(pat, review(erin, 7, 'dismissed'))],
    ['on a pull request closed since', (given: Given) => given.and(dan, now(7, { state: 'closed' }))],
  ])('requested changes %s reject nothing', (_, then) => {
    const early = then(building().and(erin, review(erin, 7, 'changes-requested')));
    expect(shownStatus(build(early.and(dan, on('build', 'Submit'))))).toBe('in-review');
  });

  test('requested changes by somebody without a role of the gate reject nothing', () => {
    const early = building().and(sam, review(sam, 7, 'changes-requested'));
    expect(shownStatus(build(early.and(dan, on('build', 'Submit'))))).toBe('in-review');
  });

  test('requested changes on what was merged since still stand', () => {
    const merged = building()
      .and(erin, review(erin, 7, 'changes-requested'))
      .and(dan, now(7, { state: 'merged' }));
    expect(shownStatus(build(merged.and(dan, on('build', 'Submit'))))).toBe('in-progress');
  });
});

describe('while the gate is open', () => {
  test('an approval of a commit that is not the head counts for nothing', () => {
    expect(filled(inReview().and(erin, review(erin, 7, 'approved', { commit: sha('0') })))).toEqual([]);
  });

  test('a push takes the approval away, and the way back to the same commit restores it', () => {
    const approved = inReview()
      .and(erin, review(erin, 7, 'approved'))
      .and(vera, review(vera, 7, 'approved'));
    expect(build(approved).gatePassed).toBe(true);
    expect(approved.when(dan, now(7, { head: sha('b') }))).toEqual(['PullRequestPushed', 'GateReopened']);
    const pushed = approved.and(dan, now(7, { head: sha('b') }));
    expect(filled(pushed)).toEqual([]);
    expect(filled(pushed.and(dan, now(7)))).toEqual(['EM erin', 'VP vera']);
  });

  test('requested changes send the stage back, whoever hands the news on', () => {
    const wanted = review(erin, 7, 'changes-requested', { text: '' });
    expect(inReview().when(olga, wanted)).toEqual(['ReviewGiven', 'StageRejected']);
    expect(build(inReview().and(olga, wanted)).rejection).toMatchObject({ by: erin });
  });

  test.each([
    ['by somebody without a role of the gate', review(sam, 7, 'changes-requested')],
    ['that is approving', review(erin, 7, 'approved')],
  ])('a review %s sends nothing back', (_, wanted) => {
    expect(inReview().when(sam, wanted)).toEqual(['ReviewGiven']);
  });

  test('requested changes on a closed pull request are out of the story', () => {
    const closed = inReview()
      .and(dan, link('build', 8))
      .and(dan, now(7, { state: 'closed' }));
    expect(closed.when(erin, review(erin, 7, 'changes-requested'))).toEqual(['ReviewGiven']);
  });

  test('requested changes on an unconfirmed pull request do not reject the work of others', () => {
    const outsider = inReview().and(sam, link('build', 8), { canWrite: false });
    expect(outsider.when(erin, review(erin, 8, 'changes-requested'))).toEqual(['ReviewGiven']);
  });

  test('a rejection voids what was approved before it, also after the next submission', () => {
    const again = inReview()
      .and(erin, review(erin, 7, 'approved'))
      .and(vera, review(vera, 7, 'changes-requested'))
      .and(dan, on('build', 'Submit'));
    expect(filled(again)).toEqual([]);
    expect(again.when(erin, review(erin, 7, 'approved'))).toEqual([]);
    expect(filled(again.and(erin, review(erin, 7, 'approved', { id: 9 })))).toEqual(['EM erin']);
  });

  test('a review of a pull request nobody linked is nobody’s business', () => {
    expect(inReview().when(erin, review(erin, 99, 'approved'))).toEqual([]);
  });
});

describe('a dismissal', () => {
  const approved = (): Given => inReview().and(erin, review(erin, 7, 'approved', { id: 5 }));

  test('takes the approval away', () => {
    expect(filled(approved().and(pat, review(erin, 7, 'dismissed', { id: 5 })))).toEqual([]);
  });

  test('of requested changes revives no older approval', () => {
    const changed = building()
      .and(erin, review(erin, 7, 'approved', { id: 5 }))
      .and(erin, review(erin, 7, 'changes-requested', { id: 6 }))
      .and(pat, review(erin, 7, 'dismissed', { id: 6 }))
      .and(dan, on('build', 'Submit'));
    expect(filled(changed)).toEqual([]);
  });

  test('of a review we never heard of ends the older approval too', () => {
    expect(filled(approved().and(pat, review(erin, 7, 'dismissed', { id: 6 })))).toEqual([]);
  });

  test('of an older review leaves the newer one', () => {
    expect(filled(approved().and(pat, review(erin, 7, 'dismissed', { id: 4 })))).toEqual(['EM erin']);
  });

  test('that overtakes its review is not undone when the review arrives', () => {
    const overtaken = inReview().and(pat, review(erin, 7, 'dismissed', { id: 5 }));
    expect(overtaken.when(erin, review(erin, 7, 'approved', { id: 5 }))).toEqual([]);
    expect(filled(overtaken)).toEqual([]);
  });

  test('told twice is told once', () => {
    const dismissed = approved().and(pat, review(erin, 7, 'dismissed', { id: 5 }));
    expect(dismissed.when(pat, review(erin, 7, 'dismissed', { id: 5 }))).toEqual([]);
  });

  test('after the gate passed opens it again', () => {
    const passed = approved().and(vera, review(vera, 7, 'approved'));
    expect(passed.when(pat, review(erin, 7, 'dismissed', { id: 5 }))).toEqual([
      'ReviewDismissed',
      'GateReopened',
    ]);
  });
});

describe('while the epic is paused', () => {
  const paused = (): Given => inReview().and(pat, { type: 'Pause', reason: '' });

  test('reviews are kept and move nothing until it goes on', () => {
    const reviewed = paused()
      .and(erin, review(erin, 7, 'approved'))
      .and(vera, review(vera, 7, 'approved'));
    expect(build(reviewed).gatePassed).toBe(false);
    expect(reviewed.when(pat, { type: 'Resume' })).toEqual(['EpicResumed', 'GatePassed']);
  });

  test('requested changes reject the stage when it goes on, and not before', () => {
    const asked = paused().and(erin, review(erin, 7, 'changes-requested'));
    expect(shownStatus(build(asked))).toBe('in-review');
    expect(asked.when(pat, { type: 'Resume' })).toEqual(['EpicResumed', 'StageRejected']);
  });

  test('a push and a merge are noticed, and nothing is done on old approvals', () => {
    const moved = paused()
      .and(erin, review(erin, 7, 'approved'))
      .and(vera, review(vera, 7, 'approved'))
      .and(dan, now(7, { head: sha('b') }))
      .and(dan, now(7, { head: sha('b'), state: 'merged' }));
    expect(moved.when(pat, { type: 'Resume' })).toEqual(['EpicResumed']);
  });
});

describe('roles asked again', () => {
  test('somebody who lost the role opens the gate they had passed', () => {
    const passed = inReview()
      .and(erin, review(erin, 7, 'approved'))
      .and(vera, review(vera, 7, 'approved'));
    const lost = { rolesOf: { [vera.id]: [] } };
    expect(passed.when(vera, { type: 'NoteRoles', person: vera.id }, lost)).toEqual([
      'RolesAsked',
      'GateReopened',
    ]);
  });

  test('what did not change, or concerns a gate that is over, fills no history', () => {
    const same = { rolesOf: { [erin.id]: ['EM', 'PM'] } };
    expect(inReview().when(erin, { type: 'NoteRules' }, same)).toEqual([]);
    const lost = { rolesOf: { [erin.id]: [] } };
    expect(inReview().when(erin, { type: 'NoteRules' }, lost)).toEqual([]);
    expect(
      inReview()
        .and(erin, review(erin, 7, 'approved'))
        .when(erin, { type: 'NoteRules' }, same),
    ).toEqual([]);
  });
});
