/** What an epic's issues, checks and notices say in the states between the usual ones: true, once, and with a way on. */
import { describe, expect, test } from 'vitest';
import { judgePull } from '../../../src/core/epic/pull-request.ts';
import type { AlarmKind, OpenedEpic, Stage } from '../../../src/core/epic/state.ts';
import { checkRun, combine } from '../../../src/core/render/check-run.ts';
import { checklistIssue } from '../../../src/core/render/checklist.ts';
import { noticeOf } from '../../../src/core/render/notice.ts';
import * as replies from '../../../src/core/render/reply.ts';
import { stageIssue } from '../../../src/core/render/stage-issue.ts';
import { statusReply, whyReply } from '../../../src/core/render/status-reply.ts';
import { noticesOf } from '../../../src/engine/tell.ts';
import { mentionsIn, nodesOf } from './live-markdown.ts';
import {
  boss,
  em,
  explainIn,
  person,
  pm,
  pull,
  sampleEpic,
  sign,
  theStage,
  withStage,
} from './sample-epic.ts';

const statement = { by: boss, text: 'out of budget', at: '2026-11-22T08:00:00.000Z' };
const body = (epic: OpenedEpic, key = '2_design'): string =>
  stageIssue(epic, theStage(epic, key), explainIn(epic), sign).body;
const changed = (more: Partial<Stage>, epic = sampleEpic()): string =>
  body(withStage(epic, '2_design', more));
const checkOf = (epic: OpenedEpic) =>
  checkRun({
    kind: 'stage',
    epic: { ...epic, pulls: [pull] },
    pull,
    verdict: judgePull({ ...epic, pulls: [pull] }, pull),
  });
const missing = (text: string): string => /### What is missing\n\n([\s\S]*?)\n\n###/.exec(text)?.[1] ?? '';

describe('a role of two hundred people', () => {
  const names = Array.from({ length: 200 }, (_, index) => `octo-${'x'.repeat(28)}-${index}`);
  const { rules, ...rest } = sampleEpic();
  const roles = rules.roles.map((one) => (one.role === 'ENGINEERING_MANAGER' ? { ...one, names } : one));
  const epic: OpenedEpic = { ...rest, rules: { ...rules, roles } };

  test('does not push what is missing, and what to type, off the page', () => {
    expect(missing(body(epic))).toMatch(
      /`ENGINEERING_MANAGER` has not approved\. .*190 more\)\. \*\*Next:\*\* `\/approve`/,
    );
    expect(checkOf(epic).summary).toMatch(
      /`ENGINEERING_MANAGER` has not approved\. .*190 more\)\. \*\*Next:\*\* `\/approve`/,
    );
    expect(checklistIssue(epic, explainIn(epic), sign).body.length).toBeLessThan(3_000);
  });
});

