/** /mine: what waits for a person and what does not, situation by situation, the oldest first. */
import { describe, expect, test } from 'vitest';
import { replay } from '../../../src/core/epic/evolve.ts';
import type { Somebody } from '../../../src/core/query/query.ts';
import { rolesByName } from '../../../src/core/query/roles-by-name.ts';
import { waitingOn as waitingAt } from '../../../src/core/query/waiting-on.ts';
import { cast, type Given, on, opened, rulesWith, started, submitted, workflow } from '../epic/given.ts';
import { link, now, review, sha } from '../epic/pulls.ts';
import { askedOf, at, theQuery } from './asked.ts';

const { pat, dan, erin, vera, olga } = cast;

const waitingOn = (epic: Parameters<typeof waitingAt>[0], who: Somebody) => waitingAt(epic, who, at(6).at);

const held: Readonly<Record<string, readonly string[]>> = {
  pat: ['PM'],
  dan: ['ENG'],
  erin: ['EM'],
  vera: ['VP'],
  olga: ['OVERRIDER'],
};
const who = ({ login, id }: { login: string; id: number }): Somebody => ({
  login,
  id,
  roles: held[login] ?? [],
});

/** Everybody for whom something waits, as `login: what to do`. */
const waiting = (given: Given): readonly string[] =>
  [pat, dan, erin, vera, olga].flatMap((person) =>
    waitingOn({ id: '1', epic: opened(given) }, who(person)).map(({ next }) => `${person.login}: ${next}`),
  );

const built = (): Given => submitted().and(dan, link('build', 7));
const passed = (): Given =>
  built()
    .and(erin, review(erin, 7, 'approved'))
    .and(vera, review(vera, 7, 'approved'));

const strict = {
  ...workflow,
  stages: workflow.stages.map((one) =>
    one.gate === undefined ? one : { ...one, gate: { ...one.gate, criteria: ['tests are green'] } },
  ),
};

const situations: readonly (readonly [string, () => Given, readonly string[]])[] = [
  ['a ready stage waits for its role', () => started(), ['pat: /claim define']],
  [
    'a claimed one for its claimant',
    () => started().and(pat, on('define', 'Claim')),
    ['pat: /submit define'],
  ],
  [
    'a gate for everybody who is missing',
    () => submitted(),
    ['erin: /approve build', 'vera: /approve build'],
  ],
  [
    'and not for those who have answered',
    () => submitted().and(erin, on('build', 'Approve')),
    ['vera: /approve build'],
  ],
  [
    'a rejected stage for its claimant again',
    () => submitted().and(erin, on('build', 'Reject')),
    ['dan: /submit build'],
  ],
  [
    'a blocked one for those who may lift it; approvals are waited for all the same',
    () => submitted().and(erin, on('build', 'Approve')).and(dan, on('build', 'Block')),
    ['dan: /unblock build', 'erin: /unblock build', 'vera: /approve build', 'vera: /unblock build'],
  ],
  [
    'a fork is approved by naming its commit',
    () => submitted().and(dan, link('build', 7, { fork: true })),
    ['erin: /approve build aaaaaaa', 'vera: /approve build aaaaaaa'],
  ],
  [
    'an approval that a push made old is asked for again',
    () => passed().and(dan, now(7, { head: sha('b') })),
    ['erin: /approve build', 'vera: /approve build'],
  ],
  [
    'an open criterion for the claimant, a concern for whoever raised it',
    () =>
      started(strict)
        .and(pat, on('define', 'Claim'))
        .and(pat, on('define', 'Submit'))
        .and(erin, on('define', 'Approve'))
        .and(erin, on('define', 'Concern')),
    ['pat: /check define 1 <evidence>', 'erin: /resolve define c1'],
  ],
  ['a passed gate for the claimant to merge', passed, ['dan: merge #7, or close it']],
  [
    'a paused epic for those who may resume it',
    () => submitted().and(pat, { type: 'Pause', reason: '' }),
    ['pat: /resume', 'olga: /resume'],
  ],
  [
    'a cancelled one for nobody',
    () => submitted().and(pat, { type: 'Cancel', reason: 'no', gone: false }),
    [],
  ],
];

