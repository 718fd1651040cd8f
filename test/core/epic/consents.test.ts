/** Each person's approval as the gate sees it: with which roles, in whose place, since when, and why it does not count. */
import { describe, expect, test } from 'vitest';
import { barredFromApproving, judgeGate } from '../../../src/core/epic/gate.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Approval, OpenedEpic, Stage } from '../../../src/core/epic/state.ts';
import type { GateDefinition, StageDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, workflow } from './given.ts';
import { link, now, review, sha } from './pulls.ts';

const { pat, dan, erin, vera, sam } = cast;
const gate: GateDefinition = { name: 'go', approvers: ['EM', 'VP'] };
const asking = (more: Partial<GateDefinition> = {}, about: Partial<StageDefinition> = {}) => ({
  ...workflow,
  stages: [stage('plan'), stage('ship', { gate: { ...gate, ...more }, ...about })],
});
const claimed = (...args: Parameters<typeof asking>): Given =>
  started(asking(...args)).and(dan, on('ship', 'Claim'));
const inReview = (...args: Parameters<typeof asking>): Given =>
  claimed(...args).and(dan, on('ship', 'Submit'));
const linked = (...args: Parameters<typeof asking>): Given =>
  claimed(...args)
    .and(pat, link('ship', 7, { author: pat, contributors: [pat.id] }))
    .and(dan, on('ship', 'Submit'));
const shipOf = (epic: OpenedEpic): Stage => {
  const found = epic.stages.find((one) => one.definition.key === 'ship');
  if (found === undefined) throw new Error('no stage');
  return found;
};
const judged = (given: Given) => {
  const epic = opened(given);
  return judgeGate(epic, shipOf(epic));
};
const consents = (given: Given) => judged(given).consents;
const reviewed = (given: Given, by: Person, more: object = {}): Given =>
  given.and(by, review(by, 7, 'approved', more));
const early = '2026-02-01T00:00:00.000Z';
const late = '2026-03-01T00:00:00.000Z';
const nobody = { instead: [] };

/** The stage with approvals as the ledger might hold them, whoever may not give one now. */
const withApprovals = (given: Given, ...approvals: readonly Partial<Approval>[]) => {
  const epic = opened(given);
  const whole = approvals.map((one) => ({
    ...{ by: erin, roles: ['EM'], commentId: 1, commits: {}, note: '', at: early },
    ...one,
  }));
  return judgeGate(epic, { ...shipOf(epic), approvals: whole });
};

describe('an approval that counts', () => {
  test('has the roles of the gate that its giver holds, in the order of the gate, and no other', () => {
    expect(consents(reviewed(linked(), erin, { roles: ['QA', 'VP', 'EM'], at: early }))).toEqual([
      { by: erin, roles: ['EM', 'VP'], at: early, ...nobody },
    ]);
  });
  test('holds since the first time it was said, be it by comment or by review', () => {
    const given = linked().and(pat, link('ship', 8, { author: pat, contributors: [] }));
    const twice = reviewed(given, erin, { at: late }).and(erin, {
      ...review(erin, 8, 'approved', { at: early, id: 2 }),
    });
    expect(consents(twice)).toMatchObject([{ by: erin, at: early }]);
  });
  test('of everybody counts once, whatever they said it by', () => {
    const given = reviewed(reviewed(linked(), erin), vera);
    expect(consents(given).map(({ by }) => by.login)).toEqual(['erin', 'vera']);
    const both = withApprovals(reviewed(linked(), erin), { by: erin }, { by: vera, roles: ['VP'] });
    expect(both.consents.map(({ by }) => by.login)).toEqual(['erin', 'vera']);
  });
  test('names nobody whose review was dismissed, voided or says no', () => {
    expect(consents(linked().and(erin, review(erin, 7, 'changes-requested', { roles: [] })))).toEqual([]);
    expect(consents(reviewed(linked(), erin).and(pat, review(erin, 7, 'dismissed')))).toEqual([]);
    const back = reviewed(linked(), erin).and(vera, on('ship', 'Reject')).and(dan, on('ship', 'Submit'));
    expect(consents(back)).toEqual([]);
  });
});

