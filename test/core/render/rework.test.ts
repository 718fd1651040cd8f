/** Rounds as people read them: the new issue, the old one, the checklist, the one comment (issue 4). */
import { expect, test } from 'vitest';
import { evolve } from '../../../src/core/epic/evolve.ts';
import { explainStage } from '../../../src/core/epic/explain.ts';
import type { OpenedEpic } from '../../../src/core/epic/state.ts';
import type { IssueId, IssueNumber, IssueRef } from '../../../src/core/epic/subject.ts';
import { checklistIssue } from '../../../src/core/render/checklist.ts';
import { pastIssue } from '../../../src/core/render/past-issue.ts';
import { roundNotice } from '../../../src/core/render/round-notice.ts';
import { stageIssue } from '../../../src/core/render/stage-issue.ts';
import { statusReply } from '../../../src/core/render/status-reply.ts';
import { mentionsIn } from './live-markdown.ts';
import { em, explainIn, sampleEpic, sign, theStage } from './sample-epic.ts';

const at = '2026-11-22T08:00:00.000Z';
const ref = (number: number): IssueRef => ({
  number: number as IssueNumber,
  id: number as IssueId,
  nodeId: `I_${number}`,
});
const told = { at, by: em };
const opened = (object: 'checklist' | `stage:${string}`, number: number) =>
  ({ type: 'IssueOpened', object, issue: ref(number), ...told }) as const;

/** `2_design` was sent back to `1_define`; the new issues are #31 and #32. */
const back = (reason = 'the *sums* are wrong, @octo-dan'): OpenedEpic => {
  const root = '1_define';
  const epic = [
    { type: 'StageReopened', stage: root, round: 2, reason, root, ...told } as const,
    { type: 'StageReopened', stage: '2_design', round: 2, reason, root, rejected: true, ...told } as const,
    { type: 'StageReady', stage: root, ...told } as const,
    opened('stage:1_define#2', 31),
    opened('stage:2_design#2', 32),
  ].reduce<ReturnType<typeof evolve>>(evolve, sampleEpic());
  if (epic.status === 'unopened') throw new Error('It was opened.');
  return epic;
};
const pastOf = (epic: OpenedEpic, key: string) => {
  const past = theStage(epic, key).past?.[0];
  if (past === undefined) throw new Error('It never went back.');
  return past;
};

test('the issue of the new round: round, reason, and the earlier rounds beside each other', () => {
  const epic = back();
  const picture = stageIssue(epic, theStage(epic, '2_design'), explainIn(epic), sign);
  expect(picture).toMatchInlineSnapshot(`
    {
      "assignees": [],
      "body": "<!-- gatehouse v1 repository=42 epic=9001 round=1 object=stage%3A2_design%232 sig=00lkhgrg -->

    **○ waiting** since 2026-11-22 08:00 UTC · stage 2 of 3 of #1 · round 2

    > [!NOTE]
    > **Round 2**: \`octo-em\` went back to \`1_define\` on 2026-11-22 08:00 UTC: the \\*sums\\* are wrong, @​octo-dan
    > Nothing of an earlier round counts in this one.

    ### What to type

    Nothing yet: it can be claimed once what it depends on is done. \`/why\` says what is missing, \`/help\` lists every command.

    ### Task

    - **Role:** \`PRODUCT_DESIGNER\` (\`octo-ana\`)
    - **To do:** create_mocks
    - **Output:** Design artifacts

    ### Deliverables

    - [ ] UI/UX mockups
    - [ ] User flows

    ### Depends on

    - \`1_define\` · not done yet

    ### Gate \`design_review\`

    - ⏳ \`PRODUCT_MANAGER\` (\`octo-pm\`)
    - ⏳ \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`)

    ### Notes

    > Start from the design system.
    > \\- keep it small
    >

    ### Earlier rounds

    | round | came to | claimed by | submitted | approved by | pull requests | took |
    | --- | --- | --- | --- | --- | --- | --- |
    | 1 (#4) | rejected | \`octo-ana\` | 1 | \`octo-pm\` | – | 47h |",
      "labels": [
        "gatehouse:stage",
        "stage:waiting",
        "role:PRODUCT_DESIGNER",
      ],
      "state": "open",
      "title": "2_design: create_mocks (Gift cards) · round 2",
    }
  `);
  expect(mentionsIn(picture.body)).toEqual([]);
});

test('the issue of the old round: closed, what was done in it, and where it goes on', () => {
  const epic = back();
  const picture = pastIssue(epic, theStage(epic, '2_design'), pastOf(epic, '2_design'), sign);
  expect(picture).toMatchInlineSnapshot(`
    {
      "assignees": [
        "octo-ana",
      ],
      "body": "<!-- gatehouse v1 repository=42 epic=9001 round=1 object=stage%3A2_design sig=01ppqt80 -->

    **Round 1 of \`2_design\` is over** · it was rejected on 2026-11-22 08:00 UTC · part of #1

    > [!NOTE]
    > \`octo-em\` went back to \`1_define\` on 2026-11-22 08:00 UTC: the \\*sums\\* are wrong, @​octo-dan
    > **Round 2: #32**

    **Claimed by:** \`octo-ana\`

    ### Approved in this round by

    - \`octo-pm\` as \`PRODUCT_MANAGER\` on 2026-11-21 15:00 UTC

    **Note of the claimant:** See the \\*last\\* page first

    ### Evidence

    - \`octo-ana\` on 2026-11-21 13:00 UTC: <https://example.com/mocks_v2>",
      "labels": [
        "gatehouse:stage",
        "stage:cancelled",
        "role:PRODUCT_DESIGNER",
      ],
      "state": "closed",
      "stateReason": "not_planned",
      "title": "2_design: create_mocks (Gift cards)",
    }
  `);
  expect(mentionsIn(picture.body)).toEqual([]);
});

