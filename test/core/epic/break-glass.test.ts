/** Break-glass: a careful gate is passed by force only by two people, or under the eyes of another one afterwards (requirements SE-04). */
import { describe, expect, test } from 'vitest';
import { nextAlarm } from '../../../src/core/epic/overdue.ts';
import type { BreakGlass } from '../../../src/core/workflow/break-glass.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, type Wanted, workflow } from './given.ts';

const { pat, dan, olga, erin, vera, sam } = cast;
const day = 86_400_000;
const gate = { name: 'go', approvers: ['EM'], class: 'production' } as const;
const explicit = { name: 'go', approvers: ['EM'], explicitOnly: true } as const;
const definition = (more: object = gate) => ({
  ...workflow,
  stages: [
    stage('ship', { gate: { ...gate, ...more } }),
    stage('plain', { gate: { name: 'g', approvers: ['EM'] } }),
  ],
});

const with_ = (breakGlass: BreakGlass) => ({ rules: rulesWith({ breakGlass }) });
const two = with_({ people: 2 });
const reviewed = with_({ people: 1, reviewWithin: 7 * day });
const both = with_({ people: 2, reviewWithin: 7 * day });
const overrider = { roles: ['OVERRIDER'] };

const inReview = (rules: object, given = started(definition(), rules)): Given =>
  given.and(dan, on('ship', 'Claim'), rules).and(dan, on('ship', 'Submit'), rules);
const asked = (rules: object = two): Given => inReview(rules).and(olga, on('ship', 'Override'), rules);
const confirm: Wanted = { type: 'Confirm', glass: 'g1' };
const verdict: Wanted = { type: 'GiveVerdict', glass: 'g1', text: 'it was right' };
const hour = (given: Given, ms: number): string =>
  new Date(Date.parse(opened(given).glasses?.[0]?.at ?? '') + ms).toISOString();

describe('with two people', () => {
  test('an override of a production gate only asks', () => {
    expect(inReview(two).when(olga, on('ship', 'Override'), two)).toEqual(['GlassAsked']);
  });
  test('so does one of a gate that people alone may pass', () => {
    const given = inReview(two, started(definition(explicit), two));
    expect(given.when(olga, on('ship', 'Override'), two)).toEqual(['GlassAsked']);
  });
  test('and a skip; but what people alone may pass is never skipped', () => {
    expect(inReview(two).when(olga, on('ship', 'Skip'), two)).toEqual(['GlassAsked']);
    const given = started(definition(explicit), two);
    expect(given.when(olga, on('ship', 'Skip'), two)).toBe('explicit-gate');
  });
  test('any other gate is overridden at once', () => {
    const given = started(definition(), two)
      .and(dan, on('plain', 'Claim'), two)
      .and(dan, on('plain', 'Submit'), two);
    expect(given.when(olga, on('plain', 'Override'), two)).toContain('StageDone');
  });
  test.each([
    [
      'the second person',
      erin,
      { ...two, ...overrider },
      ['GlassUsed', 'GateOverridden', 'GatePassed', 'StageDone'],
    ],
    ['whoever asked', olga, two, 'needs-second'],
    ['somebody without the role', sam, two, 'not-your-role'],
  ] as const)('/confirm by %s', (_, by, more, outcome) => {
    expect(asked().when(by, confirm, more)).toEqual(outcome);
  });
  test('an hour later it is too late, and can be asked for anew', () => {
    const given = asked();
    const at = hour(given, 3_600_001);
    expect(given.when(erin, confirm, { ...two, ...overrider, at })).toBe('too-late');
    expect(given.when(olga, on('ship', 'Override'), { ...two, at })).toEqual(['GlassAsked']);
  });
  test('asking twice is no second person', () => {
    expect(asked().when(olga, on('ship', 'Override'), two)).toBe('needs-second');
    expect(asked().when(erin, on('ship', 'Override'), { ...two, ...overrider })).toBe('needs-second');
  });
  test('what was submitted anew must be asked for anew', () => {
    const given = asked().and(erin, on('ship', 'Reject'), two).and(dan, on('ship', 'Submit'), two);
    expect(given.when(erin, confirm, { ...two, ...overrider })).toBe('too-late');
  });
  test('it takes effect once, in the name of whoever asked', () => {
    const given = asked().and(erin, confirm, { ...two, ...overrider });
    expect(opened(given).stages[0]?.override?.by).toEqual(olga);
    expect(given.when(erin, confirm, { ...two, ...overrider })).toBe('too-late');
    expect(started(definition(), two).when(erin, confirm, { ...two, ...overrider })).toBe('no-such-glass');
  });
  test('a stage that was skipped meanwhile is not overridden too', () => {
    const free = { rules: rulesWith() };
    const given = asked().and(olga, on('ship', 'Skip'), free);
    expect(given.when(erin, confirm, { ...two, ...overrider })).toBe('already-done');
  });
});