describe('an approval that does not count says why', () => {
  const of = (given: Given) => consents(given).map(({ by, not }) => [by.login, not]);
  test.each<[string, Given]>([
    ['claimant', reviewed(linked(), dan, { roles: ['EM'] })],
    ['author', reviewed(linked(), pat, { roles: ['EM'] })],
    [
      'contributor',
      reviewed(linked().and(pat, now(7, { author: pat, contributors: [pat.id, sam.id] })), sam, {
        roles: ['EM'],
      }),
    ],
    ['older-commit', reviewed(linked(), erin, { commit: sha('0') })],
    ['no-role', reviewed(linked(), erin, { roles: ['QA'] })],
    ['other-pull', reviewed(linked().and(pat, link('ship', 8, { author: pat })), erin)],
  ])('%s', (not, given) => {
    expect(of(given).map(([, why]) => why)).toEqual([not]);
    expect(judged(given).filled).toEqual([]);
  });

  test('other-stage', () => {
    const given = started(asking({}, { distinctFrom: ['plan'] }))
      .and(erin, on('plan', 'Claim'), { roles: ['ENG'] })
      .and(dan, on('ship', 'Claim'))
      .and(pat, link('ship', 7))
      .and(dan, on('ship', 'Submit'));
    expect(of(reviewed(given, erin))).toEqual([['erin', 'other-stage']]);
  });

  test('stands-for-barred, of a role held only for somebody who may not approve', () => {
    const held = { roles: ['EM'], instead: [{ role: 'EM', of: dan }] };
    expect(consents(reviewed(linked(), sam, { ...held, at: early }))).toEqual([
      { by: sam, roles: [], instead: [], at: early, not: 'stands-for-barred' },
    ]);
  });

  test('agent-alone, before anything else', () => {
    const bot = { id: 50, login: 'x[bot]' };
    expect(of(reviewed(linked(), bot, { roles: ['EM'] }))).toEqual([['x[bot]', 'agent-alone']]);
  });

  test('nothing bars the author where the policy lets people approve their own work', () => {
    const rules = rulesWith({ selfApproval: true });
    const epic = { ...opened(linked()), rules };
    for (const by of [dan, pat, erin]) expect(barredFromApproving(epic, shipOf(epic), by)).toBe(undefined);
  });
});

test('a review that says no lends its commit to no approval of the same person', () => {
  const given = linked().and(erin, review(erin, 7, 'changes-requested', { roles: [] }));
  const verdict = withApprovals(given, { commits: { 7: sha('0') } });
  expect(verdict.consents).toMatchObject([{ by: erin, not: 'older-commit' }]);
});

test('where pushes cost nothing, a pull request nobody said anything of still lacks a word', () => {
  const given = reviewed(linked().and(pat, link('ship', 8, { author: pat })), erin, { commit: sha('0') });
  const epic = { ...opened(given), rules: rulesWith({ staleOnPush: false }) };
  expect(judgeGate(epic, shipOf(epic)).consents).toMatchObject([{ not: 'other-pull' }]);
});

describe('in somebody’s place', () => {
  test('of several people each role is for its own', () => {
    const places = [forErin, { role: 'VP', of: vera }];
    const given = reviewed(linked(), sam, { roles: ['EM', 'VP'], instead: places });
    expect(consents(given)[0]?.instead).toEqual(places);
  });
  const forErin = { role: 'EM', of: erin };
  test('is said for whom, and not of a role that is one’s own', () => {
    expect(consents(reviewed(linked(), sam, { roles: ['EM'], instead: [forErin], at: early }))).toEqual([
      { by: sam, roles: ['EM'], instead: [forErin], at: early },
    ]);
    const own = { roles: ['EM', 'VP'], instead: [forErin], at: early };
    expect(consents(reviewed(linked(), sam, own))).toEqual([
      { by: sam, roles: ['EM', 'VP'], instead: [forErin], at: early },
    ]);
    const twice = withApprovals(reviewed(linked(), sam, { roles: ['EM'] }), {
      by: sam,
      ...{ roles: ['EM'], instead: [forErin] },
    });
    expect(twice.consents[0]?.instead).toEqual([]);
  });
  test('of two people, of whom one may not approve, it counts for the other', () => {
    const held = { roles: ['EM'], instead: [{ role: 'EM', of: dan }, forErin] };
    expect(consents(reviewed(linked(), sam, held))).toMatchObject([{ roles: ['EM'], instead: [forErin] }]);
  });
});

describe('a gate that was opened to another role', () => {
  const wide = (given: Given, ...widened: readonly string[]) => {
    const epic = opened(given);
    return judgeGate(epic, { ...shipOf(epic), widened });
  };
  test('is filled in any of its roles by whoever holds that one', () => {
    const given = reviewed(linked(), sam, { roles: ['CTO'], at: early });
    expect(wide(given).consents[0]?.not).toBe('no-role');
    expect(wide(given, 'CTO').consents).toEqual([{ by: sam, roles: ['EM', 'VP'], instead: [], at: early }]);
  });
  test('in the place of whoever does, where they are away, but for nobody in a role of one’s own', () => {
    const own = { roles: ['CTO', 'EM'], instead: [{ role: 'EM', of: erin }], at: early };
    expect(wide(reviewed(linked(), sam, own), 'CTO').consents).toEqual([
      { by: sam, roles: ['EM', 'VP'], instead: [], at: early },
    ]);
    const cto = { role: 'CTO', of: erin };
    const held = { roles: ['CTO', 'VP'], instead: [cto], at: early };
    expect(wide(reviewed(linked(), sam, held), 'CTO').consents).toEqual([
      { by: sam, roles: ['EM', 'VP'], instead: [{ role: 'EM', of: erin }], at: early },
    ]);
  });
});

