/** Where separation of duties meets stages that run side by side, and what was decided once meets being decided again. */
import { describe, expect, test } from 'vitest';
import { getNextSteps, type WayOn } from '../../../src/core/query/get-next-steps.ts';
import { waitingOn } from '../../../src/core/query/waiting-on.ts';
import { cast, on, opened, rulesWith, stage, started, submitted, workflow } from './given.ts';

const { dan, erin, olga, sam } = cast;
const both = { rules: { ...rulesWith(), roles: [{ role: 'ENG', names: ['dan', 'sam'] }] } };
const sideBySide = {
  ...workflow,
  stages: [stage('build'), stage('try', { distinctFrom: ['build'] }), stage('end', { dependsOn: ['build'] })],
};

describe('a stage kept apart from one that runs beside it', () => {
  const trying = started(sideBySide, both).and(dan, on('try', 'Claim'), both);
  const eng = { ...both, roles: ['ENG'] };

  test('is not built by whoever tries it, in whichever order they claim', () => {
    expect(trying.when(dan, on('build', 'Claim'), eng)).toBe('kept-apart');
    expect(trying.when(sam, on('build', 'Claim'), eng)).toEqual(['StageClaimed']);
    const building = started(sideBySide, both).and(dan, on('build', 'Claim'), both);
    expect(building.when(dan, on('try', 'Claim'), eng)).toBe('kept-apart');
  });
  test('can be built by them once they have given it back', () => {
    const free = trying.and(dan, on('try', 'Release'), eng);
    expect(free.when(dan, on('build', 'Claim'), eng)).toEqual(['StageClaimed']);
  });
  test('is said to wait for those who may', () => {
    const epic = opened(trying);
    const duties = (who: typeof dan) =>
      waitingOn({ id: '1', epic }, { ...who, roles: ['ENG'] }, '2026-02-06T09:00:00.000Z').map(
        (one) => one.next,
      );
    expect(duties(dan)).toEqual(['/submit try']);
    expect(duties(sam)).toEqual(['/claim build']);
    const asked = {
      id: '1',
      epic,
      history: trying.events,
      known: [dan, sam],
      at: '2026-02-01T00:00:00.000Z',
    };
    const { ways } = getNextSteps.answer({ ...asked, stage: 'build' }) as { readonly ways: readonly WayOn[] };
    expect(ways).toMatchObject([{ possible: true, steps: [{ who: ['sam'] }, { who: ['sam'] }] }]);
  });
});

test('an override said twice is refused the second time: the first stays the one that is shown and taken back', () => {
  const given = submitted().and(dan, on('build', 'Block')).and(olga, on('build', 'Override'));
  expect(given.when(olga, on('build', 'Override'))).toBe('already-done');
  expect(given.when(olga, on('build', 'Undo'))).toContain('DeedUndone');
});

test('a question about a stage that was left out is not one of those that could be meant', () => {
  const asked = submitted().and(erin, on('build', 'AskQuestion', { kind: 'clarification' }));
  const left = asked.and(olga, on('build', 'Skip'));
  const anywhere = (type: 'AnswerQuestion' | 'WithdrawQuestion') =>
    ({ ...on('build', type), on: { kind: 'checklist' } }) as const;
  expect(left.when(dan, anywhere('AnswerQuestion') as never)).toBe('which-stage');
  expect(left.when(erin, anywhere('WithdrawQuestion') as never)).toBe('which-stage');
  expect(left.when(erin, on('build', 'WithdrawQuestion'))).toBe('already-done');
});
