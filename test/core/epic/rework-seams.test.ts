/** Where going back meets what people have against a stage, and parts that stand still: nobody’s no is lost by beginning anew. */
import { describe, expect, test } from 'vitest';
import { holdOf, partsOf } from '../../../src/core/epic/hold.ts';
import { splitPart } from '../../../src/core/slash/part-argument.ts';
import { cast, type Given, on, opened, stage, submitted, type Wanted, workflow } from './given.ts';
import { stageIn } from './rounds.ts';

const { dan, erin, olga, pat, vera } = cast;

describe('a concern that nobody has resolved', () => {
  const concerned = submitted()
    .and(vera, on('build', 'Concern', { text: 'it leaks' }))
    .and(vera, on('build', 'Concern', { text: 'it is slow' }))
    .and(vera, on('build', 'Resolve', { id: 'c1' }));
  const passed = (given: Given): Given =>
    given
      .and(dan, on('build', 'Claim'))
      .and(dan, on('build', 'Submit'))
      .and(erin, on('build', 'Approve'))
      .and(vera, on('build', 'Approve'));
  const anew = concerned.and(pat, { type: 'Pause', reason: '' }).and(pat, { type: 'Resume', from: 'build' });

  test('is not wiped by whoever may not resolve it, by going back', () => {
    expect(concerned.when(pat, on('build', 'Resolve', { id: 'c2' }))).toBe('not-your-role');
    expect(stageIn(passed(anew), 'build')).toMatchObject({ status: 'in-review', round: 2 });
    expect(passed(anew).when(vera, on('build', 'Resolve', { id: 'c2' }))).toContain('StageDone');
  });
  test('goes on where an approver sends everything back', () => {
    const back = concerned.and(erin, on('build', 'Reject', { to: 'define' }));
    expect(stageIn(back, 'build').concerns).toMatchObject([{ id: 'c2', text: 'it is slow' }]);
  });
  test('keeps its name: the next one has another', () => {
    const more = anew.and(dan, on('build', 'Claim')).and(vera, on('build', 'Concern'));
    expect(stageIn(more, 'build').concerns?.map(({ id }) => id)).toEqual(['c2', 'c3']);
  });
  test('of a stage that was done all the same stops its next round no more', () => {
    const done = concerned.and(olga, on('build', 'Override')).and(olga, on('build', 'Retry'));
    expect(stageIn(done, 'build')).toMatchObject({ round: 2, status: 'ready' });
    expect(stageIn(done, 'build').concerns).toBeUndefined();
  });
});

test('a part that was paused can be let go on by its name after a migration took its stages away', () => {
  const part = { kind: 'role', name: 'ENG' } as const;
  const without = { ...workflow, stages: [...workflow.stages.slice(0, 1), stage('more', { role: 'PM' })] };
  const migrate: Wanted = {
    type: 'Migrate',
    shown: 'abc',
    definition: without,
    source: { path: 'workflows/feature.yml', commit: null },
    from: '123',
    to: 'abc',
  };
  const started = submitted().and(olga, on('build', 'Reject'), { roles: ['EM'] });
  const given = started
    .and(dan, on('build', 'Release'))
    .and(pat, { type: 'Pause', part, reason: '' })
    .and(pat, migrate);
  const epic = opened(given);
  const context = { on: { kind: 'epic' } as const, stages: ['define'], kinds: partsOf(epic), commentId: 1 };
  const read = splitPart('ENG', context).part;
  expect(read).toEqual(part);
  expect(holdOf(opened(given.and(pat, { type: 'Resume', part })), part)).toBeUndefined();
});
