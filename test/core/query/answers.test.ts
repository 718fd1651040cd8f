/** What each query answers about one eventful epic, word for word. */
import { describe, expect, test } from 'vitest';
import { queries } from '../../../src/core/query/index.ts';
import { cast } from '../epic/given.ts';
import { askedOf, at, eventful, textOf, theQuery } from './asked.ts';

const texts = (...names: readonly string[]): string =>
  names
    .map(
      (name) => `# ${name}\n\n${textOf(name, eventful(), { by: { login: 'erin', id: 3, roles: ['EM'] } })}`,
    )
    .join('\n\n');

describe('word for word', () => {
  test('where it stands: status, why, next, mine, blockers', () => {
    expect(
      texts('getStatus', 'getExecutionStatus', 'getNextSteps', 'getWaiting', 'getBlockers'),
    ).toMatchInlineSnapshot(`
      "# getStatus

      **1 of 3 stages done** ▰▰▰▰▱▱▱▱▱▱▱▱

      Waiting for the blocker of \`build\` to be lifted.

      - \`define\` ✓ done
      - \`build\` ■ blocked: It is blocked by \`dan\` since 2026-02-05 13:00 UTC.
      - \`tell\` ○ waiting

      # getExecutionStatus

      **\`build\`**

      - ✅ What it depends on is done.
      - ⏳ It is blocked by \`dan\` since 2026-02-05 13:00 UTC. **Who:** \`ENG\` (\`dan\`), \`EM\` (\`erin\`) and \`VP\` (\`vera\`). **Next:** \`/unblock\`.
      - ✅ \`dan\` has claimed it.
      - ✅ It is submitted.
      - ⏳ Gate \`review\` is open.
        - ⏳ \`EM\` has not approved. **Who:** \`EM\` (\`erin\`). **Next:** \`/approve\`, or approve the pull request.
        - ✅ \`VP\`: approved by \`vera\`.
      - ⏳ Pull request #7 is still open. **Next:** merge it, or close it.

      # getNextSteps

      **\`build\`** is done after 3 steps by 1 person:

      1. \`erin\` (\`EM\`): \`/unblock build\`
      2. \`erin\` (\`EM\`): \`/approve build bbbbbbb\`
      3. anyone who may merge: merge #7

      # getWaiting

      2 things wait for \`erin\`, the oldest first:

      - \`build\`: waits for your approval, for 23h. **Next:** \`/approve build\`
      - \`build\`: blocked, for 20h. **Next:** \`/unblock build\`

      # getBlockers

      - ■ \`build\`: by \`dan\` for 20h: the database is down. **Who:** \`ENG\` (\`dan\`), \`EM\` (\`erin\`) and \`VP\` (\`vera\`). **Next:** \`/unblock build\`"
    `);
  });
  test('gates: pending, all, readiness, validation', () => {
    expect(
      texts('getApprovalGates', 'getGateStatus', 'getReadinessScore', 'getValidationStatus'),
    ).toMatchInlineSnapshot(`
      "# getApprovalGates

      **1 of 2 gates passed**

      - ◉ \`review\` of \`build\`: open for 23h. Approved: \`VP\` by \`vera\`. **Who:** \`EM\` (\`erin\`). **Next:** \`/approve build\`

      # getGateStatus

      | gate | stage | verdict | approved | missing | submissions |
      | --- | --- | --- | --- | --- | --- |
      | \`kickoff\` | \`define\` | passed | \`EM\` by \`erin\` |  | 2 |
      | \`review\` | \`build\` | open | \`VP\` by \`vera\` | \`EM\` | 2 |

      # getReadinessScore

      **50 of 100** ▰▰▰▰▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱ 1 of 2 gates passed, each weighing the same.

      - open: \`review (build)\`

      # getValidationStatus

      - ✅ Workflow \`feature\` version \`1\` was read without a problem from \`workflows/feature.yml\`.
      - ✅ Every role is held by somebody.
      - ✅ Every link of a pull request is confirmed.
      - ✅ Gate \`kickoff\` of \`define\`: passed."
    `);
  });
  test('what was shown and said: evidence, reviews, findings, pull requests', () => {
    expect(
      texts(
        'getEvidence',
        'getEvidenceSummary',
        'getTaskReview',
        'getReviewStatus',
        'getReviewFindings',
        'getBranchStatus',
      ),
    ).toMatchInlineSnapshot(`
      "# getEvidence

      **\`define\`** (done)

      - <https://example.com/prd> · \`pat\`, 2026-02-01 11:00 UTC

      **\`build\`** (blocked)

      - tested with &lt;b&gt;five&lt;/b&gt; people · \`dan\`, 2026-02-04 09:00 UTC

      # getEvidenceSummary

      | stage | state | to deliver | evidence | by | latest |
      | --- | --- | --- | --- | --- | --- |
      | \`define\` | done | 0 | 1 (links: 1) | \`pat\` | 2026-02-01 11:00 UTC |
      | \`build\` | blocked | 0 | 1 | \`dan\` | 2026-02-04 09:00 UTC |
      | \`tell\` | waiting | 0 | 0 |  |  |

      # getTaskReview

      **\`define\`** (done), submission 2: with refunds

      - approved by \`erin\` as \`EM\`, 2026-02-03 09:00 UTC

      **\`build\`** (blocked), submission 2

      - approved by \`vera\` as \`VP\`, 2026-02-05 12:00 UTC

      # getReviewStatus

      **#7** (open) of \`build\`

      | reviewer | says | of | as | when |
      | --- | --- | --- | --- | --- |
      | \`erin\` | changes-requested (no longer holds) | \`aaaaaaa\` | \`EM\` | 2026-02-04 11:00 UTC |

      # getReviewFindings

      - 2026-02-04 11:00 UTC · \`erin\` · \`build\` #7: closes #​1 \\| no tests
      - 2026-02-01 18:00 UTC · \`erin\` · \`define\`: what about @​acme/all?

      # getBranchStatus

      | pull request | stage | state | head | base | by | check |
      | --- | --- | --- | --- | --- | --- | --- |
      | #7 | \`build\` | open | \`bbbbbbb\` | \`main\` | \`dan\` | in_progress |"
    `);
  });
  test('what happened: timeline, history, metrics', () => {
    expect(texts('getTimeline', 'getHistory', 'getMetrics')).toMatchInlineSnapshot(`
      "# getTimeline

      Opened 2026-02-01 09:00 UTC; running after 5d.

      | when | stage | step | after | by |
      | --- | --- | --- | --- | --- |
      | 2026-02-01 09:00 UTC | \`define\` | waiting → ready | 0s | \`gatehouse\` |
      | 2026-02-01 10:00 UTC | \`define\` | ready → in-progress | 1h | \`pat\` |
      | 2026-02-01 12:00 UTC | \`define\` | in-progress → in-review | 2h | \`pat\` |
      | 2026-02-01 18:00 UTC | \`define\` | in-review → in-progress | 6h | \`erin\` |
      | 2026-02-02 09:00 UTC | \`define\` | in-progress → in-review | 15h | \`pat\` |
      | 2026-02-03 09:00 UTC | \`define\` | in-review → done | 1d | \`gatehouse\` |
      | 2026-02-03 09:00 UTC | \`build\` | waiting → ready | 2d | \`gatehouse\` |
      | 2026-02-03 15:00 UTC | \`build\` | ready → in-progress | 6h | \`dan\` |
      | 2026-02-04 10:00 UTC | \`build\` | in-progress → in-review | 19h | \`dan\` |
      | 2026-02-04 11:00 UTC | \`build\` | in-review → in-progress | 1h | \`erin\` |
      | 2026-02-05 10:00 UTC | \`build\` | in-progress → in-review | 23h | \`dan\` |

      # getHistory

      The newest first:

      - 2026-02-05 13:00 UTC · \`dan\` · blocker raised \`build\` (b1): the database is down
      - 2026-02-05 12:00 UTC · \`vera\` · approval given \`build\` (VP)
      - 2026-02-05 10:00 UTC · \`dan\` · stage submitted \`build\`
      - 2026-02-05 09:00 UTC · \`dan\` · pull request pushed \`build\` #7 (bbbbbbb)
      - 2026-02-04 11:00 UTC · \`erin\` · stage rejected \`build\`: closes #​1 \\| no tests
      - 2026-02-04 11:00 UTC · \`erin\` · review given \`build\` #7 (changes-requested): closes #​1 \\| no tests
      - 2026-02-04 10:00 UTC · \`dan\` · stage submitted \`build\`
      - 2026-02-04 09:00 UTC · \`dan\` · evidence added \`build\`: tested with &lt;b&gt;five&lt;/b&gt; people
      - 2026-02-03 16:00 UTC · \`dan\` · pull request linked \`build\` #7
      - 2026-02-03 15:00 UTC · \`dan\` · stage claimed \`build\`
      - 2026-02-03 09:00 UTC · \`gatehouse\` · stage ready \`build\`
      - 2026-02-03 09:00 UTC · \`gatehouse\` · stage done \`define\`
      - 2026-02-03 09:00 UTC · \`gatehouse\` · gate passed \`define\`
      - 2026-02-03 09:00 UTC · \`erin\` · approval given \`define\` (EM): good
      - 2026-02-02 09:00 UTC · \`pat\` · stage submitted \`define\`: with refunds
      - 2026-02-01 18:00 UTC · \`erin\` · stage rejected \`define\`: what about @​acme/all?
      - 2026-02-01 12:00 UTC · \`pat\` · stage submitted \`define\`: first \\*draft\\*
      - 2026-02-01 11:00 UTC · \`pat\` · evidence added \`define\`: https:​//example.com/prd
      - 2026-02-01 10:00 UTC · \`pat\` · stage claimed \`define\`
      - 2026-02-01 09:00 UTC · \`gatehouse\` · stage ready \`define\`
      - 2026-02-01 09:00 UTC · \`pat\` · epic opened

      # getMetrics

      5d · 4 submitted, 2 rejected, 2 approved by comment, 0 overridden, 0 skipped
      Waited at gates 4 times, 2d 6h in all, 1d at most.

      | stage | state | took | unclaimed | worked on | in review | submitted | rejected |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | \`define\` | done | 2d | 1h | 17h | 1d 6h | 2 | 1 |
      | \`build\` | in-review | 3d | 6h | 1d 18h | 1d | 2 | 1 |
      | \`tell\` | waiting |  | 0s | 0s | 0s | 0 | 0 |"
    `);
  });
  test('how it hangs together: plan, graph, stages, progress', () => {
    expect(
      texts('getPlan', 'getDependencyGraph', 'getChildWorkflows', 'getTaskProgress'),
    ).toMatchInlineSnapshot(`
      "# getPlan

      - **Wave 1** ✓
        - \`define\` ✓ done · \`PM\` · \`pat\`
      - **Wave 2** ← now
        - \`build\` ■ blocked · \`ENG\` · \`dan\`
      - **Wave 3**
        - \`tell\` ○ waiting · \`PM\`

      Longest chain still to be done: \`build\` → \`tell\`

      # getDependencyGraph

      \`\`\`mermaid
      flowchart LR
        s0["define ✓ done"]:::done
        s1["build ■ blocked"]:::blocked
        s2["tell ○ waiting"]:::waiting
        s0 --> s1
        s1 --> s2
        classDef done fill:#aceebb,stroke:#1a7f37,color:#1f2328
        classDef blocked fill:#ffcecb,stroke:#cf222e,color:#1f2328,stroke-width:3px
        classDef waiting fill:#eaeef2,stroke:#6e7781,color:#1f2328
      \`\`\`

      # getChildWorkflows

      | stage | issue | state | role | claimant | action | pull requests |
      | --- | --- | --- | --- | --- | --- | --- |
      | \`define\` |  | ✓ done | \`PM\` | \`pat\` | do |  |
      | \`build\` |  | ■ blocked | \`ENG\` | \`dan\` | do | #7 |
      | \`tell\` |  | ○ waiting | \`PM\` |  | do |  |

      # getTaskProgress

      - \`define\` ✓ done · 1 of 1 · \`pat\`
      - \`build\` ■ blocked · 4 of 7 · \`dan\`
        - It is blocked by \`dan\` since 2026-02-05 13:00 UTC.
        - \`EM\` has not approved.
        - Pull request #7 is still open.
      - \`tell\` ○ waiting · 0 of 3
        - \`build\` is blocked.
        - Nobody has claimed it.
        - It is not submitted."
    `);
  });
  test('questions of approvers, those that are answered with the answer', () => {
    const asked = askedOf(eventful());
    expect(textOf('getClarificationQuestions', eventful())).toBe('Nobody has asked anything.');
    const { erin: by, dan } = cast;
    const open = { id: 'q1', kind: 'clarification', by, text: 'who pays @acme/all?', ...at(4) };
    const told = {
      id: 'q2',
      kind: 'evidence',
      by,
      text: 'a video',
      ...at(5),
      answer: { by: dan, text: 'done', ...at(6) },
    };
    const stages = asked.epic.stages.map((one) => ({
      ...one,
      ...(one.definition.key === 'build' ? { questions: [open, told] } : {}),
    }));
    const text = theQuery('getClarificationQuestions').lines({
      ...asked,
      epic: { ...asked.epic, stages } as typeof asked.epic,
    });
    expect(text.join('\n')).toMatchInlineSnapshot(`
      "**1 of 2 questions open**

      - \`q1\` \`build\` · open · \`erin\`, 2026-02-04 09:00 UTC: who pays @​acme/all?
      - \`q2\` \`build\` · answered · \`erin\`, 2026-02-05 09:00 UTC: a video
        - \`dan\`, 2026-02-06 09:00 UTC: done"
    `);
  });
  test('every query is shown above', () => {
    const shown =
      'getStatus getExecutionStatus getNextSteps getWaiting getBlockers getApprovalGates getGateStatus getReadinessScore ' +
      'getValidationStatus getEvidence getEvidenceSummary getTaskReview getReviewStatus getReviewFindings getBranchStatus ' +
      'getTimeline getHistory getMetrics getPlan getDependencyGraph getChildWorkflows getTaskProgress getClarificationQuestions';
    expect(queries.map((query) => query.name).toSorted()).toEqual(shown.split(' ').toSorted());
  });
});
