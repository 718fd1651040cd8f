/** What people type about criteria and concerns, and what it means (contract §4). */
import { expect, test } from 'vitest';
import { findCommand } from '../../../src/core/slash/index.ts';
import { readComment } from '../../../src/core/slash/read-comment.ts';
import type { Context } from '../../../src/core/slash/slash-command.ts';

const context: Context = { on: { kind: 'epic' }, stages: ['1_define', '2_design'], commentId: 77 };
const { on } = context;
const meaningOf = (line: string): unknown => {
  const [typed] = readComment(line);
  return typed && findCommand(typed.name)?.meaning(typed.argument, context);
};

test.each<[string, object]>([
  ['/check 2 https://example.com/x', { type: 'Check', on, words: '2 https://example.com/x', commentId: 77 }],
  ['/check 2_design 1', { type: 'Check', on, stage: '2_design', words: '1', commentId: 77 }],
  ['/check', { type: 'Check', on, words: '', commentId: 77 }],
  ['/waive 1_define 2 no time', { type: 'Waive', on, stage: '1_define', words: '2 no time', commentId: 77 }],
  ['/concern 2_design too slow', { type: 'Concern', on, stage: '2_design', text: 'too slow' }],
  ['/concern', { refused: 'text-needed' }],
  ['/resolve C1 mended', { type: 'Resolve', on, id: 'c1', reason: 'mended' }],
  ['/resolve 2_design c12', { type: 'Resolve', on, stage: '2_design', id: 'c12', reason: '' }],
  ['/resolve the first one', { refused: 'text-needed' }],
  ['/resolve', { refused: 'text-needed' }],
  ['/approve if check build passes', { condition: { kind: 'check', name: 'build' }, note: '' }],
  ['/approve 4f2a91c if criteria are met', { commit: '4f2a91c', condition: { kind: 'criteria' }, note: '' }],
  [
    '/approve 2_design if 1_define is done',
    { stage: '2_design', condition: { kind: 'stage', stage: '1_define' } },
  ],
  ['/approve fine with me if check build passes.', { note: 'fine with me', condition: { kind: 'check' } }],
  ['/approve if', { refused: 'unknown-condition' }],
  [
    '/approve if the moon is full',
    { refused: 'unknown-condition', why: expect.stringContaining('if check <name> passes') },
  ],
  ['/approve ask me if unclear', { note: 'ask me if unclear' }],
  ['/approve iffy but fine', { note: 'iffy but fine' }],
  [`/approve if check ${'b'.repeat(250)} passes`, { refused: 'unknown-condition' }],
])('%s', (line, meaning) => {
  expect(meaningOf(line)).toMatchObject(meaning);
});
