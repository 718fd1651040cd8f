/** What keeps a gate shut beside approvals: criteria nobody ticked, concerns nobody resolved, a veto no quorum outvotes (requirements SG-10). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainStage } from '../../../src/core/epic/explain.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import { due } from '../../../src/core/render/due.ts';
import { stageIssue } from '../../../src/core/render/stage-issue.ts';
import { waitingFor } from '../../../src/core/render/waiting-for.ts';
import type { GateDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, type Given, on, opened, stage, started, type Wanted, workflow } from './given.ts';
import { link, pullFacts, review } from './pulls.ts';

const { pat, dan, erin, vera, olga, sam } = cast;

const asking = (more: Partial<GateDefinition>): WorkflowDefinition => ({
  ...workflow,
  stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'], ...more } })],
});
const criteria = ['tests are green', 'tests are green on staging', 'rollback rehearsed'];
const claimed = (more: Partial<GateDefinition> = { criteria }): Given =>
  started(asking(more)).and(dan, on('ship', 'Claim'));
const inReview = (more?: Partial<GateDefinition>): Given => claimed(more).and(dan, on('ship', 'Submit'));
const ticking = (words: string, commentId = 1): Wanted => on('ship', 'Check', { words, commentId });
const waiving = (words: string): Wanted => on('ship', 'Waive', { words, commentId: 2 });
const approving = on('ship', 'Approve', { commentId: 9 });
const status = (given: Given): string => opened(given).stages[0]?.status ?? '';
const missing = (given: Given): string => {
  const epic = opened(given);
  const [ship] = epic.stages;
  return ship === undefined ? '' : JSON.stringify(explainStage(epic, ship));
};

describe('criteria', () => {
  test('an approved gate stays shut while one is open, and passes with the last', () => {
    const approved = inReview().and(erin, approving).and(dan, ticking('1')).and(dan, ticking('3'));
    expect(status(approved)).toBe('in-review');
    expect(missing(approved)).toContain('Criterion 2 (`tests are green on staging`)');
    expect(missing(approved)).toContain('/check 2');
    expect(status(approved.and(dan, ticking('2 https://example.com/run/7')))).toBe('done');
  });

  test.each([
    ['2 the run of today', 2, 'the run of today'],
    ['2) the run', 2, 'the run'],
    ['#2', 2, ''],
    ['Tests are green on staging: run 7', 2, 'run 7'],
    ['tests are green', 1, ''],
    ['rollback', 3, ''],
  ])('%j ticks the one that was meant', (words, criterion, text) => {
    const [ship] = opened(claimed().and(dan, ticking(words))).stages;
    expect(ship?.ticks).toMatchObject([{ criterion, text, how: 'ticked', by: dan }]);
  });

  test.each<[string, Given, Person, Wanted, string]>([
    ['somebody without the role ticks', claimed(), sam, ticking('1'), 'not-your-role'],
    ['an approver ticks', inReview(), erin, ticking('1'), 'not-your-role'],
    ['a number that is none', claimed(), dan, ticking('4'), 'unknown-criterion'],
    ['words that fit two', claimed(), dan, ticking('green'), 'unknown-criterion'],
    ['nothing', claimed(), dan, ticking(''), 'unknown-criterion'],
    ['a gate without criteria', claimed({}), dan, ticking('1'), 'no-criteria'],
    ['twice', claimed().and(dan, ticking('1')), dan, ticking('1'), 'ticked-already'],
    ['before anybody claimed', started(asking({ criteria })), dan, ticking('1'), 'not-in-progress'],
    [
      'after the end',
      inReview({ criteria: ['a'] }).and(olga, on('ship', 'Override')),
      dan,
      ticking('1'),
      'ended',
    ],
    ['the claimant waives', claimed(), dan, waiving('1 too slow'), 'not-your-role'],
    ['an overrider waives without a word', claimed(), olga, waiving('1'), 'reason-needed'],
    ['what is ticked is waived', claimed().and(dan, ticking('1')), olga, waiving('1 why'), 'ticked-already'],
  ])('%s: refused', (_, given, by, wanted, code) => {
    expect(given.when(by, wanted)).toBe(code);
  });

  test('an overrider waives with a reason, and so does a role the gate names for it; both are shown with their names', () => {
    const given = inReview({ criteria: ['a', 'b'], waivers: ['VP'] })
      .and(olga, waiving('1 no staging yet'))
      .and(vera, waiving('2 nothing to roll back'));
    const epic = opened(given);
    const [ship] = epic.stages;
    if (ship === undefined) throw new Error('no stage');
    const { body } = stageIssue(
      epic,
      ship,
      () => explainStage(epic, ship),
      () => 's',
    );
    expect(body).toContain('**waived** by `olga`');
    expect(body).toContain('nothing to roll back');
    expect(status(given.and(erin, approving))).toBe('done');
  });

  test('the comment that ticked is edited or deleted: the tick is gone, and the gate opens again', () => {
    const given = claimed({ criteria: ['a'] }).and(dan, ticking('1', 5));
    const taken = given.and(dan, { type: 'RevokeApproval', commentId: 5, how: 'deleted' });
    expect(opened(taken).stages[0]?.ticks).toEqual([]);
    expect(given.when(dan, { type: 'RevokeApproval', commentId: 6, how: 'deleted' })).toEqual([]);
  });

  test('what was ticked is ticked again after a rejection; what was waived stays waived', () => {
    const given = inReview()
      .and(dan, ticking('1'))
      .and(olga, waiving('2 why'))
      .and(erin, on('ship', 'Reject'));
    expect(opened(given).stages[0]?.ticks).toMatchObject([{ criterion: 2, how: 'waived' }]);
  });

  test('a timer excuses approvals and nothing else', () => {
    const timeouts = { approveAfter: 1_000 };
    const given = inReview({ criteria: ['a'], timeouts });
    const at = '2026-06-01T00:00:00.000Z';
    const late = given.and(sam, { type: 'Tick' }, { at });
    expect(opened(late).stages[0]).toMatchObject({ status: 'in-review', gatePassed: false });
    expect(missing(late)).toContain('Criterion 1');
    expect(status(late.and(dan, ticking('1'), { at }))).toBe('done');
  });

  test('once only they are open the claimant is called, and nobody is told to merge or approve', () => {
    const epic = opened(inReview().and(erin, approving));
    const [ship] = epic.stages;
    if (ship === undefined) throw new Error('no stage');
    expect(due(epic, ship).mentions).toEqual(['@dan']);
    expect(waitingFor(epic)).toBe('Waiting for `dan` to settle what keeps the gate of `ship` shut.');
    const { body } = stageIssue(
      epic,
      ship,
      () => explainStage(epic, ship),
      () => 's',
    );
    expect(body).toContain('@dan: what keeps this gate shut is yours to settle.');
  });

  test('an override says it aloud and passes', () => {
    expect(status(inReview().and(olga, on('ship', 'Override')))).toBe('done');
  });
});

const concern = on('ship', 'Concern', { text: 'keys are never rotated' });
const resolving = (id: string, reason = ''): Wanted => on('ship', 'Resolve', { id, reason });

describe('concerns', () => {
  test('keep an approved gate shut until their owner says otherwise', () => {
    const given = inReview({}).and(erin, concern).and(erin, approving);
    expect(status(given)).toBe('in-review');
    expect(missing(given)).toContain('Concern `c1` of `erin` is open.');
    expect(status(given.and(erin, resolving('c1')))).toBe('done');
  });

  test('are numbered, outlive a rejection, and an overrider resolves them with a reason', () => {
    const given = inReview({}).and(erin, concern).and(erin, concern).and(erin, on('ship', 'Reject'));
    const again = given.and(dan, on('ship', 'Submit')).and(erin, approving).and(erin, resolving('c2'));
    expect(again.when(olga, resolving('c1'))).toBe('reason-needed');
    expect(status(again.and(olga, resolving('C1', 'accepted by the board')))).toBe('done');
  });

  test('of a gate that a migration took away can still be settled: the stage is not stuck for ever', () => {
    const raised = inReview({}).and(erin, concern);
    const { stages, ...rest } = opened(raised).definition;
    const definition = { ...rest, stages: stages.map(({ gate: _, ...bare }) => bare) };
    const bare = raised.and(olga, {
      type: 'Migrate',
      definition,
      source: { path: 'x', commit: null },
      from: 'a',
      to: 'aaaaaaaa',
      shown: 'aaaaaaaa',
    });
    const waiting = bare.and(dan, on('ship', 'Submit'));
    expect(waiting.when(olga, resolving('c1'))).toBe('reason-needed');
    expect(waiting.when(erin, resolving('c1'))).toContain('StageDone');
  });

  test.each<[string, Given, Person, Wanted, string]>([
    ['somebody the gate does not ask', inReview({}), sam, concern, 'not-your-role'],
    ['without words', inReview({}), erin, on('ship', 'Concern', { text: ' ' }), 'text-needed'],
    ['about a stage without a gate', started(), erin, on('tell', 'Concern'), 'no-gate'],
    ['about a stage that is over', inReview({}).and(olga, on('ship', 'Skip')), erin, concern, 'ended'],
    ['resolved by the claimant', inReview({}).and(erin, concern), dan, resolving('c1'), 'not-your-role'],
    ['one that does not exist', inReview({}).and(erin, concern), erin, resolving('c2'), 'unknown-concern'],
    [
      'resolved twice',
      inReview({}).and(erin, concern).and(erin, resolving('c1')),
      erin,
      resolving('c1'),
      'resolved-already',
    ],
  ])('%s: refused', (_, given, by, wanted, code) => {
    expect(given.when(by, wanted)).toBe(code);
  });
});

const vetoable: Partial<GateDefinition> = {
  approvers: ['EM', 'QA'],
  require: { n: 1, of: ['EM', 'QA'] },
  veto: ['VP'],
};

describe('a veto', () => {
  test('is not outvoted by the quorum after the stage is submitted again', () => {
    const again = inReview(vetoable).and(vera, on('ship', 'Reject')).and(dan, on('ship', 'Submit'));
    const outvoted = again.and(erin, approving);
    expect(status(outvoted)).toBe('in-review');
    expect(missing(outvoted)).toContain('Veto `c1` of `vera` is open.');
    expect(status(outvoted.and(vera, resolving('c1')))).toBe('done');
  });

  test('is lifted by approving later, where its owner may approve; also though others have filled the gate', () => {
    const given = inReview({ ...vetoable, veto: ['QA'] });
    const qa = { roles: ['QA'] };
    const again = given
      .and(vera, on('ship', 'Reject'), qa)
      .and(dan, on('ship', 'Submit'))
      .and(erin, approving);
    expect(status(again)).toBe('in-review');
    expect(status(again.and(vera, on('ship', 'Approve', { commentId: 10 }), qa))).toBe('done');
  });

  test('by a review that requests changes counts the same, before the submission and after', () => {
    const wish = review(vera, 7, 'changes-requested', { roles: ['VP'] });
    const linked = claimed(vetoable).and(pat, link('ship', 7));
    for (const given of [
      linked.and(dan, on('ship', 'Submit')).and(vera, wish),
      linked.and(vera, wish).and(dan, on('ship', 'Submit')),
    ]) {
      expect(opened(given).stages[0]).toMatchObject({
        status: 'in-progress',
        concerns: [{ id: 'c1', veto: true }],
      });
      const again = given
        .and(dan, on('ship', 'Submit'))
        .and(erin, on('ship', 'Approve', { commit: 'aaaaaaa' }), { pulls: [pullFacts(7)] });
      expect(opened(again).stages[0]).toMatchObject({ status: 'in-review', gatePassed: false });
    }
  });

  test('of a role that may only veto does not approve, and an ordinary rejection is no veto', () => {
    expect(inReview(vetoable).when(vera, approving)).toBe('not-your-role');
    const again = inReview(vetoable).and(erin, on('ship', 'Reject')).and(dan, on('ship', 'Submit'));
    expect(status(again.and(sam, approving, { roles: ['QA'] }))).toBe('done');
  });
});

/** What a careful person would have on a sheet of paper. */
interface Sheet {
  readonly ticked: readonly number[];
  readonly waived: readonly number[];
  readonly open: readonly string[];
  readonly raised: number;
  readonly approved: boolean;
  readonly submitted: boolean;
}