describe('with a review afterwards', () => {
  const used = (): Given => asked(reviewed);
  test('it takes effect at once and waits for somebody else', () => {
    const outcome = inReview(reviewed).when(olga, on('ship', 'Override'), reviewed);
    expect(outcome).toEqual(['GlassAsked', 'GlassUsed', 'GateOverridden', 'GatePassed', 'StageDone']);
  });
  test.each([
    ['somebody else', erin, verdict, overrider, ['GlassReviewed']],
    ['whoever did it', olga, verdict, {}, 'needs-second'],
    ['somebody without the role', sam, verdict, {}, 'not-your-role'],
    ['somebody without words', erin, { ...verdict, text: ' ' }, overrider, 'text-needed'],
    ['somebody who means another', erin, { ...verdict, glass: 'g9' }, overrider, 'no-such-glass'],
  ] as const)('/reviewed by %s', (_, by, wanted, more, outcome) => {
    expect(used().when(by, wanted, { ...reviewed, ...more })).toEqual(outcome);
  });
  test('once is enough', () => {
    const given = used().and(erin, verdict, { ...reviewed, ...overrider });
    expect(given.when(erin, verdict, { ...reviewed, ...overrider })).toBe('already-done');
    expect(nextAlarm(given.epic)).toBeUndefined();
  });
  test('nobody looks: people are told each time the time is over, even after the end of the epic', () => {
    const given = used().and(pat, { type: 'Cancel', reason: 'x', gone: false }, reviewed);
    expect(nextAlarm(given.epic)).toBe(hour(given, 7 * day));
    const at = hour(given, 15 * day);
    expect(given.when(olga, { type: 'Tick' }, { ...reviewed, at })).toEqual(['GlassOverdue', 'GlassOverdue']);
    const later = given.and(olga, { type: 'Tick' }, { ...reviewed, at });
    expect(opened(later).glasses?.[0]?.told).toBe(2);
    expect(later.when(erin, verdict, { ...reviewed, ...overrider, at })).toEqual(['GlassReviewed']);
  });
  test('a new round does not make anybody forget', () => {
    const again = used()
      .and(pat, { type: 'Cancel', reason: 'x', gone: false }, reviewed)
      .and(pat, { ...(opening as object) } as Wanted, reviewed);
    expect(opened(again).round).toBe(2);
    expect(again.when(erin, verdict, { ...reviewed, ...overrider })).toEqual(['GlassReviewed']);
  });
  test('taken back, it need not be looked at any more', () => {
    const given = used().and(olga, on('ship', 'Undo'), reviewed);
    expect(nextAlarm(given.epic)).toBeUndefined();
    expect(given.when(erin, verdict, { ...reviewed, ...overrider })).toBe('no-such-glass');
  });
  test('with two people and a review, the second person is not the reviewer', () => {
    const given = asked(both).and(erin, confirm, { ...both, ...overrider });
    expect(given.when(erin, verdict, { ...both, ...overrider })).toBe('needs-second');
    expect(given.when(sam, verdict, { ...both, ...overrider })).toEqual(['GlassReviewed']);
  });
});