describe('a stage issue', () => {
  test('of a cancelled epic names nothing that would be refused', () => {
    const epic: OpenedEpic = { ...sampleEpic(), status: 'cancelled', cancellation: statement };
    const cancelled = withStage(epic, '2_design', { status: 'cancelled' });
    const texts = [
      body(cancelled),
      whyReply(theStage(cancelled, '2_design'), explainIn(cancelled)('2_design')),
    ];
    for (const text of texts) {
      expect(text).toMatch(/cancelled\*?\*? by `octo-boss`/i);
      expect(text).not.toMatch(/`\/(?:claim|submit|approve)|⏳ `/);
    }
  });

  test('says since when it is blocked or paused, not since when it was claimed', () => {
    expect(changed({ blockers: [{ ...statement, id: 'b1' }] })).toContain(
      '**■ blocked** since 2026-11-22 08:00 UTC ·',
    );
    const held: OpenedEpic = {
      ...sampleEpic(),
      holds: [{ ...statement, part: { kind: 'stage', name: '2_design' } }],
    };
    expect(body(held)).toContain(
      '**◉ in-review** since 2026-11-21 14:05 UTC · **paused** since 2026-11-22 08:00 UTC ·',
    );
  });

  test.each(['ready', 'in-progress'] as const)(
    'that is blocked while %s names first what is not refused',
    (status) => {
      const blocked = withStage(sampleEpic(), '2_design', { status, blockers: [{ ...statement, id: 'b1' }] });
      const line = /^- #4 `2_design`: .*$/m.exec(checklistIssue(blocked, explainIn(blocked), sign).body)?.[0];
      expect(line).toMatch(/is blocked by `octo-boss` .*\*\*Next:\*\* `\/unblock`/);
      expect(checkOf(blocked).title).toContain('It is blocked by octo-boss');
    },
  );

  test('whose gate is passed and whose pull request is open asks nobody for an approval', () => {
    const open: OpenedEpic = { ...sampleEpic(), pulls: [pull] };
    const text = changed({ override: statement, gatePassed: true }, open);
    expect(text).toContain('The gate is passed; `/reject <reason>` still sends it back.');
    expect(text).toContain('- – `ENGINEERING_MANAGER`: has not approved');
    expect(text).not.toMatch(/`\/approve|⏳ `/);
  });

  test('that is over does not change, at a request each, when the epic is paused or ends', () => {
    const before = body(sampleEpic(), '1_define');
    expect(body({ ...sampleEpic(), status: 'paused', pause: statement }, '1_define')).toBe(before);
    expect(body({ ...sampleEpic(), status: 'done', endedAt: statement.at }, '1_define')).toBe(before);
  });

  test('has no half characters, which GitHub would replace and we would put right for ever', () => {
    const { definition } = theStage(sampleEpic(), '2_design');
    const criteria = [`${'a'.repeat(78)}🎉 tests are green`];
    const gate = { name: 'design_review', approvers: ['ENGINEERING_MANAGER'], criteria };
    const text = changed({ definition: { ...definition, gate, action: 'half \ud83d a character' } });
    expect(text).toContain(`Criterion 1 (\`${'a'.repeat(78)}…\`)`);
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('a gate whose only approver made the work', () => {
  const { rules, ...rest } = sampleEpic();
  const roles = rules.roles.map((one) =>
    one.role === 'ENGINEERING_MANAGER' ? { ...one, names: ['@Octo-EM'] } : one,
  );
  const alone: OpenedEpic = { ...rest, rules: { ...rules, roles } };
  test.each<[string, OpenedEpic]>([
    ['claimed it', withStage(alone, '2_design', { claimant: em })],
    ['opened its pull request', { ...alone, pulls: [{ ...pull, author: em }] }],
  ])('because they %s: nobody is called in vain, and the way out is named', (_how, epic) => {
    const text = body(epic);
    expect(mentionsIn(text)).not.toContain('@Octo-EM');
    expect(text).toMatch(
      /`ENGINEERING_MANAGER` has not approved, and nobody holds it but .*name somebody else under `roles:`/,
    );
  });
  test('where they may approve their own work, they are called', () => {
    const policy = { ...rules.policy, selfApproval: true };
    const text = body(
      withStage({ ...alone, rules: { ...alone.rules, policy } }, '2_design', { claimant: em }),
    );
    expect(mentionsIn(text)).toContain('@Octo-EM');
    expect(text).toContain('`ENGINEERING_MANAGER` has not approved. **Who:**');
  });
});

describe('a gate whose time is over', () => {
  const { definition } = theStage(sampleEpic(), '2_design');
  const gate = {
    name: 'design_review',
    approvers: ['ENGINEERING_MANAGER'],
    timeouts: { approveAfter: 86_400_000 },
  };
  const over = { definition: { ...definition, gate }, timedOut: { ...statement, text: 'nobody answered' } };
  const questions = [{ id: 'q1', kind: 'clarification' as const, ...statement }];
  const rang = (epic: OpenedEpic): string | undefined =>
    noticeOf(epic, { type: 'AlarmRang', alarm: 'approve', stage: '2_design', at: statement.at, by: boss })
      ?.text;

  test('and in which a question is open has not passed, and nobody reads that it had', () => {
    const epic: OpenedEpic = {
      ...withStage(sampleEpic(), '2_design', { ...over, questions }),
      pulls: [pull],
    };
    for (const text of [
      body(epic),
      checklistIssue(epic, explainIn(epic), sign).body,
      checkOf(epic).summary,
    ]) {
      expect(text).toContain('**NO LONGER WAITS FOR APPROVALS');
      expect(text).not.toMatch(/PASSED/);
    }
    expect(rang(epic)).toContain('stays shut until its criteria, concerns and questions are settled');
  });

  test('waits for its pull request, not for an approval, once it is passed', () => {
    const epic: OpenedEpic = {
      ...withStage(sampleEpic(), '2_design', { ...over, gatePassed: true }),
      pulls: [pull],
    };
    const text = checklistIssue(epic, explainIn(epic), sign).body;
    expect(text).toContain('Waiting for its pull requests to be merged or closed (#4 `2_design`).');
    expect(text).toContain('**PASSED BY TIME**');
    expect(rang(epic)).toContain('passed **without the approvals that were missing**');
  });
});

describe('an emergency stop', () => {
  const epic: OpenedEpic = { ...sampleEpic(), status: 'paused', pause: statement, stop: statement };
  test('is told once on the checklist and once by /status', () => {
    for (const text of [
      checklistIssue(epic, explainIn(epic), sign).body,
      statusReply(epic, (stage) => explainIn(epic)(stage.definition.key)).replace(/^- .*$/gm, ''),
    ])
      expect(text.match(/EMERGENCY STOP/g)).toHaveLength(1);
  });
});

test('what others on the same commit wait for is text, whatever a workflow file says', () => {
  const { definition } = theStage(sampleEpic(), '2_design');
  const criteria = ['<details> [all is well](//evil.example) **done**'];
  const gate = { name: 'design_review', approvers: ['PRODUCT_MANAGER'], criteria };
  const approvals = theStage(sampleEpic(), '2_design').approvals.map((one) => ({
    ...one,
    commits: { 7: pull.head },
  }));
  const other = checkOf(
    withStage(sampleEpic(), '2_design', { approvals, definition: { ...definition, gate } }),
  );
  expect(other.title).toContain('all is well');
  const failing = checkOf(
    withStage(sampleEpic(), '2_design', { status: 'in-progress', rejection: statement }),
  );
  const kinds = nodesOf(combine([failing, other]).summary).map(({ type }) => type);
  expect(kinds).not.toContain('link');
  expect(kinds).not.toContain('html');
});

describe('a notice', () => {
  const rang = (alarm: AlarmKind, epic = sampleEpic()): string | undefined =>
    noticeOf(epic, { type: 'AlarmRang', alarm, stage: '2_design', at: statement.at, by: boss })?.text;

  test('to whoever was asked a question says how to answer it, not how to approve', () => {
    const questions = [{ id: 'q1', kind: 'clarification' as const, ...statement, submission: 1 }];
    const text = rang('remind', withStage(sampleEpic(), '2_design', { questions }));
    expect(text).toMatch(/^@octo-ana: .*What to type: `\/answer q1 <text>`\.$/);
  });

  test('about a gate that nobody passes names whose approval is missing, and nobody who gave theirs', () => {
    expect(rang('escalate')).toContain(
      'It waits for `ENGINEERING_MANAGER` (`@acme/managers`, `octo-em`) to approve #4',
    );
    expect(rang('escalate')).not.toContain('octo-pm` to approve');
    expect(rang('escalate')).not.toContain('PRODUCT_MANAGER');
  });

  test('about a fork names the commit that has to be named', () => {
    expect(rang('remind', { ...sampleEpic(), pulls: [{ ...pull, fork: true }] })).toContain(
      '`/approve 4f2a91c`',
    );
  });

  test('that time is over says where the reasons are', () => {
    expect(rang('due')).toContain('What to type: `/why`');
  });

  const pushed = (number: number, voided = [em]) => ({
    type: 'PullRequestPushed' as const,
    number,
    head: 'b'.repeat(40),
    contributors: [],
    voided,
    at: statement.at,
    by: boss,
  });
  test('to an account that cannot be called names it', () => {
    const text = noticeOf({ ...sampleEpic(), pulls: [pull] }, pushed(7, [person('renovate[bot]', 9)]))?.text;
    expect(text).toMatch(/^`renovate\[bot\]`: your approval/);
  });
  test('is said for each of two pull requests that were found pushed to at one look', () => {
    const epic: OpenedEpic = { ...sampleEpic(), pulls: [pull, { ...pull, number: 8 }] };
    const said = noticesOf('9001', epic, [pushed(7, [em]), pushed(8, [pm])]);
    expect(new Set(said.map(({ key }) => key)).size).toBe(2);
  });
});

describe('what is said when an issue is turned by hand', () => {
  test('on the checklist it is the epic that can be ended, not a stage', () => {
    expect(replies.reopenedReply(boss, 'checklist')).toMatch(/`\/cancel <reason>` ends the epic/);
    expect(replies.reopenedReply(boss, 'stage:2_design')).toMatch(/`\/skip <reason>` leaves it out/);
  });
  test.each([
    ['running', '/retry'],
    ['done', '/next-batch'],
    ['cancelled', 'workflow label'],
  ] as const)('once an epic is %s, what is named is what would be accepted: %s', (status, way) => {
    const text = replies.closedAgainReply(boss, status);
    const ways = ['/retry', '/next-batch', 'workflow label'];
    expect(ways.filter((one) => text.includes(one))).toEqual([way]);
  });
});
