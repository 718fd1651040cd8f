/** Every sentence the bot says in a comment: what, why, who may, what to type; and that none is a command or a call. */
import { describe, expect, test } from 'vitest';
import { explainStage } from '../../../src/core/epic/explain.ts';
import { refuse } from '../../../src/core/epic/refusal.ts';
import { labelStyle } from '../../../src/core/render/labels.ts';
import * as replies from '../../../src/core/render/reply.ts';
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
  status: replies.statusReply(epic, (stage) => explainStage(epic, stage)),
  why: replies.whyReply(theStage(epic, '2_design'), explainIn(epic)('2_design')),
  unknownWorkflow: replies.unknownWorkflowReply('featrue', ['bug', 'feature'], 'feature'),
  secondWorkflow: replies.secondWorkflowReply(
    refuse('running-already', 'Workflow `feature` is running.', { next: '`/cancel <reason>`' }),
  ),
  labelRemoved: replies.labelRemovedReply('feature'),
  broken: replies.brokenConfigurationReply([
    { path: '.github/gatehouse.yml', source: `aprovers: ${nasty}`, problems: [problem] },
  ]),
  stranger: replies.strangerStartReply(boss, 'feature'),
  reopened: replies.reopenedReply(boss),
  unknownCommand: replies.unknownCommandReply('aprove', 'approve'),
  unheld: replies.unheldRolesReply(['QA_LEAD']),
};

describe('what the bot says', () => {
  test('word for word', () => {
    expect(all).toMatchInlineSnapshot();
  });
  test('/help is the table of the commands', () => {
    expect(replies.helpReply()).toMatchInlineSnapshot();
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
    const huge = hugeEpic('x');
    expect(replies.statusReply(huge, (stage) => explainStage(huge, stage)).length).toBeLessThanOrEqual(
      20_000,
    );
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
