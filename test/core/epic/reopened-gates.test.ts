/** A gate that was passed and is not any more: the reason told is the one it was, and a pull request that comes back brings no old yes along. */
import { describe, expect, test } from 'vitest';
import { noticeOf } from '../../../src/core/render/notice.ts';
import { cast, type Given, on, opened, stage, started, type Wanted, workflow } from './given.ts';
import { link, now, review, sha } from './pulls.ts';
import { stageIn } from './rounds.ts';

const { dan, erin, olga, vera } = cast;

const inReview = (...approvers: string[]): Given =>
  started({ ...workflow, stages: [stage('ship', { gate: { name: 'go', approvers } })] })
    .and(dan, on('ship', 'Claim'))
    .and(dan, link('ship', 7))
    .and(dan, on('ship', 'Submit'))
    .and(erin, review(erin, 7, 'approved'));

describe('why the gate is open again', () => {
  test.each<[string, Wanted, string]>([
    ['a push', now(7, { head: sha('b') }), 'an approval no longer counts'],
    ['a question', on('ship', 'AskQuestion', { kind: 'clarification' }), 'somebody asked a question'],
    ['a concern', on('ship', 'Concern'), 'a criterion or a concern is open'],
  ])('%s', (_, wanted, reason) => {
    expect(inReview('EM').and(erin, wanted).events.at(-1)).toMatchObject({ type: 'GateReopened', reason });
  });
});

describe('a pull request that was unlinked and comes back', () => {
  const away = inReview('EM', 'VP').and(olga, { type: 'Unlink', number: 7 });

  test('into the same base: what was said of it counts', () => {
    const back = away.and(dan, link('ship', 7)).and(vera, review(vera, 7, 'approved'));
    expect(stageIn(back, 'ship').gatePassed).toBe(true);
  });
  test('into another base: what was said of it was said of something else', () => {
    const back = away.and(dan, link('ship', 7, { base: 'release' })).and(vera, review(vera, 7, 'approved'));
    expect(stageIn(back, 'ship').gatePassed).toBe(false);
  });
  test('told of its new base only by /link: the same', () => {
    const back = inReview('EM', 'VP')
      .and(dan, link('ship', 7, { base: 'release', via: 'command' }))
      .and(vera, review(vera, 7, 'approved'));
    expect(stageIn(back, 'ship').gatePassed).toBe(false);
  });
});

describe('whoever’s approval stops counting is told once, with the reason', () => {
  const approved = started({
    ...workflow,
    stages: [stage('ship', { gate: { name: 'go', approvers: ['EM', 'VP'] } })],
  })
    .and(dan, on('ship', 'Claim'))
    .and(dan, on('ship', 'Submit'))
    .and(erin, on('ship', 'Approve'));
  const told = (given: Given): readonly string[] =>
    given.events.flatMap((event) => {
      const text = noticeOf(opened(given), event)?.text ?? '';
      return text.includes('no longer counts') ? [text] : [];
    });

  test('because a pull request was linked that they have not seen', () => {
    const linked = approved.and(dan, link('ship', 8));
    expect(told(linked)).toMatchObject([expect.stringContaining('@erin: your approval of `ship`')]);
    expect(told(linked)[0]).toContain('because #8 was linked to it');
    expect(told(linked.and(dan, link('ship', 8)))).toHaveLength(1);
  });
  test('because one was opened again', () => {
    const closed = approved.and(dan, link('ship', 8, { state: 'closed' }));
    expect(told(closed)).toEqual([]);
    expect(told(closed.and(dan, now(8)))[0]).toContain('because #8 was opened again');
  });
});

test('a no of somebody who lost their veto before the submission sends nothing back', () => {
  const given = started({
    ...workflow,
    stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'], veto: ['VP'] } })],
  })
    .and(dan, on('ship', 'Claim'))
    .and(dan, link('ship', 7))
    .and(vera, review(vera, 7, 'changes-requested'));
  expect(given.when(dan, on('ship', 'Submit'))).toContain('StageRejected');
  expect(given.when(dan, on('ship', 'Submit'), { rolesOf: { [vera.id]: [] } })).not.toContain(
    'StageRejected',
  );
});
