/** An approval by comment: for which commit it holds, whose it may be, and how it is taken back (contract §4, threats T12–T18). */
import { describe, expect, test } from 'vitest';
import { cast, type Given, on, opened, rulesWith, started, submitted, workflow } from './given.ts';
import { link, now, pullFacts, review, seen, sha, shown } from './pulls.ts';

const { pat, dan, erin, vera, olga, sam } = cast;
const approve = (more: object = {}) => on('build', 'Approve', more);
const commits = (given: Given): unknown => opened(given).stages[1]?.approvals.at(-1)?.commits;

/** `build` is in review with pull request #7 at commit `a`, which its check has shown. */
const withPull = (): Given => submitted().and(dan, link('build', 7)).and(dan, shown(7));

describe('the commit it holds for', () => {
  test('is the head the check showed', () => {
    const given = withPull();
    expect(commits(given.and(erin, approve(), seen(given)))).toEqual({ 7: sha('a') });
  });

  test('is the head that was named, written short or in capitals', () => {
    const given = submitted().and(dan, link('build', 7));
    expect(commits(given.and(erin, approve({ commit: 'AAAAAAA' }), seen(given)))).toEqual({ 7: sha('a') });
  });

  test.each([
    ['a head the check has not shown', submitted().and(dan, link('build', 7)), approve(), {}, 'head-moved'],
    [
      'a head that moved while the comment was under way',
      withPull(),
      approve(),
      { head: sha('b') },
      'head-moved',
    ],
    ['another commit than the head', withPull(), approve({ commit: 'bbbbbbb' }), {}, 'no-such-commit'],
    [
      'a commit that was the head until a moment ago',
      withPull(),
      approve({ commit: 'aaaaaaa' }),
      { head: sha('b') },
      'no-such-commit',
    ],
  ])('is never %s', (_, given, wanted, change, outcome) => {
    expect(given.when(erin, wanted, { pulls: [pullFacts(7, change)] })).toBe(outcome);
  });

  test('is unknown where GitHub did not answer: then nothing is counted', () => {
    expect(withPull().when(erin, approve())).toBe('facts-missing');
  });

  test('is never one that was shown only after the comment was written', () => {
    const given = withPull()
      .and(dan, now(7, { head: sha('b') }))
      .and(dan, shown(7, sha('b')));
    const since = opened(given).pulls[0]?.shownSince ?? '';
    expect(given.when(erin, approve({ saidAt: since }), seen(given))).toBe('head-moved');
    expect(given.when(erin, approve({ saidAt: '2026-12-31T00:00:00Z' }), seen(given))).toEqual([
      'ApprovalGiven',
    ]);
  });

  test('must be named on a fork', () => {
    const given = submitted()
      .and(dan, link('build', 7, { fork: true }))
      .and(dan, shown(7));
    expect(given.when(erin, approve(), seen(given))).toBe('name-the-commit');
    expect(given.when(erin, approve({ commit: 'aaaaaaa' }), seen(given))).toEqual(['ApprovalGiven']);
  });

  test('of what was merged is the commit that was merged', () => {
    const given = withPull().and(dan, now(7, { state: 'merged' }));
    expect(commits(given.and(erin, approve()))).toEqual({ 7: sha('a') });
  });

  test('stops holding with a push, and what was refused teaches that push all the same', () => {
    const given = withPull();
    const passed = given.and(erin, approve(), seen(given)).and(vera, approve({ commentId: 2 }), seen(given));
    const pulls = [pullFacts(7, { head: sha('b') })];
    expect(passed.when(erin, approve({ commentId: 3 }), { pulls })).toBe('head-moved');
    expect(opened(passed).stages[1]?.gatePassed).toBe(true);
    const pushed = passed.and(dan, now(7, { head: sha('b') }));
    expect(opened(pushed).stages[1]?.gatePassed).toBe(false);
  });
});

describe('with several pull requests', () => {
  const two = (more: object = {}): Given =>
    withPull()
      .and(dan, link('build', 8, { head: sha('c'), ...more }))
      .and(dan, shown(8, sha('c')));

  test('it covers all of them as they were shown', () => {
    const given = two();
    expect(commits(given.and(erin, approve(), seen(given)))).toEqual({ 7: sha('a'), 8: sha('c') });
  });

  test('naming the head of one of them is no mistake about the others', () => {
    const given = two();
    const named = given.and(erin, approve({ commit: sha('a') }), seen(given));
    expect(commits(named)).toEqual({ 7: sha('a'), 8: sha('c') });
    expect(given.when(erin, approve({ commit: sha('d') }), seen(given))).toBe('no-such-commit');
  });

  test('naming one does not approve an unnamed fork, until that one has been reviewed', () => {
    const given = two({ fork: true });
    const wanted = approve({ commit: sha('a') });
    expect(given.when(erin, wanted, seen(given))).toBe('name-the-commit');
    const reviewed = given.and(erin, review(erin, 8, 'approved', { commit: sha('c') }));
    expect(reviewed.when(erin, wanted, seen(reviewed))).toEqual(['ApprovalGiven']);
  });

  test('one that joins later takes the gate back until it is approved too', () => {
    const given = withPull();
    const passed = given.and(erin, approve(), seen(given)).and(vera, approve({ commentId: 2 }), seen(given));
    expect(passed.when(dan, link('build', 8))).toEqual(['PullRequestLinked', 'GateReopened']);
    expect(passed.when(sam, link('build', 8), { canWrite: false })).toEqual(['PullRequestLinked']);
  });
});