describe('who is waited for', () => {
  test.each(situations)('%s', (_, given, expected) => {
    expect(waiting(given())).toEqual(expected);
  });

  test('nobody is waited for to approve what they wrote, nor to claim what they are kept apart from', () => {
    const everything = { ...who(dan), roles: ['ENG', 'EM', 'VP', 'PM'] };
    expect(waitingOn({ id: '1', epic: opened(built()) }, everything)).toEqual([]);
    const [define, build] = workflow.stages;
    if (define === undefined || build === undefined) throw new Error('The workflow has two stages.');
    const stages = [define, { ...build, distinctFrom: ['define'] }];
    const apart = started({ ...workflow, stages })
      .and(pat, on('define', 'Claim'))
      .and(pat, on('define', 'Submit'))
      .and(erin, on('define', 'Approve'));
    const both = { ...who(pat), roles: ['PM', 'ENG'] };
    expect(waitingOn({ id: '1', epic: opened(apart) }, both)).toEqual([]);
    expect(waitingOn({ id: '1', epic: opened(apart) }, who(dan))).toHaveLength(1);
  });

  test('a gate that was opened to others and has every approval asks none of them for one more', () => {
    const given = submitted()
      .and(erin, on('build', 'Concern'))
      .and(erin, on('build', 'Approve'))
      .and(vera, on('build', 'Approve', { commentId: 2 }));
    const widened = { type: 'GateWidened', stage: 'build', role: 'OVERRIDER', by: olga, ...at(3) } as const;
    const duties = (events: Given['events']): readonly string[] => {
      const epic = replay([...events, widened]);
      if (epic.status === 'unopened') throw new Error('It is open.');
      return waitingOn({ id: '1', epic }, who(olga)).map(({ next }) => next);
    };
    expect(duties(given.events)).toEqual([]);
    expect(duties(submitted().events)).toEqual(['/approve build']);
  });

  test('a renamed person is known by number, and whoever has taken the name is not', () => {
    const given = started().and(pat, on('define', 'Claim'));
    const epic = { id: '1', epic: opened(given) };
    expect(waitingOn(epic, { login: 'patricia', id: pat.id, roles: [] })).toHaveLength(1);
    expect(waitingOn(epic, { login: 'pat', id: 77, roles: [] })).toEqual([]);
    expect(waitingOn(epic, { login: 'PAT', roles: [] })).toHaveLength(1);
  });

  test('over several epics, the oldest first', () => {
    const [newer, older] = [started(undefined, at(5)), started(undefined, at(2))];
    const asked = { ...askedOf(newer), by: who(pat), others: [{ id: '7', epic: opened(older) }] };
    const { waiting: found } = theQuery('mine').answer(asked) as { waiting: readonly { epic: string }[] };
    expect(found.map((one) => one.epic)).toEqual(['7', '100']);
  });
});

describe('roles by name', () => {
  const rules = {
    ...rulesWith(),
    roles: [
      { role: 'PM', names: ['Pat', '@acme/pms'] },
      { role: 'EM', names: ['@acme/managers'] },
    ],
  };
  const epic = opened(started(undefined, { rules }));
  test('a login counts in any case, and a team only where it is said', () => {
    expect(rolesByName(epic, 'pat', [])).toEqual({ roles: ['PM'], teams: ['@acme/managers'] });
    expect(rolesByName(epic, 'erin', ['@ACME/managers'])).toEqual({ roles: ['EM'], teams: ['@acme/pms'] });
    expect(rolesByName(epic, 'acme/managers', [])).toEqual({
      roles: [],
      teams: ['@acme/pms', '@acme/managers'],
    });
  });
});
