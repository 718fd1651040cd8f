/** What a long story leaves of an issue's body: who is next and what to type, whatever people wrote fifteen times. */
import { expect, test } from 'vitest';
import { whoHolds } from '../../../src/core/epic/say-who.ts';
import type { OpenedEpic, Stage } from '../../../src/core/epic/state.ts';
import { checklistIssue } from '../../../src/core/render/checklist.ts';
import { readMarker } from '../../../src/core/render/marker.ts';
import { titleText } from '../../../src/core/render/neutral.ts';
import { stageIssue } from '../../../src/core/render/stage-issue.ts';
import { ana, boss, explainIn, sampleEpic, sign, theStage, withStage } from './sample-epic.ts';

const said = { by: boss, text: 'why *that*? '.repeat(60), at: '2026-11-22T08:00:00.000Z' };
const shown = (more: Partial<Stage>): string => {
  const epic = withStage(sampleEpic(), '2_design', more);
  return stageIssue(epic, theStage(epic, '2_design'), explainIn(epic), sign).body;
};
const { definition } = theStage(sampleEpic(), '2_design');
const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => one(index));
const questions = many(40, (index) => ({
  ...said,
  id: `q${index + 1}`,
  kind: 'clarification' as const,
  answer: { ...said, by: ana },
}));
const criteria = many(30, (index) => `criterion ${index} ${'is met '.repeat(40)}`);
const ticks = criteria.map((_, index) => ({
  ...said,
  criterion: index + 1,
  commentId: index,
  how: 'ticked' as const,
}));
const concerns = many(20, (index) => ({ ...said, id: `c${index + 1}`, veto: false }));
const gate = { name: 'design_review', approvers: ['ENGINEERING_MANAGER'], criteria };

test.each<[string, Partial<Stage>]>([
  ['forty answered questions', { questions }],
  ['thirty criteria with long evidence', { definition: { ...definition, gate }, ticks }],
  [
    'all of it, and forty blockers',
    {
      questions,
      definition: { ...definition, gate },
      ticks,
      concerns,
      blockers: many(40, (index) => ({ ...said, id: `b${index + 1}` })),
    },
  ],
])('%s leave the body its marker, what is missing, what to type and the gate', (_what, more) => {
  const body = shown(more);
  expect(body.length).toBeLessThanOrEqual(20_000);
  expect(readMarker(body, sign)).toBeDefined();
  for (const title of ['### What is missing', '### What to type', '### Task', '### Gate `design_review`'])
    expect(body).toContain(title);
  expect(body).toContain('_Some of this was left out because it is very long._');
});

test('warnings without end leave the checklist every stage and what to type', () => {
  const epic: OpenedEpic = sampleEpic();
  const notes = many(10, () => '<@*_> '.repeat(200));
  const { body } = checklistIssue({ ...epic, rules: { ...epic.rules, notes } }, explainIn(epic), sign);
  expect(body.length).toBeLessThanOrEqual(20_000);
  expect(body.match(/^- \[[ x]\] #\d /gm)).toHaveLength(3);
  expect(body).toContain('### What to type');
});

test('a title ends in nothing that cannot be seen: what trims it on GitHub would be put right for ever', () => {
  expect(titleText('Who is @', 60)).toBe('Who is @');
  expect(titleText('Who is @octo', 60)).toBe('Who is @\u200Bocto');
});

test('of many absences those are named that last longest, not those that a file has kept for years', () => {
  const delegations = many(30, (index) => ({
    from: 'octo-em',
    to: `octo-${index}`,
    roles: ['ENGINEERING_MANAGER'],
    after: `${2000 + index}-01-01`,
    before: `${2000 + index}-02-01`,
    timeZone: 'UTC',
    reason: '',
  }));
  const epic = sampleEpic();
  const text = whoHolds({ ...epic.rules, delegations }, 'ENGINEERING_MANAGER');
  expect(text).toContain('`octo-29` for `octo-em` from 2029-01-01 until 2029-02-01');
  expect(text).not.toContain('`octo-1` ');
  expect(text.length).toBeLessThan(1_000);
});
