/** What somebody reads whose approval is not counted: why, who may instead, and what to type. */
import { describe, expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { StageDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import {
  cast,
  facts,
  type Given,
  on,
  rulesWith,
  stage,
  started,
  submitted,
  type Wanted,
  workflow,
} from './given.ts';
import { link, now, pullFacts, review, sha, shown } from './pulls.ts';
import { said } from './said.ts';

const { dan, erin, vera, olga, sam } = cast;
const bot: Person = { id: 50, login: 'coder-bot[bot]' };
const approve = (more: object = {}) => on('build', 'Approve', more);
const withPull = (): Given => submitted().and(dan, link('build', 7)).and(dan, shown(7));
const one = (more: Partial<StageDefinition> = {}): WorkflowDefinition => ({
  ...workflow,
  stages: [stage('plan'), stage('build', { gate: { name: 'go', approvers: ['EM', 'VP'] }, ...more })],
});
const inReview = (definition = one(), by: Person = dan, more: object = {}): Given =>
  started(definition)
    .and(by, on('build', 'Claim'), { roles: ['ENG'], ...more })
    .and(by, on('build', 'Submit'), { roles: ['ENG'], ...more });
const placed = (...places: readonly (readonly [string, Person])[]) => ({
  roles: places.map(([role]) => role),
  instead: places.map(([role, of]) => ({ role, of })),
});
const withAgents = (principal: Person) => ({
  rules: { ...rulesWith({}), agents: [{ ...bot, principal }] },
});

describe('a gate that is not open', () => {
  test.each<[string, string, () => Given]>([
    ['because there is none', 'tell', submitted],
    ['because its stage is done', 'define', submitted],
    ['because its stage was skipped', 'build', () => submitted().and(olga, on('build', 'Skip'))],
    ['because nobody has claimed its stage', 'build', started],
    ['because it was rejected', 'build', () => submitted().and(erin, on('build', 'Reject'))],
    [
      'because it was rejected and is blocked',
      'build',
      () => submitted().and(dan, on('build', 'Block')).and(erin, on('build', 'Reject')),
    ],
  ])('%s', (_, key, given) => {
    expect(said(given(), erin, on(key, 'Approve'))).toMatchSnapshot();
  });
});

describe('the commit', () => {
  test.each<[string, Given, object, object]>([
    ['that GitHub did not tell', withPull(), approve(), { pulls: [] }],
    ['that is another', withPull(), approve({ commit: 'bbbbbbb' }), {}],
    ['that was pushed over', withPull(), approve(), { head: sha('b') }],
    [
      'of a fork',
      submitted()
        .and(dan, link('build', 7, { fork: true }))
        .and(dan, shown(7)),
      approve(),
      { fork: true },
    ],
  ])('%s', (_, given, wanted, change) => {
    const pulls = 'pulls' in change ? [] : [pullFacts(7, change)];
    expect(said(given, erin, wanted as ReturnType<typeof approve>, { pulls })).toMatchSnapshot();
  });

  test.each([true, false])(
    'named for one of two pull requests, of which the other is of a fork: %s',
    (fork) => {
      const given = submitted()
        .and(dan, link('build', 7))
        .and(dan, link('build', 8, { fork }));
      const pulls = [pullFacts(7), pullFacts(8, { head: sha('b'), fork })];
      expect(said(given, erin, approve({ commit: 'aaaaaaa' }), { pulls })).toMatchSnapshot();
    },
  );
});

describe('their own work', () => {
  const byPull = (more: object): Given =>
    inReview(one(), sam)
      .and(sam, link('build', 7, { author: sam, contributors: [], ...more }))
      .and(sam, shown(7));
  const cases: readonly (readonly [string, Person, () => Given])[] = [
    ['claimed', erin, () => inReview(one(), erin)],
    ['written', erin, () => byPull({ author: erin })],
    ['written in part', erin, () => byPull({ contributors: [erin.id] })],
  ];
  test.each(cases)('%s by themselves', (_, by, given) => {
    expect(said(given(), by, approve(), { pulls: [pullFacts(7)] })).toMatchSnapshot();
  });
  test.each(cases)('%s by whoever they stand for', (_, of, given) => {
    expect(said(given(), vera, approve(), placed(['EM', of]))).toMatchSnapshot();
  });
  test('done by their agent, who is one person with them', () => {
    const more = withAgents(erin);
    const given = inReview(one(), bot, more);
    expect(said(given, erin, approve(), more)).toMatchSnapshot();
    expect(said(given, bot, approve(), { ...more, roles: ['EM'] })).toMatchSnapshot();
    expect(said(given, vera, approve(), { ...more, ...placed(['EM', erin]) })).toMatchSnapshot();
  });
  test('an agent of somebody else is not named', () => {
    const other = { id: 51, login: 'other-bot', principal: vera };
    const rules = {
      ...rulesWith(),
      agents: [{ ...bot, principal: erin }, other, { ...other, id: 52, login: 'third-bot', principal: erin }],
    };
    const given = inReview(one(), erin);
    expect(said(given, erin, approve(), { rules })).toMatchSnapshot();
    expect(said(inReview(one(), dan), dan, approve(), { rules, roles: ['EM'] })).toMatchSnapshot();
  });
  test('on a stage that this one is kept apart from', () => {
    const given = started(one({ distinctFrom: ['plan'] }))
      .and(erin, on('plan', 'Claim'), { roles: ['ENG'] })
      .and(erin, on('plan', 'Submit'), { roles: ['ENG'] })
      .and(dan, on('build', 'Claim'))
      .and(dan, on('build', 'Submit'));
    expect(said(given, erin, approve())).toMatchSnapshot();
    expect(said(given, vera, approve(), placed(['EM', erin]))).toMatchSnapshot();
  });
  test('of nobody: a machine for which no person answers', () => {
    expect(said(inReview(), bot, approve(), { roles: ['EM'] })).toMatchSnapshot();
    expect(said(inReview(), vera, approve(), placed(['EM', bot]))).toMatchSnapshot();
  });
  test('is no obstacle where another role of theirs counts', () => {
    const more = { roles: ['EM', 'VP'], instead: [{ role: 'EM', of: dan }] };
    expect(said(inReview(), vera, approve(), more)).toBe('not refused');
    const two = placed(['EM', dan], ['VP', erin]);
    expect(said(inReview(), sam, approve(), two)).toBe('not refused');
  });
});

describe('an approval that adds nothing', () => {
  const roles = ['EM', 'VP'];
  test('from whoever fills one role of the gate already', () => {
    const given = inReview().and(vera, approve(), { roles });
    expect(said(given, vera, approve(), { roles })).toMatchSnapshot();
    expect(said(given, vera, approve(), { roles: ['EM'] })).toMatchSnapshot();
  });
  test('from somebody whose agent does', () => {
    const more = withAgents(vera);
    const given = inReview().and(bot, approve(), { ...more, roles: ['VP'] });
    expect(said(given, vera, approve({ commentId: 2 }), { ...more, roles })).toMatchSnapshot();
  });
  test('from whoever stands for somebody who does, and from them', () => {
    const given = inReview().and(erin, approve());
    expect(said(given, sam, approve(), placed(['VP', erin]))).toMatchSnapshot();
    const other = inReview().and(sam, approve(), placed(['EM', erin]));
    expect(said(other, erin, approve({ commentId: 2 }), { roles: ['VP'] })).toMatchSnapshot();
    expect(said(other, vera, approve({ commentId: 3 }), placed(['VP', erin]))).toMatchSnapshot();
  });
  test('for roles that somebody else fills', () => {
    const given = inReview().and(erin, approve());
    expect(said(given, sam, approve(), { roles: ['EM'] })).toMatchSnapshot();
    const whole = inReview(one({ gate: { name: 'go', approvers: ['EM', 'VP'], criteria: ['green'] } }))
      .and(erin, approve())
      .and(vera, approve({ commentId: 2 }));
    expect(said(whole, sam, approve({ commentId: 3 }), { roles })).toMatchSnapshot();
    expect(said(whole, vera, approve({ commentId: 3 }), { roles: ['VP'] })).toMatchSnapshot();
  });
  test('by comment, where their review says so already', () => {
    const given = withPull().and(erin, review(erin, 7, 'approved'));
    expect(said(given, erin, approve(), { pulls: [pullFacts(7)] })).toMatchSnapshot();
  });
});

describe('a condition that could never hold', () => {
  const criteria = one({ gate: { name: 'go', approvers: ['EM'], criteria: [] } });
  test.each<[string, Given, object]>([
    ['criteria of a gate without any', inReview(), { kind: 'criteria' }],
    ['criteria of a gate with an empty list', inReview(criteria), { kind: 'criteria' }],
    ['the stage itself', inReview(), { kind: 'stage', stage: 'build' }],
    ['the check that waits for the approval', withPull(), { kind: 'check', name: 'Gatehouse' }],
    ['a check where there is no pull request', inReview(), { kind: 'check', name: 'ci' }],
    [
      'a check where the pull request was closed',
      withPull().and(dan, now(7, { state: 'closed' })),
      { kind: 'check', name: 'ci' },
    ],
  ])('%s', (_, given, condition) => {
    expect(said(given, erin, approve({ condition }))).toMatchSnapshot();
  });
});

test('somebody without a role of the gate reads who has one', () => {
  expect(said(submitted(), sam, approve())).toMatchSnapshot();
});

describe('the commit an approval is given for', () => {
  const head = `${'a'.repeat(20)}${'b'.repeat(20)}`;
  const commits = (given: Given, wanted: Wanted, pulls = [pullFacts(7, { head })]): unknown => {
    const { events } = decide(given.epic, { ...wanted, ...facts(erin, { pulls }) } as EpicCommand);
    return events.find((event) => event.type === 'ApprovalGiven')?.approval.commits;
  };
  const linked = submitted().and(dan, link('build', 7, { head }));

  test('is named by its beginning, not by its end', () => {
    expect(commits(linked, approve({ commit: 'AAAAAAA' }))).toEqual({ 7: head });
    expect(commits(linked, approve({ commit: 'bbbbbbb' }))).toBe(undefined);
  });

  test('is no commit that somebody else approved', () => {
    const given = linked.and(vera, approve({ commit: 'aaaaaaa' }), { pulls: [pullFacts(7, { head })] });
    expect(commits(given, approve())).toBe(undefined);
  });

  test('is the one with which a pull request was merged, whatever was named', () => {
    const given = linked.and(dan, now(7, { head, state: 'merged' }));
    expect(commits(given, approve({ commit: 'ccccccc' }), [])).toEqual({ 7: head });
  });

  test('is written down with nothing that was not said', () => {
    const { events } = decide(submitted().epic, { ...approve(), ...facts(erin) } as EpicCommand);
    const [given] = events;
    expect(given?.type === 'ApprovalGiven' ? Object.keys(given.approval) : []).toEqual([
      'by',
      'roles',
      'commentId',
      'commits',
      'note',
      'at',
    ]);
  });

  test('without a name of a stage, on the epic, is meant for the one that is in review', () => {
    const wanted = { ...approve(), on: { kind: 'epic' } } as Wanted;
    expect(submitted().when(erin, wanted)).toEqual(['ApprovalGiven']);
    expect(started().when(erin, wanted)).toBe('which-stage');
  });
});
