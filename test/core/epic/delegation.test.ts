/** Somebody away: whoever stands for them may do what they may, is seen doing it for them, and lets nobody judge their own work. */
import { describe, expect, test } from 'vitest';
import { explainStage } from '../../../src/core/epic/explain.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import { holdersAt } from '../../../src/core/epic/holders-at.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import { noticeOf } from '../../../src/core/render/notice.ts';
import { stageDetails } from '../../../src/core/render/stage-details.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { isAway } from '../../../src/core/workflow/delegation.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, workflow } from './given.ts';

const shipping = (approvers: readonly string[]): WorkflowDefinition => ({
  ...workflow,
  stages: [stage('ship', { gate: { name: 'go', approvers: [...approvers] } })],
});
const inReview = (approvers: readonly string[] = ['EM'], claimant: Person = cast.dan): Given =>
  started(shipping(approvers))
    .and(claimant, on('ship', 'Claim'), { roles: ['ENG'] })
    .and(claimant, on('ship', 'Submit'));

/** Sam holds these roles for others. */
const standsFor = (...places: readonly (readonly [string, Person])[]) => ({
  roles: places.map(([role]) => role),
  instead: places.map(([role, of]) => ({ role, of })),
});
const approve = on('ship', 'Approve', { commentId: 7 });
const ship = (given: Given) => {
  const epic = opened(given);
  const [first] = epic.stages;
  if (first === undefined) throw new Error('no stage');
  return { epic, stage: first };
};

test('a delegate approves, and everybody reads for whom', () => {
  const given = inReview(['EM', 'VP']).and(cast.sam, approve, standsFor(['EM', cast.erin]));
  const { epic, stage: now } = ship(given);
  expect(judgeGate(epic, now).filled).toEqual([{ role: 'EM', by: cast.sam, instead: cast.erin }]);
  expect(JSON.stringify(explainStage(epic, now))).toContain('approved by `sam` for `erin`');
  expect(JSON.stringify(stageDetails(epic, now))).toContain('approved by `sam` for `erin`');
  expect(given.events.at(-1)).toMatchObject({ type: 'ApprovalGiven', by: cast.sam, instead: cast.erin });
});

describe('nobody judges their own work through somebody else', () => {
  test('the delegate of the claimant may not approve for them', () => {
    const given = inReview(['EM'], cast.erin);
    expect(given.when(cast.sam, approve, standsFor(['EM', cast.erin]))).toBe('own-work');
  });
  test('the delegate who claimed it may not approve it for an absent colleague', () => {
    const given = inReview(['EM'], cast.sam);
    expect(given.when(cast.sam, approve, standsFor(['EM', cast.erin]))).toBe('own-work');
  });
  test('whoever was away may not approve what was claimed in their place', () => {
    const given = started(shipping(['EM']))
      .and(cast.sam, on('ship', 'Claim'), standsFor(['ENG', cast.erin]))
      .and(cast.sam, on('ship', 'Submit'));
    expect(given.when(cast.erin, approve)).toBe('own-work');
    expect(given.when(cast.vera, approve, { roles: ['EM'] })).toContain('StageDone');
  });
  test('an own role is not tainted by whom one stands for', () => {
    const given = inReview(['EM', 'VP'], cast.erin);
    const both = { roles: ['EM', 'VP'], instead: [{ role: 'EM', of: cast.erin }] };
    const { epic, stage: now } = ship(given.and(cast.sam, approve, both));
    expect(judgeGate(epic, now).filled).toEqual([{ role: 'VP', by: cast.sam }]);
  });
  test('an approval stops counting once the one stood for turns out to be the author', () => {
    const given = inReview(['EM', 'VP']).and(cast.sam, approve, standsFor(['EM', cast.erin]));
    const { epic, stage: now } = ship(given);
    const [consent] = judgeGate(epic, { ...now, claimant: cast.erin }).consents;
    expect(consent?.not).toBe('stands-for-barred');
  });
  test('stages kept apart are kept apart from whoever is stood for', () => {
    const apart: WorkflowDefinition = {
      ...workflow,
      stages: [
        stage('build'),
        stage('check', {
          dependsOn: ['build'],
          distinctFrom: ['build'],
          gate: { name: 'qa', approvers: ['EM'] },
        }),
      ],
    };
    const built = started(apart).and(cast.dan, on('build', 'Claim')).and(cast.dan, on('build', 'Submit'));
    expect(built.when(cast.sam, on('check', 'Claim'), standsFor(['ENG', cast.dan]))).toBe('kept-apart');
    expect(built.when(cast.sam, on('check', 'Claim'), standsFor(['ENG', cast.pat]))).toEqual([
      'StageClaimed',
    ]);
  });
});