type Move =
  | 'tick1'
  | 'tick2'
  | 'waive1'
  | 'waive2'
  | 'concern'
  | 'resolve1'
  | 'resolve2'
  | 'approve'
  | 'reject'
  | 'submit';

const naive = (sheet: Sheet, move: Move): Sheet => {
  const settled = (n: number): boolean => sheet.ticked.includes(n) || sheet.waived.includes(n);
  const n = Number(move.at(-1));
  if (move.startsWith('tick')) return settled(n) ? sheet : { ...sheet, ticked: [...sheet.ticked, n] };
  if (move.startsWith('waive')) return settled(n) ? sheet : { ...sheet, waived: [...sheet.waived, n] };
  if (move === 'concern')
    return { ...sheet, raised: sheet.raised + 1, open: [...sheet.open, `c${sheet.raised + 1}`] };
  if (move.startsWith('resolve')) return { ...sheet, open: sheet.open.filter((one) => one !== `c${n}`) };
  if (move === 'approve') return sheet.submitted ? { ...sheet, approved: true } : sheet;
  if (move === 'reject')
    return sheet.submitted ? { ...sheet, approved: false, submitted: false, ticked: [] } : sheet;
  return { ...sheet, submitted: true };
};
const mayPass = (sheet: Sheet): boolean =>
  sheet.submitted &&
  sheet.approved &&
  sheet.open.length === 0 &&
  [1, 2].every((n) => sheet.ticked.includes(n) || sheet.waived.includes(n));

