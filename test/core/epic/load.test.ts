/** Who is asked when a gate opens and how much one may take on: fair, the same whoever counts, and never a restriction on who may approve. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReviewerCandidate } from '../../../src/core/epic/commands.ts';
import { loadsOf } from '../../../src/core/epic/loads.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import { stagesToAsk } from '../../../src/core/epic/reviewers.ts';
import { noticeOf } from '../../../src/core/render/notice.ts';
import { claim } from '../../../src/core/slash/claim.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import type { Reviewers } from '../../../src/core/workflow/reviewers.ts';
import type { WorkInProgress } from '../../../src/core/workflow/wip.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, workflow } from './given.ts';

const shipping = (approvers: readonly string[]): WorkflowDefinition => ({
  ...workflow,
  stages: [
    stage('ship', { gate: { name: 'go', approvers: [...approvers], timeouts: { remindAfter: 3_600_000 } } }),
  ],
});
const choosing = (choose: Reviewers['choose'], perRole = 1) => ({
  rules: rulesWith({ reviewers: { choose, perRole } }),
});
const inReview = (rules: ReturnType<typeof choosing>, approvers: readonly string[] = ['EM']): Given =>
  started(shipping(approvers), rules)
    .and(cast.dan, on('ship', 'Claim'), rules)
    .and(cast.dan, on('ship', 'Submit'), rules);
const could = (by: Person, more: Partial<ReviewerCandidate> = {}): ReviewerCandidate => ({
  by,
  roles: ['EM'],
  instead: [],
  open: 0,
  last: '',
  ...more,
});
const asks = (
  given: Given,
  rules: ReturnType<typeof choosing>,
  candidates: readonly ReviewerCandidate[],
): Given => given.and(cast.olga, { type: 'ChooseReviewers', stage: 'ship', candidates }, rules);
const chosen = (given: Given): readonly string[] =>
  (opened(given).stages[0]?.reviewers ?? []).map(({ by, role }) => `${by.login} as ${role}`);

describe('who is asked', () => {
  const erin = could(cast.erin, { open: 1, last: '2026-01-01T00:00:00.000Z' });
  const sam = could(cast.sam, { open: 3, last: '2025-01-01T00:00:00.000Z' });

  test('in turns: whoever was asked longest ago; by load: whoever has the least to do', () => {
    const [turns, load] = [choosing('rotate'), choosing('least-busy')];
    expect(chosen(asks(inReview(turns), turns, [erin, sam]))).toEqual(['sam as EM']);
    expect(chosen(asks(inReview(load), load, [erin, sam]))).toEqual(['erin as EM']);
    expect(chosen(asks(inReview(load), load, [{ ...erin, open: 3 }, sam]))).toEqual(['sam as EM']);
  });

  test('never the claimant, nor whoever stands for them', () => {
    const rules = choosing('rotate');
    const forDan = could(cast.sam, { instead: [{ role: 'EM', of: cast.dan }] });
    expect(chosen(asks(inReview(rules), rules, [could(cast.dan), forDan]))).toEqual([]);
    expect(chosen(asks(inReview(rules), rules, [could(cast.dan), forDan, erin]))).toEqual(['erin as EM']);
  });

  test('another one for each role, also where one person holds both', () => {
    const rules = choosing('rotate');
    const both = could(cast.erin, { roles: ['EM', 'VP'] });
    const given = asks(inReview(rules, ['EM', 'VP']), rules, [both, could(cast.vera, { roles: ['VP'] })]);
    expect(chosen(given)).toEqual(['erin as EM', 'vera as VP']);
  });

  test('the next one with the reminder, once, and nobody twice', () => {
    const rules = choosing('rotate');
    const first = asks(inReview(rules), rules, [erin, sam]);
    expect(stagesToAsk(first.epic)).toEqual([]);
    const later = { ...rules, at: '2027-01-01T00:00:00.000Z' };
    const reminded = first.and(cast.olga, { type: 'Tick' }, later);
    expect(stagesToAsk(reminded.epic)).toHaveLength(1);
    const next = reminded.and(
      cast.olga,
      { type: 'ChooseReviewers', stage: 'ship', candidates: [erin, sam] },
      later,
    );
    expect(chosen(next)).toEqual(['sam as EM', 'erin as EM']);
    expect(stagesToAsk(next.epic)).toEqual([]);
  });

  test('a second submission asks anew; a pass by override asks nobody', () => {
    const rules = choosing('rotate');
    const again = asks(inReview(rules), rules, [erin])
      .and(cast.erin, on('ship', 'Reject'), rules)
      .and(cast.dan, on('ship', 'Submit'), rules);
    expect(stagesToAsk(again.epic)).toHaveLength(1);
    expect(stagesToAsk(inReview(rules).and(cast.olga, on('ship', 'Override'), rules).epic)).toEqual([]);
  });

  test('whoever was not chosen approves all the same', () => {
    const rules = choosing('rotate');
    const given = asks(inReview(rules), rules, [sam]);
    expect(given.when(cast.erin, on('ship', 'Approve'), rules)).toContain('StageDone');
  });

  test('who is asked does not depend on the order in which people were found', () => {
    const rules = choosing('least-busy', 2);
    const people = [cast.erin, cast.vera, cast.olga, cast.sam, cast.pat].map((by, index) =>
      could(by, { open: index % 2, last: index > 2 ? '2026-01-01T00:00:00.000Z' : '' }),
    );
    const once = chosen(asks(inReview(rules), rules, people));
    expect(once).toHaveLength(2);
    fc.assert(
      fc.property(fc.shuffledSubarray(people, { minLength: people.length }), (shuffled) => {
        expect(chosen(asks(inReview(rules), rules, shuffled))).toEqual(once);
      }),
      { numRuns: 40 },
    );
  });

  test('is told so, and that others may answer; where nobody could be chosen the whole role is', () => {
    const rules = choosing('rotate');
    const told = (given: Given): string => {
      const event = given.events.at(-1);
      return event === undefined ? '' : (noticeOf(opened(given), event)?.text ?? '');
    };
    const forErin = could(cast.sam, { instead: [{ role: 'EM', of: cast.erin }] });
    expect(told(asks(inReview(rules), rules, [forErin]))).toMatch(
      /^@sam: .*`sam` for `erin` as `EM`.*Whoever else/,
    );
    expect(told(asks(inReview(rules), rules, []))).toMatch(/^@erin: .*nobody in particular/);
  });

  test('a request is open until they answer, and stays known as the last time they were asked', () => {
    const rules = choosing('rotate');
    const given = asks(inReview(rules, ['EM', 'VP']), rules, [erin]);
    const open = (one: Given): readonly boolean[] =>
      loadsOf(opened(one))
        .filter((load) => load.kind === 'review')
        .map((load) => load.open);
    expect(open(given)).toEqual([true]);
    expect(open(given.and(cast.erin, on('ship', 'Approve'), rules))).toEqual([false]);
    expect(open(given.and(cast.pat, { type: 'Cancel', reason: 'over', gone: false }, rules))).toEqual([
      false,
    ]);
  });
});

describe('work in progress', () => {
  const two: WorkflowDefinition = {
    ...workflow,
    stages: [stage('a'), stage('b'), stage('c', { role: 'SRE' })],
  };
  const limited = (wip: WorkInProgress) => ({ rules: rulesWith({ wip }), loads: [] });
  const elsewhere = (person: number, role = 'ENG') => ({
    kind: 'claim' as const,
    stage: 'x',
    issue: 77,
    person,
    role,
    since: '2026-01-01T00:00:00.000Z',
    open: true,
  });

  test('a person may hold so many, here and elsewhere together', () => {
    const facts = limited({ person: 2, roles: {} });
    const one = started(two, facts).and(cast.dan, on('a', 'Claim'), facts);
    expect(one.when(cast.dan, on('b', 'Claim'), facts)).toEqual(['StageClaimed']);
    const more = { ...facts, loads: [elsewhere(cast.dan.id)] };
    expect(one.when(cast.dan, on('b', 'Claim'), more)).toBe('too-much-at-once');
    expect(one.when(cast.sam, on('b', 'Claim'), { ...more, roles: ['ENG'] })).toEqual(['StageClaimed']);
  });

  test('what is submitted is out of hand', () => {
    const facts = limited({ person: 1, roles: {} });
    const one = started(two, facts).and(cast.dan, on('a', 'Claim'), facts);
    expect(one.when(cast.dan, on('b', 'Claim'), facts)).toBe('too-much-at-once');
    const after = one.and(cast.dan, on('a', 'Submit'), facts);
    expect(after.when(cast.dan, on('b', 'Claim'), facts)).toEqual(['StageClaimed']);
  });

  test('a role’s stages are counted whoever has them, other roles’ are not', () => {
    const facts = limited({ roles: { ENG: 1 } });
    const busy = { ...facts, loads: [elsewhere(cast.sam.id)] };
    expect(started(two, facts).when(cast.dan, on('a', 'Claim'), busy)).toBe('too-much-at-once');
    expect(started(two, facts).when(cast.sam, on('c', 'Claim'), { ...busy, roles: ['SRE'] })).toEqual([
      'StageClaimed',
    ]);
  });

  test('where it is not known what is in progress, nothing is claimed', () => {
    const { rules } = limited({ person: 2, roles: {} });
    expect(started(two, { rules }).when(cast.dan, on('a', 'Claim'), { rules })).toBe('facts-missing');
  });

  test('only an overrider goes beyond it, and it is recorded only where it was needed', () => {
    const facts = { ...limited({ person: 1, roles: {} }), loads: [elsewhere(cast.dan.id)] };
    const over = on('a', 'Claim', { over: 'urgent' });
    expect(started(two, facts).when(cast.dan, over, facts)).toBe('not-your-role');
    const given = started(two, facts).and(cast.dan, over, { ...facts, roles: ['ENG', 'OVERRIDER'] });
    expect(opened(given).stages[0]?.overLimit).toMatchObject({ by: cast.dan, text: 'urgent' });
    const calm = started(two, facts).and(cast.dan, over, { ...facts, loads: [] });
    expect(opened(calm).stages[0]?.overLimit).toBeUndefined();
  });

  test('`/claim --over` is read with and without a stage, and never without a reason', () => {
    const context = { on: { kind: 'epic' as const }, stages: ['a', 'b'], commentId: 1 };
    expect(claim.meaning('--over we must', context)).toMatchObject({ over: 'we must' });
    expect(claim.meaning('b --over we must', context)).toMatchObject({ stage: 'b', over: 'we must' });
    expect(claim.meaning('b --over', context)).toMatchObject({ refused: 'reason-needed' });
    expect(claim.meaning('b --overt', context)).not.toHaveProperty('over');
  });
});
