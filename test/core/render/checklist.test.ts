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
    expect(shown(sampleEpic())).toMatchInlineSnapshot(`
      {
        "assignees": [],
        "body": "<!-- gatehouse v1 repository=42 epic=9001 round=1 object=checklist sig=01o4zrp8 -->

      **1 of 3 stages done** ▰▰▰▰▱▱▱▱▱▱▱▱

      Waiting for \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`) to approve #4 \`2_design\`.

      Workflow **feature** for #1

      - [x] #3 **1_define** · ✓ done · write_prd · \`octo-pm\` · gate \`design_kickoff\` (approved by \`octo-em\`)
      - [ ] #4 **2_design** · ◉ in-review · create_mocks · \`octo-ana\` · gate \`design_review\` (approved by \`octo-pm\`; needs \`ENGINEERING_MANAGER\`)
      - [ ] #5 **3_launch** · ○ waiting · launch

      \`\`\`mermaid
      flowchart LR
        s0["1_define ✓ done"]:::done
        s1["2_design ◉ in-review"]:::inreview
        s2["3_launch ○ waiting"]:::waiting
        s0 --> s1
        s1 --> s2
        classDef done fill:#aceebb,stroke:#1a7f37,color:#1f2328
        classDef inreview fill:#ecd8ff,stroke:#8250df,color:#1f2328
        classDef waiting fill:#eaeef2,stroke:#6e7781,color:#1f2328
      \`\`\`

      ### What is missing

      - #4 \`2_design\`: \`ENGINEERING_MANAGER\` has not approved. **Next:** \`/approve\`, or approve the pull request.

      ### What to type

      Comment on a stage's own issue, or here with the stage's name: \`/claim 1_define\`. \`/why\` says what a stage waits for, \`/status\` where the epic stands, \`/help\` lists every command. Ticking boxes here changes nothing.

      ### About this workflow

      From idea to launch.

      **Usually takes:** 2-4 weeks

      ### Success criteria

      - [ ] All acceptance criteria met
      - [ ] All tests passing

      ### Priorities

      - **critical**: Drop everything

      ### Critical path

      1. 1_define -&gt; 2_design -&gt; 3_implement

      ### Known risks

      - Scope creep

      ### Participants

      - Product Manager
      - Engineer

      <details><summary>architecture_notes</summary>

      \`\`\`yaml
      pipeline:
        - a
        - b
      note: "ask @​acme/all, closes #​1"
      \`\`\`

      </details>",
        "labels": [
          "gatehouse:checklist",
        ],
        "state": "open",
        "title": "[feature] Gift cards",
      }
    `);
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
    expect(/^> \[!WARNING\]\n> .*$/m.exec(body)?.[0]).toMatchInlineSnapshot(`
      "> [!WARNING]
      > Nobody holds \`GROWTH_MANAGER\`: a stage or gate that asks for it cannot go on. Add somebody under \`roles:\` in \`.github/gatehouse.yml\` on the default branch, for example \`GROWTH_MANAGER: [some-login, "@org/team"]\`."
    `);
  });

  test('an override and a skip are told loudly', () => {
    const overridden = withStage(sampleEpic(), '1_define', { override: statement });
    const { body } = shown(withStage(overridden, '2_design', { status: 'skipped', skip: statement }));
    expect(body.split('\n').filter((line) => line.startsWith('- ['))).toMatchInlineSnapshot(`
      [
        "- [x] #3 **1_define** · ✓ done · write_prd · \`octo-pm\` · gate \`design_kickoff\` **OVERRIDDEN** by \`octo-boss\`",
        "- [x] #4 **2_design** · ↷ skipped · create_mocks · \`octo-ana\` · **SKIPPED** by \`octo-boss\` · gate \`design_review\`",
        "- [ ] #5 **3_launch** · ○ waiting · launch",
        "- [ ] All acceptance criteria met",
        "- [ ] All tests passing",
      ]
    `);
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
    const epic = hugeEpic();
    const { body } = shown({
      ...epic,
      stages: epic.stages.slice(0, 13).map((stage) => ({
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
  const epic = hugeEpic();

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
