/** Agents and principals: what a machine did is its person's doing, and a machine nobody answers for decides nothing (threats T17, T20, T74). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Agent } from '../../../src/core/epic/agents.ts';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Rules } from '../../../src/core/epic/policy.ts';
import type { Approval, OpenedEpic, Stage } from '../../../src/core/epic/state.ts';
import type { Policy } from '../../../src/core/workflow/policy.ts';
import {
  cast,
  facts,
  type Given,
  on,
  opened,
  rulesWith,
  stage,
  started,
  submitted,
  workflow,
} from './given.ts';
import { link, pullFacts, review, shown } from './pulls.ts';

const { pat, dan, erin, vera, sam } = cast;
const bot: Person = { id: 50, login: 'coder-bot[bot]' };
const machine: Person = { id: 51, login: 'lint-machine' };

const rulesOf = (agents: readonly Agent[], policy: Partial<Policy> = {}): Rules => ({
  ...rulesWith(policy),
  agents,
});
const ofErin = rulesOf([{ id: 50, login: 'coder-bot[bot]', principal: erin }]);
const ofDan = rulesOf([{ id: 50, login: 'coder-bot[bot]', principal: dan }]);
const alone = rulesOf([{ id: 51, login: 'lint-machine' }]);

const claimedBy = (person: Person, rules: Rules): Given =>
  started()
    .and(pat, on('define', 'Claim'), { rules })
    .and(pat, on('define', 'Submit'), { rules })
    .and(erin, on('define', 'Approve'), { rules })
    .and(person, on('build', 'Claim'), { rules, roles: ['ENG'] });
const inReviewOf = (person: Person, rules: Rules): Given =>
  claimedBy(person, rules).and(person, on('build', 'Submit'), { rules });

describe('an agent with a principal', () => {
  test('claims and submits, and its principal does not approve what it built', () => {
    const given = inReviewOf(bot, ofErin);
    expect(given.when(erin, on('build', 'Approve'), { rules: ofErin })).toBe('own-work');
    expect(given.when(vera, on('build', 'Approve'), { rules: ofErin })).toContain('ApprovalGiven');
  });

  test.each([
    ['opened the pull request', { author: bot, contributors: [] }],
    ['has commits in it', { contributors: [dan.id, bot.id] }],
  ])('%s: its principal approves it neither by comment nor by review', (_, more) => {
    const rules = ofErin;
    const given = claimedBy(dan, rules)
      .and(pat, link('build', 7, more), { rules })
      .and(sam, shown(7), { rules })
      .and(dan, on('build', 'Submit'), { rules });
    const facts = { rules, pulls: [pullFacts(7, more)] };
    expect(given.when(erin, on('build', 'Approve'), facts)).toBe('own-work');
    const epic = opened(given.and(erin, review(erin, 7, 'approved'), { rules }));
    const build = epic.stages.find((one) => one.definition.key === 'build');
    if (build === undefined) throw new Error('no stage');
    expect(judgeGate(epic, build).filled).toEqual([]);
  });

  test('is named to whoever did not know that its doing is theirs; machines nobody answers for are nobody’s', () => {
    const rules = rulesOf([
      { id: 51, login: 'lint-machine' },
      { id: 50, login: 'coder-bot[bot]', principal: erin },
    ]);
    const approves = { ...on('build', 'Approve'), ...facts(erin, { rules }) } as EpicCommand;
    const why = decide(inReviewOf(bot, rules).epic, approves).refusal?.why;
    expect(why).toContain('`coder-bot[bot]`');
    expect(why).not.toContain('lint-machine');
  });

  test('does not approve what its principal built', () => {
    const given = inReviewOf(dan, ofDan);
    expect(given.when(bot, on('build', 'Approve'), { rules: ofDan, roles: ['EM'] })).toBe('own-work');
  });

  test('and its principal are one person: together they fill one role of a gate', () => {
    const rules = ofErin;
    const given = inReviewOf(dan, rules).and(bot, on('build', 'Approve', { commentId: 2 }), {
      rules,
      roles: ['EM'],
    });
    expect(given.when(erin, on('build', 'Approve'), { rules, roles: ['EM', 'VP'] })).toBe('one-role-each');
    const done = given.and(vera, on('build', 'Approve', { commentId: 3 }), { rules });
    expect(opened(done).stages[1]?.status).toBe('done');
  });

  test('is kept apart from what its principal worked on', () => {
    const definition = {
      ...workflow,
      stages: [stage('code'), stage('check', { distinctFrom: ['code'] })],
    };
    const rules = ofDan;
    const given = started(definition).and(dan, on('code', 'Claim'), { rules });
    expect(given.when(bot, on('check', 'Claim'), { rules, roles: ['ENG'] })).toBe('kept-apart');
  });
});

describe('an agent without a principal', () => {
  test.each<[string, Person, Rules]>([
    ['listed so', machine, alone],
    ['a bot that is in a role and not listed', bot, rulesWith()],
    ['a bot that is not the one listed', { id: 52, login: 'other[bot]' }, ofErin],
  ])('%s: neither claims nor approves', (_, agent, rules) => {
    const ready = started().and(cast.olga, on('define', 'Skip'), { rules });
    expect(ready.when(agent, on('build', 'Claim'), { rules, roles: ['ENG'] })).toBe('agent-alone');
    const given = inReviewOf(dan, rules);
    expect(given.when(agent, on('build', 'Approve'), { rules, roles: ['EM'] })).toBe('agent-alone');
  });

  test('does not pass a gate by a review either, whatever the policy says of self-approval', () => {
    const rules = rulesOf([{ id: 51, login: 'lint-machine' }], { selfApproval: true });
    const given = submitted({ rules })
      .and(pat, link('build', 7), { rules })
      .and(machine, review(machine, 7, 'approved', { roles: ['EM'] }), { rules });
    const epic = opened(given);
    const build = epic.stages[1];
    if (build === undefined) throw new Error('no stage');
    expect(judgeGate(epic, build).consents).toMatchObject([{ not: 'agent-alone' }]);
  });

  test('whose principal is taken out of the configuration loses what it had approved', () => {
    const rules = ofErin;
    const given = inReviewOf(dan, rules).and(bot, on('build', 'Approve'), { rules, roles: ['EM'] });
    const after = given.and(sam, { type: 'NoteRules' }, { rules: rulesWith() });
    const epic = opened(after);
    const build = epic.stages[1];
    if (build === undefined) throw new Error('no stage');
    expect(judgeGate(epic, build)).toMatchObject({ passed: false, filled: [] });
  });
});

const people = [2, 3, 4, 5].map((id) => ({ id, login: `p${id}` }));
const agents = [60, 61].map((id) => ({ id, login: `a${id}` }));
const worlds = fc.record({
  principals: fc.tuple(fc.option(fc.constantFrom(...people)), fc.option(fc.constantFrom(...people))),
  claimant: fc.constantFrom(...people, ...agents),
  approvals: fc.uniqueArray(
    fc.record({ by: fc.constantFrom(...people, ...agents), roles: fc.subarray(['EM', 'VP']) }),
    { selector: (one) => one.by.id, maxLength: 5 },
  ),
  distinct: fc.boolean(),
});
const base = opened(submitted());
const build = base.stages[1];

test('whoever works for whom, no person fills two roles, approves their own work or hides behind a machine', () => {
  let passes = 0;
  fc.assert(
    fc.property(worlds, ({ principals, claimant, approvals, distinct }) => {
      if (build === undefined) throw new Error('no stage');
      const listed = agents.map((one, index) => {
        const principal = principals[index];
        return principal == null ? one : { ...one, principal };
      });
      const given: Approval[] = approvals.map((one, commentId) => ({
        ...one,
        commentId,
        commits: {},
        note: '',
        at: '2026-01-01T00:00:00.000Z',
      }));
      const epic: OpenedEpic = { ...base, rules: rulesOf(listed, { distinctApprovers: distinct }) };
      const judged: Stage = { ...build, approvals: given, claimant };
      // By hand: every account is replaced by the human behind it, machines without one are crossed out.
      const human = (id: number): number | undefined => {
        const index = agents.findIndex((one) => one.id === id);
        return index < 0 ? id : (principals[index]?.id ?? undefined);
      };
      const owner = human(claimant.id) ?? claimant.id;
      const voters = approvals.flatMap(({ by, roles }) => {
        const who = human(by.id);
        return who === undefined || who === owner ? [] : [{ who, roles }];
      });
      const em = voters.filter(({ roles }) => roles.includes('EM'));
      const vp = voters.filter(({ roles }) => roles.includes('VP'));
      const expected = em.some((one) => vp.some((other) => !distinct || one.who !== other.who));
      if (expected) passes += 1;
      expect(judgeGate(epic, judged).passed).toBe(expected);
    }),
    { numRuns: 4_000 },
  );
  expect(passes).toBeGreaterThan(100);
});
