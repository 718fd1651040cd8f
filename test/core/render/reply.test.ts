/** Every sentence the bot says in a comment: what, why, who may, what to type; and that none is a command or a call. */
import { describe, expect, test } from 'vitest';
import { explainStage } from '../../../src/core/epic/explain.ts';
import { refuse } from '../../../src/core/epic/refusal.ts';
import { labelStyle } from '../../../src/core/render/labels.ts';
import * as replies from '../../../src/core/render/reply.ts';
import { statusReply, whyReply } from '../../../src/core/render/status-reply.ts';
import { readComment } from '../../../src/core/slash/read-comment.ts';
import { mentionsIn, nodesOf, referencesIn } from './live-markdown.ts';
import { boss, explainIn, hugeEpic, sampleEpic, theStage } from './sample-epic.ts';

const nasty = '@acme/all`<!-- x --> closes #1 | https://github.com/acme/shop/issues/9';
const epic = sampleEpic();
const problem = {
  code: 'unknown-field',
  message: 'unknown field `aprovers`',
  file: 'a.yml',
  line: 1,
  column: 1,
  hint: 'did you mean `approvers`?',
} as const;

const all: Readonly<Record<string, string>> = {
  refusal: replies.refusalReply(
    refuse('not-your-role', 'You may not claim `2_design`.', {
      who: '`PRODUCT_DESIGNER` (`octo-ana`)',
      next: '`/why`',
    }),
    boss,
  ),
  status: statusReply(epic, (stage) => explainStage(epic, stage)),
  why: whyReply(theStage(epic, '2_design'), explainIn(epic)('2_design')),
  unknownWorkflow: replies.unknownWorkflowReply('featrue', ['bug', 'feature'], 'feature'),
  secondWorkflow: replies.secondWorkflowReply(
    refuse('running-already', 'Workflow `feature` is running.', { next: '`/cancel <reason>`' }),
  ),
  labelRemoved: replies.labelRemovedReply('feature'),
  broken: replies.brokenConfigurationReply([
    { path: '.github/gatehouse.yml', source: `aprovers: ${nasty}`, problems: [problem] },
  ]),
  stranger: replies.strangerStartReply(boss, 'feature'),
  reopened: replies.reopenedReply(boss, 'stage:2_design'),
  unknownCommand: replies.unknownCommandReply('aprove', 'approve'),
  unheld: replies.unheldRolesReply(['QA_LEAD']),
};

