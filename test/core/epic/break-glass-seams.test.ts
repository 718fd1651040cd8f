/** Where a broken glass meets another wish, another gate and another round: nobody is sent to a second person who would be refused. */
import { describe, expect, test } from 'vitest';
import { explainStage } from '../../../src/core/epic/explain.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, type Wanted, workflow } from './given.ts';
import { stageIn } from './rounds.ts';

const { dan, erin, olga, pat } = cast;
const rules = { rules: rulesWith({ breakGlass: { people: 2 } }) };
const going = (...approvers: string[]): WorkflowDefinition => ({
  ...workflow,
  stages: [stage('ship', { gate: { name: 'go', approvers, class: 'production' } })],
});
const inReview = started(going('EM'), rules)
  .and(dan, on('ship', 'Claim'), rules)
  .and(dan, on('ship', 'Submit'), rules);
const migrated: Wanted = {
  type: 'Migrate',
  shown: 'abc',
  definition: going('EM', 'VP'),
  source: { path: 'workflows/feature.yml', commit: null },
  from: '123',
  to: 'abc',
};
const why = (given: Given): string => JSON.stringify(explainStage(opened(given), stageIn(given, 'ship')));

test('whoever asks to override is not told that a skip somebody asked for is the same', () => {
  const given = inReview.and(olga, on('ship', 'Skip'), rules);
  expect(given.when(olga, on('ship', 'Skip'), rules)).toBe('needs-second');
  expect(given.when(olga, on('ship', 'Override'), rules)).toEqual(['GlassAsked']);
});

describe('what was asked for another gate, or another round', () => {
  const asked = inReview.and(olga, on('ship', 'Override'), rules);
  test('is shown as waiting for a second person while it does', () => {
    expect(why(asked)).toContain('/confirm g1');
  });
  test.each<[string, Given]>([
    ['a migration made it another gate', asked.and(pat, migrated, rules)],
    [
      'the stage was sent back and submitted again',
      asked.and(erin, on('ship', 'Reject'), rules).and(dan, on('ship', 'Submit'), rules),
    ],
    [
      'the stage was begun anew',
      asked
        .and(olga, { type: 'Pause', reason: '' }, rules)
        .and(olga, { type: 'Resume', from: 'ship' }, rules)
        .and(dan, on('ship', 'Claim'), rules)
        .and(dan, on('ship', 'Submit'), rules),
    ],
  ])('keeps nobody from asking again once %s', (_, given) => {
    expect(why(given)).not.toContain('/confirm');
    expect(given.when(olga, on('ship', 'Override'), rules)).toEqual(['GlassAsked']);
  });
});
