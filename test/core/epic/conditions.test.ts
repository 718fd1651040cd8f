/** Approvals that wait for something: they count from the moment it holds, and nobody who waits for nothing is believed (requirements SG-10). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CheckSeen,
  checksAwaited,
  conditionText,
  readCondition,
} from '../../../src/core/epic/condition.ts';
import { explainStage } from '../../../src/core/epic/explain.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import { due } from '../../../src/core/render/due.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, type Given, on, opened, stage, started, type Wanted, workflow } from './given.ts';
import { link, now, pullFacts, review, sha, shown } from './pulls.ts';

const { pat, dan, erin, sam } = cast;

const two: WorkflowDefinition = {
  ...workflow,
  stages: [
    stage('legal', { role: 'PM' }),
    stage('ship', { gate: { name: 'go', approvers: ['EM'], criteria: ['a'] } }),
    stage('plain', { gate: { name: 'go', approvers: ['EM'] } }),
  ],
};
const inReview = (key = 'ship'): Given => started(two).and(dan, on(key, 'Claim')).and(dan, on(key, 'Submit'));
const linked = (): Given => inReview('plain').and(pat, link('plain', 7)).and(sam, shown(7));
const approving = (condition: object, key = 'ship'): Wanted => on(key, 'Approve', { condition });
const seen = (name: string, passed: boolean, head = sha('a')): CheckSeen => ({ name, passed, head });
const facts = (...checks: CheckSeen[]) => ({ pulls: [pullFacts(7, { checks })] });
const build = { kind: 'check', name: 'build' } as const;
const statusOf = (given: Given, key: string): string =>
  opened(given).stages.find((one) => one.definition.key === key)?.status ?? '';
const verdictOf = (given: Given, key: string) => {
  const epic = opened(given);
  const found = epic.stages.find((one) => one.definition.key === key);
  if (found === undefined) throw new Error('no stage');
  return { ...judgeGate(epic, found), says: JSON.stringify(explainStage(epic, found)) };
};

test.each<[string, object | undefined]>([
  ['check build passes', build],
  ['check `unit tests / linux` passes', { kind: 'check', name: 'unit tests / linux' }],
  ['the check build is green.', build],
  ['2_Design is done', { kind: 'stage', stage: '2_design' }],
  ['stage `2_design` is done', { kind: 'stage', stage: '2_design' }],
  ['criteria are met', { kind: 'criteria' }],
  ['all the criteria are met!', { kind: 'criteria' }],
  ['  check build succeeds!.  ', build],
  ['THE CHECK build IS  GREEN', build],
  ['check "build" passes', build],
  ["check ``'build passes", build],
  [`check ${'x'.repeat(100)} passes`, { kind: 'check', name: 'x'.repeat(100) }],
  [`check ${'x'.repeat(101)} passes`, undefined],
  ['check `` passes', undefined],
  ['our check build passes', undefined],
  ['check build passes today', undefined],
  ['checks pass', undefined],
  ['checkbuild passes', undefined],
  ['the 2_design is done', { kind: 'stage', stage: '2_design' }],
  ['the stage "2_design" is  done', { kind: 'stage', stage: '2_design' }],
  ['2_design is done soon', undefined],
  ['all of 2_design is done', undefined],
  ['the criteria are met', { kind: 'criteria' }],
  ['all criteria  are met', { kind: 'criteria' }],
  ['criteria are met by Monday', undefined],
  ['most criteria are met', undefined],
  ['3_nowhere is done', undefined],
  ['check passes', undefined],
  ['you are happy', undefined],
  ['', undefined],
])('if %s', (words, condition) => {
  expect(readCondition(words, ['1_define', '2_design'])).toEqual(condition);
});

test('a condition is shown in the words in which it can be typed', () => {
  const shown = [build, { kind: 'stage', stage: '2_design' }, { kind: 'criteria' }] as const;
  expect(shown.map(conditionText)).toEqual([
    'if check `build` passes',
    'if `2_design` is done',
    'if the criteria are met',
  ]);
  for (const [index, text] of shown.map(conditionText).entries())
    expect(readCondition(text.slice(3), ['2_design'])).toEqual(shown[index]);
});

test('only the checks that somebody waits for are looked at, each once, of one stage or of all', () => {
  const given = linked()
    .and(dan, on('ship', 'Claim'))
    .and(dan, on('ship', 'Submit'))
    .and(erin, approving({ kind: 'criteria' }))
    .and(erin, approving(build, 'plain'), facts(seen('build', false)));
  const epic = opened(given);
  const again = {
    ...epic,
    stages: epic.stages.map((one) => ({ ...one, approvals: [...one.approvals, ...one.approvals] })),
  };
  expect([checksAwaited(again), checksAwaited(again, 'plain'), checksAwaited(again, 'ship')]).toEqual([
    ['build'],
    ['build'],
    [],
  ]);
});

describe('a conditional approval', () => {
  test('counts once the stage it waits for is done, and is shown as conditional until then', () => {
    const given = inReview()
      .and(dan, on('ship', 'Check', { words: '1' }))
      .and(erin, approving({ kind: 'stage', stage: 'legal' }));
    expect(verdictOf(given, 'ship')).toMatchObject({ passed: false, missing: ['EM'] });
    expect(verdictOf(given, 'ship').says).toContain('The approval of `erin` is conditional');
    const done = given.and(pat, on('legal', 'Claim')).and(pat, on('legal', 'Submit'));
    expect(statusOf(done, 'ship')).toBe('done');
  });

  test('is not asked for again, though its role is still open', () => {
    const given = inReview().and(erin, approving({ kind: 'criteria' }));
    const epic = opened(given);
    const ship = epic.stages.find((one) => one.definition.key === 'ship');
    if (ship === undefined) throw new Error('no stage');
    const before = opened(inReview());
    expect(
      before.stages.flatMap((one) => (one.definition.key === 'ship' ? due(before, one).mentions : [])),
    ).toEqual(['@erin']);
    expect(due(epic, ship).mentions).toEqual([]);
  });

  test('a stage that was skipped is not done', () => {
    const given = inReview()
      .and(dan, on('ship', 'Check', { words: '1' }))
      .and(erin, approving({ kind: 'stage', stage: 'legal' }));
    expect(statusOf(given.and(cast.olga, on('legal', 'Skip')), 'ship')).toBe('in-review');
  });

  test('counts once the criteria are met', () => {
    const given = inReview().and(erin, approving({ kind: 'criteria' }));
    expect(verdictOf(given, 'ship').consents).toMatchObject([{ not: 'condition' }]);
    expect(statusOf(given.and(dan, on('ship', 'Check', { words: '1' })), 'ship')).toBe('done');
  });

  test('counts while the check passes on the head, and no longer when it fails there or there is another head', () => {
    const given = linked().and(erin, approving(build, 'plain'), facts(seen('build', false)));
    expect(verdictOf(given, 'plain').passed).toBe(false);
    const green = given.and(sam, { type: 'NoteRules' }, facts(seen('build', true)));
    expect(verdictOf(green, 'plain').passed).toBe(true);
    expect(statusOf(green.and(pat, now(7, { state: 'merged' })), 'plain')).toBe('done');
    const red = green.and(sam, { type: 'NoteRules' }, facts(seen('build', false)));
    expect(verdictOf(red, 'plain').passed).toBe(false);
    expect(red.events.at(-1)?.type).toBe('GateReopened');
    const pushed = green.and(dan, now(7, { head: sha('b'), checks: [seen('build', true, sha('b'))] }));
    expect(verdictOf(pushed, 'plain').passed).toBe(false);
  });

  test('another check, or the same one on another commit, is not the one', () => {
    const given = linked().and(
      erin,
      approving(build, 'plain'),
      facts(seen('build', true, sha('c')), seen('lint', true)),
    );
    expect(verdictOf(given, 'plain').passed).toBe(false);
  });

  test('the same answer of GitHub is written down once', () => {
    const given = linked().and(erin, approving(build, 'plain'), facts(seen('build', false)));
    expect(given.when(sam, { type: 'NoteRules' }, facts(seen('build', false)))).toEqual([]);
  });

  test('does not stand in the way of a review that waits for nothing', () => {
    const given = linked().and(erin, approving(build, 'plain'), facts(seen('build', false)));
    expect(verdictOf(given.and(erin, review(erin, 7, 'approved')), 'plain').passed).toBe(true);
  });

  test.each<[string, Given, Wanted, string]>([
    [
      'criteria where there are none',
      inReview('plain'),
      approving({ kind: 'criteria' }, 'plain'),
      'unknown-condition',
    ],
    ['the stage itself', inReview(), approving({ kind: 'stage', stage: 'ship' }), 'unknown-condition'],
    ['a check where there is no pull request', inReview(), approving(build), 'unknown-condition'],
    [
      'our own check',
      linked(),
      approving({ kind: 'check', name: 'Gatehouse' }, 'plain'),
      'unknown-condition',
    ],
    [
      'what is said twice',
      linked().and(erin, approving(build, 'plain'), facts(seen('build', true))),
      approving(build, 'plain'),
      'approved-already',
    ],
  ])('about %s: refused', (_, given, wanted, code) => {
    expect(given.when(erin, wanted, facts())).toBe(code);
  });
});

test('whatever becomes of what they wait for, approvals count exactly while it holds', () => {
  const conditions = [build, { kind: 'stage', stage: 'legal' }, { kind: 'criteria' }] as const;
  const worlds = fc.record({
    condition: fc.constantFrom(...conditions),
    checks: fc.array(
      fc.record({
        name: fc.constantFrom('build', 'lint'),
        passed: fc.boolean(),
        head: fc.constantFrom(sha('a'), sha('b')),
      }),
      { maxLength: 3 },
    ),
    legal: fc.constantFrom('done', 'skipped', 'open'),
    ticked: fc.boolean(),
  });
  let counted = 0;
  fc.assert(
    fc.property(worlds, ({ condition, checks, legal, ticked }) => {
      const base = inReview().and(pat, link('ship', 7)).and(sam, shown(7));
      let given = base.and(erin, approving(condition), facts());
      for (const check of checks) given = given.and(sam, { type: 'NoteRules' }, facts(check));
      if (legal === 'done') given = given.and(pat, on('legal', 'Claim')).and(pat, on('legal', 'Submit'));
      if (legal === 'skipped') given = given.and(cast.olga, on('legal', 'Skip'));
      if (ticked) given = given.and(dan, on('ship', 'Check', { words: '1' }));
      // The last thing heard of a name is what holds, and only on the head.
      const last = checks.findLast((one) => one.name === 'build');
      const holds = {
        check: last?.passed === true && last.head === sha('a'),
        stage: legal === 'done',
        criteria: ticked,
      }[condition.kind];
      if (holds) counted += 1;
      const { filled, passed, says } = verdictOf(given, 'ship');
      expect(filled.length === 1).toBe(holds);
      expect(passed).toBe(holds && ticked);
      expect(says.includes(JSON.stringify(conditionText(condition)).slice(1, -1))).toBe(!holds);
    }),
    { numRuns: 400 },
  );
  expect(counted).toBeGreaterThan(50);
});
