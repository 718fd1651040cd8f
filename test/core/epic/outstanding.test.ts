/** What people read about criteria and concerns that keep a gate shut, who is called for them, and what lifts a veto. */
import { describe, expect, test } from 'vitest';
import { openConcerns } from '../../../src/core/epic/open-concerns.ts';
import { outstanding, owedBy } from '../../../src/core/epic/outstanding.ts';
import type { GateDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, workflow } from './given.ts';
import { link, review } from './pulls.ts';

const { pat, dan, erin, vera, sam } = cast;
const gate: GateDefinition = { name: 'go', approvers: ['EM', 'QA'], require: { n: 1, of: ['EM', 'QA'] } };
const asking = (more: Partial<GateDefinition>) => ({
  ...workflow,
  stages: [stage('ship', { gate: { ...gate, ...more } })],
});
const rules = { ...rulesWith(), roles: [...rulesWith().roles, { role: 'OVERRIDER', names: ['olga'] }] };
const seen = (given: Given) => {
  const epic = { ...opened(given), rules };
  const [ship] = epic.stages;
  if (ship === undefined) throw new Error('no stage');
  return { epic, ship };
};
const listed = (given: Given) => {
  const { epic, ship } = seen(given);
  return outstanding(epic, ship);
};
const owed = (given: Given): readonly string[] => {
  const { epic, ship } = seen(given);
  return owedBy(epic, ship).map(({ login }) => login);
};
const claimed = (more: Partial<GateDefinition> = {}): Given =>
  started(asking(more)).and(dan, on('ship', 'Claim'));
const inReview = (more: Partial<GateDefinition> = {}): Given => claimed(more).and(dan, on('ship', 'Submit'));
const qa = { roles: ['QA'] };

test('an open criterion names itself, whoever may tick it, and what to type', () => {
  const two = { criteria: ['tests are green', 'x'.repeat(81)] };
  expect(listed(claimed(two).and(dan, on('ship', 'Check', { words: '1' })))).toEqual([
    {
      holds: false,
      says: `Criterion 2 (\`${'x'.repeat(79)}…\`) is neither ticked nor waived.`,
      who: '`dan` and `ENG` (`dan`)',
      next: '`/check 2 <evidence>`',
      parts: [],
    },
  ]);
  expect(listed(started(asking({ criteria: ['y'.repeat(80)] })))).toEqual([
    expect.objectContaining({
      says: `Criterion 1 (\`${'y'.repeat(80)}\`) is neither ticked nor waived.`,
      who: '`ENG` (`dan`)',
    }),
  ]);
});

test('an open concern names its owner and who else may settle it; a veto is called one', () => {
  const given = inReview({ veto: ['VP'] })
    .and(erin, on('ship', 'Concern', { text: 'x' }))
    .and(vera, on('ship', 'Reject'));
  const others = 'with a reason also `OVERRIDER` (`olga`)';
  expect(listed(given)).toEqual([
    expect.objectContaining({
      ...{ holds: false, says: 'Concern `c1` of `erin` is open.', who: `\`erin\`; ${others}` },
      next: '`/resolve c1`',
    }),
    expect.objectContaining({
      ...{ holds: false, says: 'Veto `c2` of `vera` is open.', who: `\`vera\`; ${others}` },
      next: '`/resolve c2`',
    }),
  ]);
});

describe('called for it', () => {
  const concern = on('ship', 'Concern', { text: 'x' });
  test('are the claimant and whoever has a concern, each once', () => {
    const given = inReview({ criteria: ['a'] })
      .and(erin, concern)
      .and(erin, concern)
      .and(sam, concern, qa);
    expect(owed(given)).toEqual(['dan', 'erin', 'sam']);
  });
  test('is no claimant where nothing is left to tick, or nobody has claimed', () => {
    const ticked = inReview({ criteria: ['a'] }).and(dan, on('ship', 'Check', { words: '1' }));
    expect(owed(ticked.and(erin, concern))).toEqual(['erin']);
    expect(owed(inReview().and(erin, concern))).toEqual(['erin']);
    expect(owed(started(asking({ criteria: ['a'] })))).toEqual([]);
  });
});

describe('a veto', () => {
  const vetoed = (): Given =>
    claimed({ veto: ['QA'] })
      .and(pat, link('ship', 7))
      .and(dan, on('ship', 'Submit'))
      .and(sam, on('ship', 'Reject'), qa)
      .and(dan, on('ship', 'Submit'));
  const open = (given: Given): readonly string[] => {
    const { epic, ship } = seen(given);
    return openConcerns(epic, ship).map(({ id }) => id);
  };
  const late = { roles: ['QA'], at: '2026-12-01T00:00:00.000Z', id: 2 };
  test('is lifted by its owner’s later review, and by nobody else’s', () => {
    expect(open(vetoed())).toEqual(['c1']);
    expect(open(vetoed().and(sam, review(sam, 7, 'approved', late)))).toEqual([]);
    expect(open(vetoed().and(erin, review(erin, 7, 'approved', late)))).toEqual(['c1']);
  });
  test('is not lifted by an older review, nor by one that says no or was dismissed', () => {
    const early = { ...late, at: '2025-12-01T00:00:00.000Z' };
    expect(open(vetoed().and(sam, review(sam, 7, 'approved', early)))).toEqual(['c1']);
    expect(open(vetoed().and(sam, review(sam, 7, 'changes-requested', late)))).toEqual(['c1']);
    const lifted = vetoed().and(sam, review(sam, 7, 'approved', late));
    expect(open(lifted.and(pat, review(sam, 7, 'dismissed', late)))).toEqual(['c1']);
  });
  test('said again while it stands is the same one', () => {
    const again = vetoed().and(sam, on('ship', 'Reject'), qa);
    expect(open(again)).toEqual(['c1']);
    const resolved = again
      .and(sam, on('ship', 'Resolve', { id: 'c1', reason: '' }), qa)
      .and(dan, on('ship', 'Submit'))
      .and(sam, on('ship', 'Reject'), qa);
    expect(open(resolved)).toEqual(['c2']);
  });
  test('stands beside somebody else’s, and beside an ordinary concern of the same person', () => {
    const both = vetoed().and(vera, on('ship', 'Reject'), qa).and(dan, on('ship', 'Submit'));
    expect(open(both)).toEqual(['c1', 'c2']);
    const own = inReview({ veto: ['QA'] })
      .and(sam, on('ship', 'Concern', { text: 'x' }), qa)
      .and(sam, on('ship', 'Reject'), qa);
    expect(seen(own).ship.concerns?.map(({ id, veto, text, by }) => ({ id, veto, text, by }))).toEqual([
      { id: 'c1', veto: false, text: 'x', by: sam },
      { id: 'c2', veto: true, text: 'because', by: sam },
    ]);
  });
  test('and no ordinary concern is lifted by approving', () => {
    const given = inReview().and(erin, on('ship', 'Concern', { text: 'x' }));
    expect(open(given.and(erin, on('ship', 'Approve')))).toEqual(['c1']);
  });
});