const wishes: Readonly<Record<Move, readonly [Person, Wanted]>> = {
  tick1: [dan, ticking('1')],
  tick2: [dan, ticking('2')],
  waive1: [olga, waiving('1 why')],
  waive2: [olga, waiving('2 why')],
  concern: [erin, concern],
  resolve1: [erin, resolving('c1')],
  resolve2: [erin, resolving('c2')],
  approve: [erin, approving],
  reject: [erin, on('ship', 'Reject')],
  submit: [dan, on('ship', 'Submit')],
};

test('whatever the order, the gate passes exactly when a list kept by hand says so', () => {
  const moves = fc.array(fc.constantFrom(...(Object.keys(wishes) as Move[])), { maxLength: 14 });
  let passes = 0;
  fc.assert(
    fc.property(moves, (played) => {
      let given = claimed({ criteria: ['a', 'b'] });
      let sheet: Sheet = { ticked: [], waived: [], open: [], raised: 0, approved: false, submitted: false };
      for (const move of played) {
        const [by, wanted] = wishes[move];
        if (Array.isArray(given.when(by, wanted))) given = given.and(by, wanted);
        sheet = naive(sheet, move);
        expect(status(given) === 'done').toBe(mayPass(sheet));
        if (mayPass(sheet)) {
          passes += 1;
          return;
        }
      }
    }),
    { numRuns: 1_500 },
  );
  expect(passes).toBeGreaterThan(20);
});
