/** Where taking back meets everything else: whose pause it was, what hides behind what is over, and what came with a rejection. */
import { describe, expect, test } from 'vitest';
import type { GateDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, type Given, on, stage, started, submitted, workflow } from './given.ts';
import { link, review } from './pulls.ts';
import { stageIn } from './rounds.ts';

const { dan, erin, olga, pat, sam, vera } = cast;
const part = { kind: 'stage', name: 'define' } as const;

/** `ship` in review, with `other` beside it that keeps the epic running. */
const inReview = (gate: Partial<GateDefinition>): Given =>
  started({
    ...workflow,
    stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'], ...gate } }), stage('other')],
  })
    .and(dan, on('ship', 'Claim'))
    .and(dan, link('ship', 7))
    .and(dan, on('ship', 'Submit'));

test('a pause is not ended by whoever made another one of the same part before', () => {
  const given = started()
    .and(pat, { type: 'Pause', part, reason: '' })
    .and(olga, { type: 'Resume', part })
    .and(olga, { type: 'Pause', part, reason: 'audit' });
  expect(given.when(pat, on('define', 'Undo'))).toBe('too-late');
  expect(given.when(olga, on('define', 'Undo'))).toEqual(['DeedUndone']);
});

describe('what is over by itself does not hide what can be taken back', () => {
  const lifted = submitted().and(olga, on('build', 'SetPriority', { level: 'high' }));
  test('one’s own thing before it', () => {
    const given = lifted.and(erin, on('build', 'Block')).and(erin, on('build', 'Unblock'));
    const both = given
      .and(vera, on('build', 'Block'))
      .and(vera, on('build', 'SetPriority', { level: 'low' }));
    const gone = both.and(dan, on('build', 'Unblock')).and(vera, on('build', 'Undo'));
    expect(stageIn(gone, 'build').priority?.level).toBe('high');
  });
  test('somebody else’s, for whoever may override', () => {
    const given = submitted()
      .and(olga, { type: 'Pause', reason: '' })
      .and(olga, { type: 'Resume' })
      .and(vera, on('build', 'Block'));
    const anywhere = { ...on('build', 'Undo'), on: { kind: 'epic' } as const };
    expect(stageIn(given.and(olga, anywhere as never), 'build').blockers).toEqual([]);
  });
  test('and where nothing stands, the last thing is named', () => {
    const given = submitted().and(erin, on('build', 'Block')).and(erin, on('build', 'Unblock'));
    expect(given.when(erin, on('build', 'Undo'))).toBe('too-late');
  });
});

describe('a veto said with a rejection', () => {
  const vetoed = inReview({ veto: ['VP'] }).and(vera, on('ship', 'Reject'));

  test('goes with it: the gate is not shut by what was taken back', () => {
    const given = vetoed.and(vera, on('ship', 'Undo'));
    expect(stageIn(given, 'ship').concerns).toMatchObject([{ id: 'c1', resolved: { by: vera } }]);
    expect(given.when(erin, review(erin, 7, 'approved'))).toContain('GatePassed');
  });
  test('another concern of theirs stays', () => {
    const concerned = inReview({ veto: ['VP'] })
      .and(vera, on('ship', 'Concern'))
      .and(vera, on('ship', 'Reject'))
      .and(vera, on('ship', 'Undo'));
    const open = stageIn(concerned, 'ship').concerns?.filter((one) => one.resolved === undefined);
    expect(open).toMatchObject([{ id: 'c1', veto: false }]);
  });
});

test('a stand-in’s review does not become their own by an undo: they stand for whoever did the work', () => {
  const instead = [{ role: 'EM', of: dan }];
  const given = inReview({}).and(sam, review(sam, 7, 'approved', { roles: ['EM'], instead }));
  expect(stageIn(given, 'ship').gatePassed).toBe(false);
  const back = given
    .and(olga, on('ship', 'Skip'))
    .and(olga, on('ship', 'Undo'), { rolesOf: { [sam.id]: ['EM'] }, insteadOf: { [sam.id]: instead } });
  expect(stageIn(back, 'ship')).toMatchObject({ status: 'in-review', gatePassed: false });
});