test('a round that was done closes as done', () => {
  const epic = back();
  const { state, stateReason, labels } = pastIssue(
    epic,
    theStage(epic, '1_define'),
    pastOf(epic, '1_define'),
    sign,
  );
  expect([state, stateReason, labels[1]]).toEqual(['closed', 'completed', 'stage:done']);
});

test('an old issue changes with nothing that happens in the new round', () => {
  const before = back();
  const later = evolve(before, { type: 'StageClaimed', stage: '1_define', ...told });
  if (later.status === 'unopened') throw new Error('It was opened.');
  const shown = (epic: OpenedEpic) =>
    pastIssue(epic, theStage(epic, '2_design'), pastOf(epic, '2_design'), sign);
  expect(shown(later)).toEqual(shown(before));
});

test('the one comment calls whoever claimed or approved, and nobody that the reason names', () => {
  const epic = back();
  const notice = roundNotice(epic, opened('stage:2_design#2', 32));
  expect(notice).toMatchInlineSnapshot(`
    {
      "issue": {
        "id": 9004,
        "nodeId": "I_4",
        "number": 4,
      },
      "once": "round/2_design/2",
      "text": "@octo-ana @octo-pm: \`octo-em\` went back to \`1_define\` on 2026-11-22 08:00 UTC: the \\*sums\\* are wrong, @​octo-dan

    Round 1 of \`2_design\` stays as it was, and nothing of it counts any more: round 2 is #32.",
    }
  `);
  expect(mentionsIn(notice?.text ?? '')).not.toContain('octo-dan');
  expect(roundNotice(epic, opened('stage:2_design', 3)), 'the old issue found again').toBeUndefined();
  expect(roundNotice(sampleEpic(), opened('stage:2_design', 3)), 'a first round').toBeUndefined();
  expect(roundNotice(sampleEpic(), opened('checklist', 3)), 'a first batch').toBeUndefined();
});

test('the checklist and /status say the round and count what was done again', () => {
  const epic = back();
  const { body } = checklistIssue(epic, explainIn(epic), sign);
  expect(body.split('\n').filter((line) => /round/i.test(line))).toMatchInlineSnapshot(`
    [
      "<!-- gatehouse v1 repository=42 epic=9001 round=1 object=checklist sig=01o4zrp8 -->",
      "**Done again:** 2 rounds (\`1_define\` 1×, \`2_design\` 1×)",
      "- [ ] #31 **1_define** · ▷ ready · round 2 · write_prd · gate \`design_kickoff\`",
      "- [ ] #32 **2_design** · ○ waiting · round 2 · create_mocks · gate \`design_review\`",
    ]
  `);
  expect(statusReply(epic, (stage) => explainStage(epic, stage))).toMatchInlineSnapshot(`
    "**0 of 3 stages done** ▱▱▱▱▱▱▱▱▱▱▱▱

    Waiting for \`PRODUCT_MANAGER\` (\`octo-pm\`) to claim #31 \`1_define\`.

    **Done again:** 2 rounds (\`1_define\` 1×, \`2_design\` 1×)

    - \`1_define\` (#31) ▷ ready · round 2: Nobody has claimed it.
    - \`2_design\` (#32) ○ waiting · round 2
    - \`3_launch\` (#5) ○ waiting"
  `);
});

test('the next batch says after which checklist it comes and why; a new start by label says only the former', () => {
  const epic = sampleEpic();
  const start = { type: 'EpicOpened', round: 2, ...told } as const;
  const { subject, title, author, definition, source, rules } = epic;
  const again = (reason: object) => {
    const next = evolve(epic, { ...start, subject, title, author, definition, source, rules, ...reason });
    if (next.status === 'unopened') throw new Error('It was opened.');
    return checklistIssue(next, explainIn(next), sign)
      .body.split('\n')
      .filter((line) => line.startsWith('Workflow'));
  };
  expect([again({ reason: 'more *features*' }), again({})]).toMatchInlineSnapshot(`
    [
      [
        "Workflow **feature** for #1, round 2, after #2: more \\*features\\*",
      ],
      [
        "Workflow **feature** for #1, round 2, after #2",
      ],
    ]
  `);
});
