/** The checklist issue as people read it (contract §2). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checklistIssue } from '../../../src/core/render/checklist.ts';
import { readMarker } from '../../../src/core/render/marker.ts';
import { stageIssue } from '../../../src/core/render/stage-issue.ts';
import { readComment } from '../../../src/core/slash/read-comment.ts';
import { mentionsIn, nodesOf } from './live-markdown.ts';
import { boss, explainIn, hugeEpic, sampleEpic, sign, theStage, withStage } from './sample-epic.ts';

const statement = { by: boss, text: 'out of budget, says @acme/board', at: '2026-11-22T08:00:00.000Z' };
const shown = (epic: ReturnType<typeof sampleEpic>) => checklistIssue(epic, explainIn(epic), sign);

describe('the checklist issue', () => {
  test('one look says where the epic is and who is next', () => {
    expect(shown(sampleEpic())).toMatchInlineSnapshot();
  });

  test('its marker reads back, and it calls nobody', () => {
    const { body } = shown(sampleEpic());
    expect(readMarker(body, sign)).toEqual({ repository: 42, epic: '9001', round: 1, object: 'checklist' });
    expect(mentionsIn(body)).toEqual([]);
  });

  test('a role nobody holds is named, with what to write where', () => {
    const epic = sampleEpic();
    const roles = epic.rules.roles.filter(({ role }) => role !== 'GROWTH_MANAGER');
    const { body } = shown({ ...epic, rules: { ...epic.rules, roles } });
    expect(/^> \[!WARNING\]\n> .*$/m.exec(body)?.[0]).toMatchInlineSnapshot();
  });

  test('an override and a skip are told loudly', () => {
    const overridden = withStage(sampleEpic(), '1_define', { override: statement });
    const { body } = shown(withStage(overridden, '2_design', { status: 'skipped', skip: statement }));
    expect(body.split('\n').filter((line) => line.startsWith('- ['))).toMatchInlineSnapshot();
  });

  test.each([
    [
      'paused',
      { status: 'paused', pause: statement },
      'open',
      '**Paused** by `octo-boss` since 2026-11-22 08:00 UTC',
    ],
    [
      'cancelled',
      { status: 'cancelled', cancellation: statement },
      'closed',
      '**Cancelled** by `octo-boss` on 2026-11-22 08:00 UTC',
    ],
    [
      'done',
      { status: 'done', endedAt: statement.at },
      'closed',
      'Every stage is done or skipped since 2026-11-22 08:00 UTC.',
    ],
  ] as const)('%s: it says so first, and who and since when', (_word, more, state, sentence) => {
    const picture = shown({ ...sampleEpic(), ...more });
    expect(picture.state).toBe(state);
    expect(picture.body.split('\n\n')[2]).toContain(sentence);
    expect(mentionsIn(picture.body)).toEqual([]);
  });

  test('more than twelve stages: the graph is folded away, and still rendered', () => {
    const epic = hugeEpic('x');
    const { body } = shown({
      ...epic,
      stages: epic.stages
        .slice(0, 13)
        .map((stage) => ({
          ...stage,
          definition: { ...stage.definition, action: 'a', gate: { name: 'g', approvers: ['A'] } },
        })),
    });
    expect(body).toContain('<details><summary>The stages as a graph</summary>\n\n```mermaid\n');
  });
});

describe('a hundred stages with every nasty word in them', () => {
  const titles = fc.oneof(
    fc.constantFrom('🎉'.repeat(256), '👨‍👩‍👧'.repeat(60), '@acme/all closes #1 '.repeat(40), ''),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  const epic = hugeEpic('x');

  test('bodies stay under twenty thousand characters, titles under 256, and nothing in them comes to life', () => {
    fc.assert(
      fc.property(titles, fc.nat(99), (title, at) => {
        const named = { ...epic, title };
        const stage = named.stages[at] ?? theStage(named, '');
        for (const picture of [
          checklistIssue(named, explainIn(named), sign),
          stageIssue(named, stage, explainIn(named), sign),
        ]) {
          expect(picture.body.length).toBeLessThanOrEqual(20_000);
          expect(picture.title.length).toBeLessThanOrEqual(256);
          expect(picture.title).not.toMatch(/@[a-z]|#\d/i);
          expect(readMarker(picture.body, sign)).toBeDefined();
          expect(readComment(picture.body)).toEqual([]);
          expect(mentionsIn(picture.body)).toEqual([]);
          const html = nodesOf(picture.body).flatMap((node) => (node.type === 'html' ? [node.value] : []));
          expect(
            html.filter((tag) => !/^(?:<!-- gatehouse v1 |<\/?details|<summary>|<\/summary>)/.test(tag)),
          ).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });

  test('every stage is still on the list', () => {
    const { body } = checklistIssue(epic, explainIn(epic), sign);
    expect(body.match(/^- \[[ x]\] #1\d\d\d /gm)).toHaveLength(100);
  });
});
