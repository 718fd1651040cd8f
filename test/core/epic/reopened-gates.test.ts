/** A gate that was passed and is not any more: the reason told is the one it was, and a pull request that comes back brings no old yes along. */
import { describe, expect, test } from 'vitest';
import { cast, type Given, on, stage, started, type Wanted, workflow } from './given.ts';
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