describe('whose it may be', () => {
  const roles = ['EM'];
  test.each([
    ['the claimant', dan, {}],
    ['the author of the pull request', sam, { author: sam }],
    ['somebody with a commit in it', sam, { contributors: [dan.id, sam.id] }],
  ])('never that of %s', (_, by, more) => {
    const given = submitted()
      .and(dan, link('build', 7, more))
      .and(dan, shown(7));
    expect(given.when(by, approve(), { ...seen(given), roles })).toBe('own-work');
  });

  test('T18: never that of somebody whose commits were pushed away or lost in a new link', () => {
    const given = withPull()
      .and(sam, now(7, { contributors: [sam.id] }))
      .and(dan, now(7, { contributors: [dan.id] }))
      .and(dan, link('build', 7, { via: 'command' }));
    expect(given.when(sam, approve(), { ...seen(given), roles })).toBe('own-work');
  });

  test('T18: never that of somebody whose commits came with this very delivery', () => {
    const pulls = [pullFacts(7, { contributors: [sam.id] })];
    expect(withPull().when(sam, approve(), { pulls, roles })).toBe('own-work');
  });

  test('never that of an author who took the merged pull request out of the story', () => {
    const given = submitted()
      .and(sam, link('build', 7, { author: sam }))
      .and(sam, now(7, { author: sam, state: 'merged' }));
    expect(given.when(sam, { type: 'Unlink', number: 7 })).toEqual([]);
    expect(given.when(sam, approve(), { roles })).toBe('own-work');
  });

  test('a policy that changes later takes back what it allowed', () => {
    const rules = rulesWith({ selfApproval: true });
    const given = submitted({ rules }).and(dan, link('build', 7), { rules }).and(dan, shown(7), { rules });
    const passed = given
      .and(dan, approve(), { ...seen(given), rules, roles })
      .and(vera, approve({ commentId: 2 }), { ...seen(given), rules });
    expect(opened(passed).stages[1]?.gatePassed).toBe(true);
    expect(passed.when(pat, { type: 'NoteRules' })).toEqual(['RulesSeen', 'GateReopened']);
  });
});

describe('what adds nothing', () => {
  test('is refused, so that nobody believes it counted', () => {
    const once = submitted().and(erin, approve());
    expect(once.when(erin, approve({ commentId: 2 }))).toBe('approved-already');
    expect(once.when(sam, approve({ commentId: 2 }), { roles: ['EM'] })).toBe('approved-already');
  });

  test('nobody is told "already" when an approver can still be moved to another role', () => {
    const both = submitted().and(erin, approve(), { roles: ['EM', 'VP'] });
    expect(both.when(sam, approve({ commentId: 2 }), { roles: ['EM'] })).toContain('GatePassed');
  });
});

describe('taking it back', () => {
  test('one comment that approved two stages is taken back from both', () => {
    const gate = { name: 'both', approvers: ['EM', 'VP'] };
    const stages = workflow.stages.map((one) => ({ ...one, role: 'PM', dependsOn: [], gate }));
    const given = ['define', 'build'].reduce(
      (so, key) =>
        so
          .and(pat, on(key, 'Claim'))
          .and(pat, on(key, 'Submit'))
          .and(erin, on(key, 'Approve', { commentId: 77 })),
      started({ ...workflow, stages }),
    );
    expect(given.when(erin, { type: 'RevokeApproval', commentId: 77, how: 'deleted' })).toEqual([
      'ApprovalRevoked',
      'ApprovalRevoked',
    ]);
  });

  test('works while the epic is paused, and never after the stage is done', () => {
    const once = submitted().and(erin, approve({ commentId: 77 }));
    const revoke = { type: 'RevokeApproval', commentId: 77, how: 'edited' } as const;
    expect(once.and(pat, { type: 'Pause', reason: '' }).when(sam, revoke)).toEqual(['ApprovalRevoked']);
    expect(once.and(vera, approve({ commentId: 2 })).when(sam, revoke)).toEqual([]);
  });

  test('an override stands without it, and falls with a rejection', () => {
    const given = withPull().and(olga, on('build', 'Override'));
    expect(opened(given).stages[1]?.gatePassed).toBe(true);
    const rejected = given.and(erin, on('build', 'Reject')).and(dan, on('build', 'Submit'));
    expect(opened(rejected).stages[1]).toMatchObject({ status: 'in-review', gatePassed: false });
  });
});
