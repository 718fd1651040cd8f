/** Blockers have names: one of several is lifted, and never the wrong one (requirements SG-07, SG-08). */
import { describe, expect, test } from 'vitest';
import { cast, foldOf, type Given, on, opened, started } from './given.ts';

const { pat, erin, olga } = cast;
const two = (): Given => started().and(pat, on('define', 'Block')).and(erin, on('define', 'Block'));
const blockersOf = (given: Given, key: string): readonly string[] =>
  (opened(given).stages.find((one) => one.definition.key === key)?.blockers ?? []).map(({ id }) => id);

describe.each([
  ['the only one needs no name', () => started().and(pat, on('define', 'Block')), {}, ['BlockersLifted']],
  ['with two open the name is asked for', two, {}, 'which-blocker'],
  ['the named one is lifted', two, { blocker: 'b2' }, ['BlockersLifted']],
  ['a name nobody gave lifts nothing', two, { blocker: 'b3' }, 'which-blocker'],
  ['nothing is blocked', started, { blocker: 'b1' }, 'not-blocked'],
] as const)('unblock: %s', (_, given, more, outcome) => {
  test('is decided so', () => {
    expect(given().when(pat, on('define', 'Unblock', more))).toEqual(outcome);
  });
});

test('one of two lifted leaves the other and the stage blocked', () => {
  const left = two().and(pat, on('define', 'Unblock', { blocker: 'b1' }));
  expect(blockersOf(left, 'define')).toEqual(['b2']);
  expect(left.when(pat, on('define', 'Claim'))).toBe('blocked');
});

test('from the checklist a name finds its stage by itself', () => {
  const elsewhere = two().and(olga, on('tell', 'Block'), { roles: ['PM'] });
  const wanted = { type: 'Unblock', on: { kind: 'checklist' }, blocker: 'b3' } as const;
  expect(blockersOf(elsewhere.and(pat, wanted), 'tell')).toEqual([]);
});

test('a name is never used again, and old streams count the same way', () => {
  const again = two()
    .and(pat, on('define', 'Unblock', { blocker: 'b1' }))
    .and(pat, on('define', 'Block'));
  expect(blockersOf(again, 'define')).toEqual(['b2', 'b3']);
  const old = two().events.map((event) => {
    if (event.type !== 'BlockerRaised') return event;
    const { blocker: _, ...rest } = event;
    return rest;
  });
  const epic = foldOf(old);
  expect(epic.status === 'unopened' ? [] : epic.stages[0]?.blockers.map(({ id }) => id)).toEqual([
    'b1',
    'b2',
  ]);
});
