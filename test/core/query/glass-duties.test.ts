/** /mine of those who may override: a second person is waited for, and afterwards somebody who looks. */
import { expect, test } from 'vitest';
import type { Somebody } from '../../../src/core/query/query.ts';
import { waitingOn } from '../../../src/core/query/waiting-on.ts';
import type { BreakGlass } from '../../../src/core/workflow/break-glass.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, workflow } from '../epic/given.ts';
import { at } from './asked.ts';

const { pat, dan, olga, erin, vera } = cast;
const overrider = { roles: ['OVERRIDER'] };
const rules = (breakGlass: BreakGlass) => ({ rules: rulesWith({ breakGlass }) });

const forced = (policy: BreakGlass): Given => {
  const gate = { name: 'go', approvers: ['EM'], class: 'production' } as const;
  const more = rules(policy);
  return started({ ...workflow, stages: [stage('ship', { gate }), stage('tell')] }, { ...more, ...at(1) })
    .and(dan, on('ship', 'Claim'), { ...more, ...at(1, 10) })
    .and(dan, on('ship', 'Submit'), { ...more, ...at(1, 11) })
    .and(olga, on('ship', 'Override'), { ...more, ...at(1, 12) });
};
const duties = (given: Given, by: { login: string; id: number }, now: string, roles = ['OVERRIDER']) => {
  const who: Somebody = { login: by.login, id: by.id, roles };
  return waitingOn({ id: '1', epic: opened(given) }, who, now).map(({ duty, next }) => [duty, next]);
};
const soon = '2026-02-01T12:30:00.000Z';
const later = '2026-02-01T13:00:00.001Z';

test('a second person is waited for while their word would count, and it is not whoever asked', () => {
  const two = { people: 2 } as const;
  const given = forced(two);
  expect(duties(given, erin, soon)).toEqual([['confirm', '/confirm g1']]);
  for (const [by, now, roles] of [
    [erin, later, ['OVERRIDER']],
    [olga, soon, ['OVERRIDER']],
    [vera, soon, ['VP']],
  ] as const)
    expect(duties(given, by, now, [...roles])).toEqual([]);
  const stands = given.and(pat, { type: 'Pause', reason: '' }, { ...rules(two), at: soon });
  expect(duties(stands, erin, soon)).toEqual([['resume', '/resume']]);
});

test('somebody who had no hand in it is waited for to look, even when the epic is over', () => {
  const policy = { people: 2, reviewWithin: 7 * 86_400_000 } as const;
  const given = forced(policy).and(
    erin,
    { type: 'Confirm', glass: 'g1' },
    { ...rules(policy), ...overrider, at: soon },
  );
  const look = ['review', '/reviewed g1 <what you think of it>'];
  for (const by of [olga, erin]) expect(duties(given, by, later)).toEqual([]);
  expect(duties(given, vera, later)).toEqual([look]);
  const over = given.and(pat, { type: 'Cancel', reason: 'no', gone: false }, { ...rules(policy), at: later });
  expect(duties(over, vera, later)).toEqual([look]);
  const verdict = { type: 'GiveVerdict', glass: 'g1', text: 'it was right' } as const;
  const looked = given.and(vera, verdict, { ...rules(policy), ...overrider, at: later });
  expect(duties(looked, vera, later)).toEqual([]);
});