describe('roles that judge some files only', () => {
  const docs = { paths: { VP: ['docs/**'] } };
  test('are kept where a push touched others, and the others are lost', () => {
    const both = reviewed(linked(docs), erin, { roles: ['EM', 'VP'] });
    const moved = { from: sha('a'), to: sha('b'), files: ['src/x.ts'] };
    const pushed = both.and(pat, now(7, { head: sha('b'), author: pat, contributors: [pat.id], moved }));
    expect(consents(pushed)).toMatchObject([{ roles: ['VP'] }]);
    expect(consents(pushed)[0]?.not).toBe(undefined);
    const gone = { from: sha('b'), to: sha('c'), files: ['docs/a.md'] };
    const again = pushed.and(
      pat,
      now(7, { head: sha('c'), author: pat, contributors: [pat.id], moved: gone }),
    );
    expect(consents(again)).toMatchObject([{ roles: ['EM', 'VP'], not: 'older-commit' }]);
  });
});

describe('what waits for a condition', () => {
  const condition = { kind: 'stage', stage: 'plan' } as const;
  test('is shown with its roles and the condition, and does not count', () => {
    const verdict = withApprovals(inReview(), { condition });
    expect(verdict.consents).toEqual([
      { by: erin, roles: ['EM'], instead: [], at: early, condition, not: 'condition' },
    ]);
    expect(verdict.filled).toEqual([]);
  });
  test('counts, and waits for nothing, once it holds', () => {
    const done = inReview().and(dan, on('plan', 'Claim')).and(dan, on('plan', 'Submit'));
    expect(withApprovals(done, { condition }).consents).toEqual([
      { by: erin, roles: ['EM'], instead: [], at: early },
    ]);
  });
  test('beside a review lends it neither roles nor commits', () => {
    const given = reviewed(linked(), erin, { roles: ['EM'], at: late });
    const verdict = withApprovals(given, { condition, roles: ['EM', 'VP'] });
    expect(verdict.consents).toEqual([{ by: erin, roles: ['EM'], instead: [], at: late, condition }]);
    const stale = reviewed(linked(), erin, { commit: sha('0'), at: late });
    expect(withApprovals(stale, { condition, commits: { 7: sha('a') } }).consents[0]?.not).toBe(
      'older-commit',
    );
  });
});

describe('the gate', () => {
  const two: Partial<GateDefinition> = {
    approvers: ['EM', 'VP', 'CTO'],
    require: { any: [{ all: ['EM', 'VP'] }, 'CTO'] },
  };
  test('shows the nearest way, the first of them where several are as near, and all of them beside it', () => {
    const verdict = judged(inReview(two));
    expect(verdict.missing).toEqual(['CTO']);
    expect(verdict.ways.map(({ missing }) => missing)).toEqual([['CTO'], ['EM', 'VP']]);
    const one = withApprovals(inReview(two), { by: erin });
    expect([one.missing, one.filled]).toEqual([['CTO'], []]);
    const both = withApprovals(inReview(two), { by: erin }, { by: vera, roles: ['VP'] });
    expect([both.passed, both.missing]).toEqual([true, []]);
  });
  test('counts nothing before the stage is submitted, and is not passed though nothing is missing', () => {
    const epic = opened(claimed({ approvers: [] }));
    const { gate: _, ...bare } = shipOf(epic).definition;
    expect(judgeGate(epic, { ...shipOf(epic), definition: bare })).toMatchObject({
      passed: false,
      missing: [],
    });
    expect(withApprovals(claimed(), { by: erin })).toMatchObject({ filled: [], consents: [{ by: erin }] });
  });
  test('of a stage that is done counts what it counted', () => {
    const epic = opened(reviewed(reviewed(linked(), erin), vera));
    expect(judgeGate(epic, { ...shipOf(epic), status: 'done' }).passed).toBe(true);
    expect(judgeGate(epic, { ...shipOf(epic), status: 'in-progress' }).passed).toBe(false);
  });
  test('of a stage without one is passed once that is submitted', () => {
    const epic = opened(inReview());
    const { gate: _, ...bare } = shipOf(epic).definition;
    expect(judgeGate(epic, { ...shipOf(epic), definition: bare }).passed).toBe(true);
  });
});
