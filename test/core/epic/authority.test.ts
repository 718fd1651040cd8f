/** Who may pass a gate: quorum, named people, nested rules, separation of duties; against a naive evaluator (issue: gates, fully). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Requirement } from '../../../src/core/workflow/approval.ts';
import { namesIn } from '../../../src/core/workflow/approval.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, facts, type Given, on, opened, stage, started, workflow } from './given.ts';

const shipping = (require: Requirement): WorkflowDefinition => ({
  ...workflow,
  stages: [stage('ship', { gate: { name: 'go', approvers: namesIn(require), require } })],
});
const inReview = (require: Requirement): Given =>
  started(shipping(require)).and(cast.dan, on('ship', 'Claim')).and(cast.dan, on('ship', 'Submit'));

let comment = 0;
const approves = (given: Given, by: Person, roles: readonly string[]): Given => {
  comment += 1;
  const wish = on('ship', 'Approve', { commentId: comment });
  return Array.isArray(given.when(by, wish, { roles })) ? given.and(by, wish, { roles }) : given;
};
const passed = (given: Given): boolean => opened(given).stages[0]?.status === 'done';

describe('a gate asks for', () => {
  test('any one of its approvers', () => {
    expect(passed(approves(inReview({ any: ['EM', 'VP'] }), cast.vera, ['VP']))).toBe(true);
  });
  test('two of three', () => {
    const one = approves(inReview({ n: 2, of: ['EM', 'VP', 'QA'] }), cast.vera, ['VP']);
    expect(passed(one)).toBe(false);
    expect(passed(approves(one, cast.sam, ['QA']))).toBe(true);
  });
  test('a person by name, whatever roles others hold', () => {
    const given = inReview('@vera');
    expect(passed(approves(given, cast.erin, ['EM', 'VP']))).toBe(false);
    expect(passed(approves(given, cast.vera, ['@vera']))).toBe(true);
  });
  test('one role and any of two others', () => {
    const rule: Requirement = { all: ['EM', { any: ['VP', 'QA'] }] };
    const one = approves(inReview(rule), cast.sam, ['QA']);
    expect(passed(one)).toBe(false);
    expect(passed(approves(one, cast.vera, ['VP']))).toBe(false);
    expect(passed(approves(one, cast.erin, ['EM']))).toBe(true);
  });
  test('two people, not one with two roles', () => {
    const both = approves(inReview({ n: 2, of: ['EM', 'VP', 'QA'] }), cast.vera, ['EM', 'VP', 'QA']);
    expect(passed(both)).toBe(false);
  });
});

describe('of two ways to pass', () => {
  const rule: Requirement = { any: [{ all: ['EM', 'QA'] }, { all: ['VP', 'OVERRIDER'] }] };
  const one = approves(inReview(rule), cast.erin, ['EM']);

  test('the second is open to its people when somebody has begun the first', () => {
    const two = approves(one, cast.vera, ['VP']);
    expect(passed(two)).toBe(false);
    expect(passed(approves(two, cast.olga, ['OVERRIDER']))).toBe(true);
    expect(passed(approves(two, cast.sam, ['QA']))).toBe(true);
  });
  test('neither comes nearer by the same role again: that is said, not counted', () => {
    const again = on('ship', 'Approve', { commentId: 99 });
    expect(one.when(cast.erin, again, { roles: ['EM'] })).toBe('approved-already');
    expect(one.when(cast.sam, again, { roles: ['EM'] })).toBe('approved-already');
    const two = approves(one, cast.vera, ['VP']);
    const command = { ...again, ...facts(cast.vera, { roles: ['VP'] }) } as EpicCommand;
    expect(decide(opened(two), command).refusal?.why).toBe('You have approved as `VP` already.');
  });
});

/** As slow and plain as possible: every way to hand roles to people, and whether the rule holds for any. */
const naive = (rule: Requirement, people: readonly { readonly roles: readonly string[] }[]): boolean => {
  const holds = (part: Requirement, given: ReadonlySet<string>): boolean => {
    if (typeof part === 'string') return given.has(part);
    if ('all' in part) return part.all.every((one) => holds(one, given));
    if ('any' in part) return part.any.some((one) => holds(one, given));
    return part.of.filter((one) => holds(one, given)).length >= part.n;
  };
  const hand = (
    left: readonly { readonly roles: readonly string[] }[],
    given: ReadonlySet<string>,
  ): boolean => {
    const [first, ...rest] = left;
    if (first === undefined) return holds(rule, given);
    return hand(rest, given) || first.roles.some((role) => hand(rest, new Set([...given, role])));
  };
  return hand(people, new Set());
};