describe('two people are two people', () => {
  const bot = { id: 50, login: 'coder-bot[bot]' };
  const withBot = (principal?: typeof olga) => ({
    rules: { ...two.rules, agents: [{ id: 50, login: bot.login, ...(principal && { principal }) }] },
  });
  const asBot = (principal?: typeof olga) => ({ ...withBot(principal), ...overrider });
  const forOlga = { ...two, ...overrider, instead: [{ role: 'OVERRIDER', of: olga }] };

  test('not whoever asked and their agent, whichever came first', () => {
    expect(asked(withBot(olga)).when(bot, confirm, asBot(olga))).toBe('needs-second');
    const byBot = inReview(withBot(olga)).and(bot, on('ship', 'Override'), asBot(olga));
    expect(byBot.when(olga, confirm, withBot(olga))).toBe('needs-second');
    expect(byBot.when(erin, confirm, asBot(olga))).toContain('GateOverridden');
  });
  test('not whoever asked and who stands for them, whichever came first', () => {
    expect(asked().when(sam, confirm, forOlga)).toBe('needs-second');
    const bySam = inReview(two).and(sam, on('ship', 'Override'), forOlga);
    expect(bySam.when(olga, confirm, two)).toBe('needs-second');
    const done = bySam.and(erin, confirm, { ...two, ...overrider });
    expect(opened(done).stages[0]?.override).toMatchObject({ by: sam, instead: olga });
  });
  test('nor is the reviewer the delegate of either', () => {
    const given = asked(both).and(erin, confirm, { ...both, ...overrider });
    const standing = (of: typeof olga) => ({ ...both, ...overrider, instead: [{ role: 'OVERRIDER', of }] });
    expect(given.when(sam, verdict, standing(olga))).toBe('needs-second');
    expect(given.when(sam, verdict, standing(erin))).toBe('needs-second');
    const by = given.and(sam, verdict, standing(vera));
    expect(opened(by).glasses?.[0]?.verdict).toMatchObject({ by: sam, instead: vera });
  });
  test.each(['Skip', 'Override'] as const)(
    'an agent nobody answers for may not %s, alone or as the second',
    (type) => {
      expect(inReview(withBot()).when(bot, on('ship', type), asBot())).toBe('agent-alone');
      const given = inReview(two).and(olga, on('ship', type), two);
      expect(given.when(bot, confirm, asBot())).toBe('agent-alone');
    },
  );
});

describe('it is confirmed for what it was asked for', () => {
  test('not for another round of the stage', () => {
    const again = inReview(two)
      .and(olga, on('ship', 'Skip'), two)
      .and(olga, on('ship', 'Skip'), { rules: rulesWith() })
      .and(olga, on('ship', 'Retry'), { ...two, roles: ['OVERRIDER', 'ENG'] });
    const resubmitted = again.and(dan, on('ship', 'Claim'), two).and(dan, on('ship', 'Submit'), two);
    expect(opened(resubmitted).stages[0]).toMatchObject({ round: 2, submission: 1 });
    expect(resubmitted.when(erin, confirm, { ...two, ...overrider })).toBe('too-late');
    expect(resubmitted.when(olga, on('ship', 'Override'), two)).toEqual(['GlassAsked']);
  });
  const migrate = (more: object): Wanted => ({
    type: 'Migrate',
    definition: definition(more),
    source: { path: 'x', commit: null },
    from: 'a',
    to: 'aaaaaaaa',
    shown: 'aaaaaaaa',
  });
  test('not for the gate a migration put in its place', () => {
    const given = asked().and(olga, migrate({ approvers: ['EM', 'VP'] }), two);
    expect(opened(given).stages[0]?.status).toBe('in-review');
    expect(given.when(erin, confirm, { ...two, ...overrider })).toBe('too-late');
  });
  test('nor skipped where people alone may pass since', () => {
    const given = inReview(two)
      .and(olga, on('ship', 'Skip'), two)
      .and(olga, migrate({ explicitOnly: true }), two);
    expect(given.when(erin, confirm, { ...two, ...overrider })).toBe('too-late');
  });
});

const opening = {
  type: 'Open',
  subject: opened(started()).subject,
  title: 'x',
  author: pat,
  definition: definition(),
  source: { path: 'x', commit: null },
};