describe('one gate never counts somebody and whoever stands for them twice', () => {
  test('not the absent one first and the delegate then', () => {
    const given = inReview(['EM', 'VP']).and(cast.erin, approve, { roles: ['EM', 'VP'] });
    expect(given.when(cast.sam, approve, standsFor(['VP', cast.erin]))).toBe('one-role-each');
  });
  test('not the delegate twice, for themselves and for somebody', () => {
    const both = { roles: ['EM', 'VP'], instead: [{ role: 'VP', of: cast.vera }] };
    const { epic, stage: now } = ship(inReview(['EM', 'VP']).and(cast.sam, approve, both));
    expect(judgeGate(epic, now).missing).toHaveLength(1);
  });
  test('not two delegates of one person', () => {
    const given = inReview(['EM', 'VP']).and(cast.sam, approve, standsFor(['EM', cast.erin]));
    expect(given.when(cast.olga, approve, standsFor(['VP', cast.erin]))).toBe('one-role-each');
    expect(given.when(cast.olga, approve, standsFor(['VP', cast.vera]))).toContain('StageDone');
  });
  test('both count where one person may fill several roles', () => {
    const loose = { rules: rulesWith({ distinctApprovers: false }) };
    const both = { roles: ['EM', 'VP'], instead: [{ role: 'VP', of: cast.vera }] };
    expect(inReview(['EM', 'VP']).when(cast.sam, approve, { ...both, ...loose })).toContain('StageDone');
  });
});

test('a role that nobody hands over any more carries no approval', () => {
  const given = inReview(['EM', 'VP']).and(cast.sam, approve, standsFor(['EM', cast.erin]));
  const gone = given.and(
    cast.pat,
    { type: 'NoteRoles', person: cast.sam.id },
    { rolesOf: { 6: [] }, insteadOf: {} },
  );
  const { epic, stage: now } = ship(gone);
  expect(judgeGate(epic, now).missing).toEqual(['EM', 'VP']);
});

test('a role held for somebody and now in one’s own right is one’s own', () => {
  const given = inReview(['EM', 'VP']).and(cast.sam, approve, standsFor(['EM', cast.erin]));
  const own = given.and(cast.pat, { type: 'NoteRoles', person: cast.sam.id }, { rolesOf: { 6: ['EM'] } });
  const { epic, stage: now } = ship(own);
  expect(judgeGate(epic, now).filled).toEqual([{ role: 'EM', by: cast.sam }]);
});

test('overrides and rejections say for whom', () => {
  const forErin = standsFor(['OVERRIDER', cast.erin], ['EM', cast.erin]);
  const skipped = inReview().and(cast.sam, on('ship', 'Override'), forErin);
  expect(ship(skipped).stage.override).toMatchObject({ by: cast.sam, instead: cast.erin });
  const back = inReview().and(cast.sam, on('ship', 'Reject'), forErin);
  expect(ship(back).stage.rejection).toMatchObject({ by: cast.sam, instead: cast.erin });
  const claimed = started(shipping(['EM'])).and(cast.sam, on('ship', 'Claim'), standsFor(['ENG', cast.dan]));
  expect(JSON.stringify(stageDetails(ship(claimed).epic, ship(claimed).stage))).toContain('`sam` for `dan`');
});

test.each<[string, Parameters<Given['and']>[1], readonly string[]]>([
  ['a concern', on('ship', 'Concern'), ['EM']],
  ['a question', on('ship', 'AskQuestion', { kind: 'clarification' }), ['EM']],
  ['an emergency stop', { type: 'Stop', reason: 'fire' } as Parameters<Given['and']>[1], ['OVERRIDER']],
])('%s says for whom', (_, wanted, roles) => {
  const given = inReview().and(
    cast.sam,
    wanted,
    standsFor(...roles.map((role) => [role, cast.erin] as const)),
  );
  expect(given.events.at(-1)).toMatchObject({ by: cast.sam, instead: cast.erin });
  const own = inReview().and(cast.sam, wanted, { roles });
  expect(own.events.at(-1)).not.toHaveProperty('instead');
});

describe('the window', () => {
  const window = {
    from: 'erin',
    to: 'sam',
    roles: ['EM'],
    after: '2026-12-20',
    before: '2027-01-06',
    timeZone: 'Europe/Berlin',
    reason: '',
  };
  test.each([
    ['2026-12-19T22:59:59.999Z', false],
    ['2026-12-19T23:00:00.000Z', true],
    ['2027-01-05T22:59:59.999Z', true],
    ['2027-01-05T23:00:00.000Z', false],
  ])('opens and closes at midnight of its own clocks: %s is %s', (moment, open) => {
    expect(isAway(window, moment)).toBe(open);
  });
  test('that opens while a gate waits sends the reminder to the delegate', () => {
    const given = inReview();
    const epic = { ...opened(given), rules: { ...rulesWith(), delegations: [window] } };
    const rang = { type: 'AlarmRang' as const, stage: 'ship', alarm: 'remind' as const, by: cast.pat };
    expect(noticeOf(epic, { ...rang, at: '2026-12-24T12:00:00Z' })?.text).toMatch(/^@sam: /);
    expect(noticeOf(epic, { ...rang, at: '2026-12-10T12:00:00Z' })?.text).toMatch(/^@erin: /);
  });
  test('decides who is called: the delegate within, the holder outside; a team is called as well', () => {
    const rules = { ...rulesWith(), delegations: [window, { ...window, from: 'somebody', roles: ['ENG'] }] };
    expect(holdersAt(rules, 'EM', '2026-12-24T12:00:00Z')).toEqual(['sam']);
    expect(holdersAt(rules, 'EM', '2027-01-06T12:00:00Z')).toEqual(['erin']);
    expect(holdersAt(rules, 'ENG', '2026-12-24T12:00:00Z')).toEqual(['dan', 'sam']);
  });
});