const roles = ['A', 'B', 'C', 'D'];
const rules: fc.Arbitrary<Requirement> = fc.letrec<{ rule: Requirement; list: Requirement[] }>((tie) => ({
  list: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...roles),
    tie('list').map((all) => ({ all })),
    tie('list').map((any) => ({ any })),
    tie('list').chain((of) => fc.integer({ min: 1, max: of.length }).map((n) => ({ n, of }))),
  ),
})).rule;

test('whatever the rule and whoever approves, the gate passes exactly when some way to hand out the roles fulfils it', () => {
  const people = fc.array(fc.record({ roles: fc.subarray(roles) }), { maxLength: 4 });
  let passes = 0;
  fc.assert(
    fc.property(rules, people, (rule, approving) => {
      const base = inReview(rule);
      const epic = opened(base);
      const [ship] = epic.stages;
      if (ship === undefined) throw new Error('no stage');
      const approvals = approving.map((one, index) => ({
        by: { id: 50 + index, login: `p${index}` },
        roles: one.roles,
        commentId: index,
        commits: {},
        note: '',
        at: '2026-01-01T00:00:00.000Z',
      }));
      const asked = namesIn(rule);
      const expected = naive(
        rule,
        approving.map((one) => ({ roles: one.roles.filter((role) => asked.includes(role)) })),
      );
      expect(judgeGate(epic, { ...ship, approvals }).passed).toBe(expected);
      if (expected) passes += 1;
    }),
    { numRuns: 600 },
  );
  expect(passes).toBeGreaterThan(30);
});

test('whatever the rule and in whatever order people approve, an approval refused as useless was not needed', () => {
  const people = fc.array(fc.record({ roles: fc.subarray(roles, { minLength: 1 }) }), { maxLength: 4 });
  let passes = 0;
  fc.assert(
    fc.property(rules, people, (rule, approving) => {
      const asked = namesIn(rule);
      const wanted = approving.map((one) => ({ roles: one.roles.filter((role) => asked.includes(role)) }));
      const end = wanted.reduce(
        (so, one, index) => approves(so, { id: 50 + index, login: `p${index}` }, one.roles),
        inReview(rule),
      );
      expect(passed(end)).toBe(naive(rule, wanted));
      if (passed(end)) passes += 1;
    }),
    { numRuns: 300 },
  );
  expect(passes).toBeGreaterThan(30);
});

test('an explicit gate is not skipped: people pass it, or somebody overrides it aloud', () => {
  const production: WorkflowDefinition = {
    ...workflow,
    stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'], explicitOnly: true } })],
  };
  const given = started(production).and(cast.dan, on('ship', 'Claim'));
  expect(given.when(cast.olga, on('ship', 'Skip'))).toBe('explicit-gate');
  const shown = given.and(cast.dan, on('ship', 'Submit')).and(cast.olga, on('ship', 'Override'));
  expect(opened(shown).stages[0]?.override?.by.login).toBe('olga');
});

describe('separation of duties', () => {
  const chain: WorkflowDefinition = {
    ...workflow,
    stages: [
      stage('build'),
      stage('check', {
        role: 'ENG',
        dependsOn: ['build'],
        distinctFrom: ['build'],
        gate: { name: 'qa', approvers: ['EM'] },
      }),
    ],
  };
  const built = started(chain).and(cast.dan, on('build', 'Claim')).and(cast.dan, on('build', 'Submit'));

  test('whoever built it does not test it', () => {
    expect(built.when(cast.dan, on('check', 'Claim'))).toBe('kept-apart');
    expect(built.when(cast.sam, on('check', 'Claim'), { roles: ['ENG'] })).toEqual(['StageClaimed']);
  });
  test('whoever built it does not approve the test either', () => {
    const tested = built
      .and(cast.sam, on('check', 'Claim'), { roles: ['ENG'] })
      .and(cast.sam, on('check', 'Submit'));
    expect(tested.when(cast.dan, on('check', 'Approve'), { roles: ['EM'] })).toBe('kept-apart');
    expect(tested.when(cast.erin, on('check', 'Approve'))).toContain('StageDone');
  });
});
