/** Who fills which role where people stand for others: everybody once, in their own right before somebody else’s. */
import { describe, expect, test } from 'vitest';
import { heldNow } from '../../../src/core/epic/held-now.ts';
import { fillSeats, type Seated } from '../../../src/core/epic/seats.ts';
import { workedApart } from '../../../src/core/epic/worked-apart.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, workflow } from './given.ts';
import { link, now } from './pulls.ts';

const { pat, dan, erin, vera, sam } = cast;
const sits = (by: typeof erin, roles: readonly string[], ...instead: Seated['instead']): Seated => ({
  ...{ by, roles, instead },
});
const distinct = rulesWith();
const many = rulesWith({ distinctApprovers: false });
const emFor = (of: typeof erin) => ({ role: 'EM', of });

describe('a role', () => {
  test.each([distinct, many])('is filled by whoever holds it before whoever holds it for them', (rules) => {
    const seated = [sits(sam, ['EM'], emFor(erin)), sits(erin, ['EM'])];
    expect(fillSeats(['EM'], seated, rules)).toEqual([{ role: 'EM', by: erin }]);
    expect(fillSeats(['EM'], seated.slice(0, 1), rules)).toEqual([{ role: 'EM', by: sam, instead: erin }]);
  });
  test('says for whom it is held, and not for whom another one is', () => {
    const seated = [sits(sam, ['EM', 'VP'], { role: 'VP', of: vera })];
    expect(fillSeats(['EM', 'VP'], seated, many)).toEqual([
      { role: 'EM', by: sam },
      { role: 'VP', by: sam, instead: vera },
    ]);
  });
  test('is filled only by those of a seat who hold it', () => {
    const seated = [sits(erin, ['VP']), sits(sam, ['EM'], emFor(erin))];
    expect(fillSeats(['EM'], seated, distinct)).toEqual([{ role: 'EM', by: sam, instead: erin }]);
  });
  test('nobody holds stays open', () => {
    for (const rules of [distinct, many]) expect(fillSeats(['EM'], [sits(vera, ['VP'])], rules)).toEqual([]);
    expect(fillSeats(['EM'], [], distinct)).toEqual([]);
  });
});

describe('one seat', () => {
  const roles = ['EM', 'VP', 'QA'];
  test('is shared by everybody who stands for the same person, also through somebody else', () => {
    const seated = [
      sits(sam, ['EM'], emFor(erin)),
      sits(dan, ['QA'], { role: 'QA', of: vera }),
      sits(pat, ['VP', 'EM'], { role: 'VP', of: vera }, emFor(erin)),
    ];
    expect(fillSeats(roles, seated, distinct)).toHaveLength(1);
    expect(fillSeats(roles, seated.slice(0, 2), distinct)).toHaveLength(2);
    expect(fillSeats(roles, seated, many)).toHaveLength(3);
  });
  test('beside others leaves those theirs', () => {
    const seated = [sits(erin, ['EM']), sits(vera, ['VP']), sits(sam, ['EM', 'QA'], emFor(erin))];
    expect(fillSeats(['EM', 'VP'], seated, distinct).map(({ by }) => by)).toEqual([erin, vera]);
  });
});

test('whoever was asked again holds what they hold now, in the place of those of now', () => {
  const said = { roles: ['EM'], instead: [emFor(erin)], note: 'x' };
  const asked = { type: 'RolesAsked', person: sam.id, at: '', by: sam } as const;
  expect(heldNow(said, { ...asked, roles: ['VP'] })).toEqual({ roles: ['VP'], note: 'x' });
  expect(heldNow(said, { ...asked, roles: ['EM'], places: [emFor(vera)] })).toEqual({
    ...{ roles: ['EM'], instead: [emFor(vera)], note: 'x' },
  });
});

describe('kept apart', () => {
  const definition = { ...workflow, stages: [stage('code'), stage('check', { distinctFrom: ['code'] })] };
  const coded = (): Given =>
    started(definition)
      .and(dan, on('code', 'Claim'))
      .and(pat, link('code', 7, { author: pat, contributors: [sam.id] }));
  const apart = (given: Given): readonly string[] => {
    const epic = opened(given);
    const check = epic.stages.find((one) => one.definition.key === 'check');
    if (check === undefined) throw new Error('no stage');
    return Object.values(cast)
      .filter((one) => workedApart(epic, check, one) === 'code')
      .map(({ login }) => login);
  };
  test('is whoever claimed the other stage or wrote in its pull requests, merged ones too, and nobody else', () => {
    expect(apart(coded())).toEqual(['pat', 'dan', 'sam']);
    expect(apart(coded().and(pat, now(7, { author: pat, contributors: [sam.id], state: 'merged' })))).toEqual(
      ['pat', 'dan', 'sam'],
    );
  });
  test('is nobody because of a pull request that was closed, nor before anybody has done anything', () => {
    const closed = coded().and(pat, now(7, { author: pat, contributors: [sam.id], state: 'closed' }));
    expect(apart(closed)).toEqual(['dan']);
    expect(apart(started(definition))).toEqual([]);
  });
  test('from a stage that is none is nobody', () => {
    const epic = opened(coded());
    const check = { ...epic.stages[1], definition: stage('check', { distinctFrom: ['gone'] }) } as never;
    expect(workedApart(epic, check, dan)).toBe(undefined);
  });
});
