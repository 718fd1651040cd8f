/** The words of going back: `/reject to:`, `/retry`, `/resume --from`, `/next-batch` (issue 4). */
import { expect, test } from 'vitest';
import { findCommand } from '../../../src/core/slash/index.ts';
import { readComment } from '../../../src/core/slash/read-comment.ts';
import type { Context } from '../../../src/core/slash/slash-command.ts';

const on = { kind: 'epic' } as const;
const context: Context = { on, stages: ['1_define', '2_design', '3_implement'], commentId: 77 };
const meaningOf = (line: string): unknown => {
  const [typed] = readComment(line);
  return typed && findCommand(typed.name)?.meaning(typed.argument, context);
};

test.each([
  ['/reject to:1_define no', { type: 'Reject', on, to: '1_define', reason: 'no' }],
  ['/reject To: 1_DEFINE the sums', { type: 'Reject', on, to: '1_define', reason: 'the sums' }],
  [
    '/reject 3_implement to:1_define no',
    { type: 'Reject', on, stage: '3_implement', to: '1_define', reason: 'no' },
  ],
  ['/reject go back to:1_define', { type: 'Reject', on, reason: 'go back to:1_define' }],
  ['/reject tomorrow maybe', { type: 'Reject', on, reason: 'tomorrow maybe' }],
  ['/retry', { type: 'Retry', on, reason: '' }],
  ['/retry 2_design it leaks', { type: 'Retry', on, stage: '2_design', reason: 'it leaks' }],
  ['/retry it leaks', { type: 'Retry', on, reason: 'it leaks' }],
  ['/resume', { type: 'Resume' }],
  ['/resume now', { type: 'Resume' }],
  ['/resume --from 2_design', { type: 'Resume', from: '2_design' }],
  ['/resume --from=2_design', { type: 'Resume', from: '2_design' }],
  ['/resume from 2_design another brand', { type: 'Resume', from: '2_design', reason: 'another brand' }],
  ['/resume from:2_design', { type: 'Resume', from: '2_design' }],
  ['/next-batch', { type: 'BeginNextBatch', reason: '' }],
  ['/gatehouse next-batch the second half', { type: 'BeginNextBatch', reason: 'the second half' }],
  ['/next-iteration', { type: 'BeginNextBatch', reason: '' }],
])('%s is understood', (line, meaning) => {
  expect(meaningOf(line)).toEqual(meaning);
});

test.each([
  ['/reject to:1_define', 'reason-needed', '`/reject to:1_define the empty state is missing`'],
  ['/reject to:1_defin no', 'unknown-stage', '`/reject to:1_define`'],
  ['/reject to:<script> no', 'unknown-stage', undefined],
  ['/resume --from 2_desing', 'unknown-stage', '`/resume --from 2_design`'],
  ['/resume from lunch', 'unknown-stage', undefined],
  ['/resume --from', 'unknown-stage', '`/resume --from <stage>`'],
])('%s is refused with what to type instead', (line, refused, next) => {
  const meaning = meaningOf(line);
  expect(meaning).toMatchObject({ refused, ...(next !== undefined && { next }) });
  expect(JSON.stringify(meaning)).not.toContain('script');
});

test.each([
  [[], 'No stage is called `lunch`.'],
  [['<script>', '1 define'], 'No stage is called `lunch`.'],
  [['<script>', 'launch'], 'No stage is called `lunch`. The stages are `launch`.'],
])('of the stages %j only what can be shown is offered', (stages, why) => {
  expect(findCommand('resume')?.meaning('--from lunch', { ...context, stages })).toMatchObject({ why });
});