describe('what the bot says', () => {
  test('word for word', () => {
    expect(all).toMatchInlineSnapshot(`
      {
        "broken": "\`.github/gatehouse.yml\` cannot be used, so nothing was done:

      ~~~text
      a.yml:1:1  unknown field \`aprovers\`
          1 | aprovers: @​acme/all\`<!-- x --> closes #​1 | https:​//github.com/acme/shop/issues/9
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ did you mean \`approvers\`?
      ~~~

      Mend it on the default branch, then try again.",
        "labelRemoved": "Taking the label off does not end \`feature\`: the epic goes on.
      - what to type to end it: \`/cancel <reason>\`",
        "refusal": "\`octo-boss\`: You may not claim \`2_design\`.
      - who may: \`PRODUCT_DESIGNER\` (\`octo-ana\`)
      - what to type: \`/why\`",
        "reopened": "Reopened: \`octo-boss\` closed this by hand, but it is not done. \`/why\` says what is missing; \`/skip <reason>\` leaves it out.",
        "secondWorkflow": "Workflow \`feature\` is running.
      - what to do: \`/cancel <reason>\`",
        "status": "**1 of 3 stages done** ▰▰▰▰▱▱▱▱▱▱▱▱

      Waiting for \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`) to approve #4 \`2_design\`.

      - \`1_define\` (#3) ✓ done
      - \`2_design\` (#4) ◉ in-review: \`ENGINEERING_MANAGER\` has not approved.
      - \`3_launch\` (#5) ○ waiting",
        "stranger": "\`octo-boss\` may not start \`feature\` here, so nothing was started.
      - who may: anyone who holds a role in \`.github/gatehouse.yml\`, or may triage this repository
      - what to do: one of them takes the label \`workflow:feature\` off and puts it on again",
        "unheld": "The epic has started, but nobody holds \`QA_LEAD\`: their gates cannot be passed.
      - what to do: add people or teams under \`roles:\` in \`.github/gatehouse.yml\` on the default branch",
        "unknownCommand": "There is no command \`/aprove\`. Did you mean \`/approve\`?
      - \`/help\` lists them",
        "unknownWorkflow": "There is no workflow \`featrue\`. Did you mean \`workflow:feature\`?
      - known: \`bug\` and \`feature\`
      - your own go into \`.github/gatehouse/<name>.yml\` on the default branch",
        "why": "**\`2_design\`**

      - ✅ What it depends on is done.
      - ✅ \`octo-ana\` has claimed it.
      - ✅ It is submitted.
      - ⏳ Gate \`design_review\` is open.
        - ✅ \`PRODUCT_MANAGER\`: approved by \`octo-pm\`.
        - ⏳ \`ENGINEERING_MANAGER\` has not approved. **Who:** \`ENGINEERING_MANAGER\` (\`@acme/managers\`, \`octo-em\`). **Next:** \`/approve\`, or approve the pull request.",
      }
    `);
  });
  test('/help is the table of the commands', () => {
    expect(replies.helpReply()).toMatchInlineSnapshot(`
      "| command | who | what it does |
      | --- | --- | --- |
      | \`/claim [stage] [--over <reason>]\` | the stage's role | Takes a ready stage: you become its claimant and assignee. Override roles go beyond a limit of work in progress with \`--over\`. |
      | \`/release [stage] [reason]\` | the claimant, override roles | Gives the stage back, so that somebody else can claim it. |
      | \`/extend [stage]\` | the claimant | Says that you are still at it: the time after which a claim is given back begins anew. |
      | \`/submit [stage] [note]\` | the claimant | Says the work is ready: the gate opens, or the stage is done if it has none. |
      | \`/approve [stage] [commit] [note or if <condition>]\` | an approver role of the gate | Counts as one approval, for the commit named or the head last shown by the check. |
      | \`/reject [stage] [to:<stage>] <reason>\` | an approver role of the gate | Voids the approvals and sends the stage back to its claimant; \`to:\` goes back to an earlier stage and voids what rested on it. |
      | \`/clarify [stage] <question>\` | an approver role of the gate | Asks before deciding: the gate does not pass until the question is answered or withdrawn. |
      | \`/request-evidence [stage] <what>\` | an approver role of the gate | Asks to see more: the gate does not pass until /evidence answers it or it is withdrawn. |
      | \`/answer [stage] [question] <text>\` | the claimant, the stage's role | Answers an approver; where several questions are open, the one named. |
      | \`/withdraw [stage] [question]\` | whoever asked, override roles | Takes a question or a request for evidence back. |
      | \`/block [stage] <reason>\` | the stage's role, approvers | Raises a blocker: the stage stands still until it is lifted. |
      | \`/unblock [stage] [blocker]\` | the stage's role, approvers | Lifts a blocker; where several are open, the one named. |
      | \`/skip [stage or gate] <reason>\` | override roles | Skips the stage; it is marked as skipped everywhere. Its pull requests pass as they are then. |
      | \`/override [stage or gate] <reason>\` | override roles | Passes the gate without its approvals, for what there is to see now: a later push opens it again. It is marked as overridden everywhere. |
      | \`/confirm <name>\` | override roles, not whoever asked | Lets a /skip or /override that needs two people take effect. |
      | \`/reviewed <name> <verdict>\` | override roles, not whoever did it | Reviews a /skip or /override that took effect at once. |
      | \`/undo [stage]\` | whoever did it, override roles | Takes back the last block, pause, priority, skip, override or rejection, within an hour and while nothing was built on it. |
      | \`/retry [stage] [reason]\` | the stage's role, override roles | Opens a new round of a stage that is over and of what rested on it; for one that is done or skipped the reason is mandatory. |
      | \`/pause [stage, role or kind] [reason]\` | override roles, the epic's author | Pauses the epic, or the stages named: none of them moves and no clock of theirs runs. |
      | \`/resume [stage, role or kind] [--from <stage> [reason]]\` | override roles, the epic's author | Lets what was paused go on (an emergency stop only for override roles); \`--from\` opens that stage and what rested on it again. |
      | \`/emergency-stop <reason>\` | override roles | Stops everything at once: nothing moves, and every check of the epic fails until override roles lift it with /resume. |
      | \`/next-batch [reason]\` | override roles, the epic's author | Starts the whole workflow again on a finished epic, as its file says now. |
      | \`/priority [stage] <critical\\|high\\|medium\\|low> [reason]\` | override roles, the epic's author; of a stage its approvers too | Sets the priority of the stage, or of the epic where it is said there. |
      | \`/add-stage <key> role:<ROLE> [after:<stage>,…] [before:<stage>,…] [gate:<name>] [approvers:<ROLE>,…] <title>\` | override roles, the epic's author | Adds a stage to this epic; its file stays as it is. Pull requests pass by it only if an override role added it. |
      | \`/add-task [stage] [role:<ROLE>] <title>\` | the stage's role, approvers, override roles, the epic's author | Adds a task beside the stage: a stage of the same role; what waits for the stage waits for it too. Pull requests pass by it only if an override role added it. |
      | \`/cancel <reason>\` | override roles, the epic's author | Ends the epic; its checks say so. |
      | \`/migrate [digest]\` | override roles, the epic's author | Answers what the workflow file, as it is now, would change; with the digest from that answer, it is done. |
      | \`/link #<issue>\` | anyone with write access, on a pull request | Links the pull request to the stage of that issue. |
      | \`/evidence [stage] [question] [url or text]\` | the stage's role; asking: anyone who can comment | Records a link or a sentence on the stage; answers a request for evidence; without one, answers what is recorded. |
      | \`/check [stage] <n or text> [evidence]\` | the claimant, the stage's role | Ticks a criterion of the stage's gate. |
      | \`/waive [stage] <n or text> <reason>\` | override roles, the gate's waivers | Lets a criterion go; who did and why stays on the stage. |
      | \`/concern [stage] <text>\` | an approver or veto role of the gate | Names a concern (\`c1\`); the gate stays shut until it is resolved. |
      | \`/resolve [stage] <concern> [reason]\` | whoever raised the concern; override roles with a reason | Settles a concern, so that it no longer keeps the gate shut. |
      | \`/status\` | anyone who can comment | Answers where the epic stands and who is being waited for. |
      | \`/why [stage]\` | anyone who can comment | Answers what is missing, who can give it and what to type. |
      | \`/next [stage]\` | anyone who can comment | Answers the fewest people and commands after which the stage is done. |
      | \`/mine\` | anyone who can comment | Answers what waits for you, the oldest first. |
      | \`/gates [stage]\` | anyone who can comment | Answers the gates that are not passed yet and whose approval they wait for. |
      | \`/blockers [stage]\` | anyone who can comment | Answers what is blocked, by whom, since when, and who may lift it. |
      | \`/timeline [stage]\` | anyone who can comment | Answers the steps that are completed, in order, with how long each took. |
      | \`/history [stage]\` | anyone who can comment | Answers everything that was recorded, who did it and when, the newest first. |
      | \`/plan\` | anyone who can comment | Answers the stages in waves: what can be worked on at once, and after what. |
      | \`/graph\` | anyone who can comment | Answers the stages and what depends on what, drawn. |
      | \`/stages [stage]\` | anyone who can comment | Answers the stages with their issues, owners and pull requests. |
      | \`/reviews [stage]\` | anyone who can comment | Answers who has reviewed the linked pull requests, and whether it still holds. |
      | \`/metrics [stage]\` | anyone who can comment | Answers how long everything took and waited, and how often it was submitted and rejected. |
      | \`/readiness [stage]\` | anyone who can comment | Answers the share of gates that are passed, from 0 to 100. |
      | \`/query [name] [stage]\` | anyone who can comment | Answers any query by its name; without a name, with the list of them. |
      | \`/help\` | anyone who can comment | Answers with this list. |

      A command starts a line. \`/gatehouse claim\` is the same as \`/claim\`.
      Other words that are understood: \`/pause-orchestrator\` \`/resume-orchestrator\` \`/pause-development\` \`/resume-development\` \`/skip-gate\` \`/override-gate\` \`/skip-task\` \`/update-priority\` \`/update-task-priority\` \`/add-blocker\` \`/remove-blocker\` \`/approve-requirement\` \`/approve-tasks\` \`/approve-review\` \`/approve-code-review\` \`/approve-production\` \`/reject-requirement\` \`/reject-production\` \`/request-revisions\` \`/request-task-revisions\` \`/request-changes\` \`/request-code-changes\` \`/revise\` \`/request-clarification\` \`/request-more-evidence\` \`/add-custom-task\` \`/stop\`; \`/skipGate\` is the same as \`/skip-gate\`."
    `);
  });
  test.each(Object.entries({ ...all, help: replies.helpReply() }))(
    '%s: calls nobody, and starts no line with a command',
    (_name, text) => {
      expect(mentionsIn(text)).toEqual([]);
      expect(readComment(text)).toEqual([]);
      expect(text).not.toMatch(/^\//m);
      expect(nodesOf(text).some(({ type }) => type === 'html')).toBe(false);
    },
  );
  test('what people named is repeated without coming to life', () => {
    for (const text of [
      replies.unknownWorkflowReply(nasty, [], undefined),
      replies.labelRemovedReply(nasty),
      replies.strangerStartReply(boss, nasty),
      replies.unknownCommandReply(nasty, 'approve'),
      all['broken'] ?? '',
    ]) {
      expect(mentionsIn(text)).toEqual([]);
      expect(referencesIn(text)).toEqual([]);
      expect(nodesOf(text).some(({ type }) => type === 'html' || type === 'link')).toBe(false);
    }
  });
  test('a hundred stages are told within bounds', () => {
    const huge = hugeEpic();
    expect(statusReply(huge, (stage) => explainStage(huge, stage)).length).toBeLessThanOrEqual(20_000);
  });
});

describe('labels', () => {
  test.each([
    'gatehouse:checklist',
    'gatehouse:stage',
    'stage:in-review',
    'stage:blocked',
    'role:ENGINEER',
    'workflow:feature',
  ])('%s has a colour and a description that GitHub takes', (name) => {
    expect(labelStyle(name)?.color).toMatch(/^[0-9a-f]{6}$/);
    expect(labelStyle(name)?.description.length).toBeLessThanOrEqual(100);
  });
  test.each(['bug', 'stage:party', 'gatehouse:other', 'stage:constructor'])('%s is not ours', (name) => {
    expect(labelStyle(name)).toBeUndefined();
  });
});
