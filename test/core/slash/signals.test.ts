/** The words of signals: both spellings of every name in requirements SG, and what each means. */
import { describe, expect, test } from 'vitest';
import { aliases } from '../../../src/core/slash/aliases.ts';
import { findCommand, slashCommands } from '../../../src/core/slash/index.ts';
import { nearest } from '../../../src/core/slash/nearest.ts';
import { readComment } from '../../../src/core/slash/read-comment.ts';
import type { Context } from '../../../src/core/slash/slash-command.ts';

const on = { kind: 'epic' } as const;
const context: Context = {
  on,
  stages: ['1_define', '2_design'],
  commentId: 7,
  kinds: [
    { kind: 'role', name: 'ENGINEER' },
    { kind: 'class', name: 'code' },
  ],
  gates: [
    { name: 'kickoff', stage: '1_define' },
    { name: 'twice', stage: '1_define' },
    { name: 'twice', stage: '2_design' },
  ],
};

const meaningOf = (line: string): unknown => {
  const [typed] = readComment(line);
  return typed && findCommand(typed.name)?.meaning(typed.argument, context);
};

const add = { type: 'AddStage', on, after: [], before: [], approvers: [] };

describe('the words', () => {
  test.each([
    ['/unblock b2', { type: 'Unblock', on, blocker: 'b2' }],
    ['/unblock 2_design B12', { type: 'Unblock', on, stage: '2_design', blocker: 'b12' }],
    [
      '/pause 2_design until May',
      { type: 'Pause', part: { kind: 'stage', name: '2_design' }, reason: 'until May' },
    ],
    ['/pause ENGINEER', { type: 'Pause', part: { kind: 'role', name: 'ENGINEER' }, reason: '' }],
    ['/pause engineer is ill', { type: 'Pause', reason: 'engineer is ill' }],
    ['/pause code freeze', { type: 'Pause', part: { kind: 'class', name: 'code' }, reason: 'freeze' }],
    ['/pauseDevelopment', { type: 'Pause', part: { kind: 'class', name: 'code' }, reason: '' }],
    ['/resume-development', { type: 'Resume', part: { kind: 'class', name: 'code' } }],
    ['/resume 2_design', { type: 'Resume', part: { kind: 'stage', name: '2_design' } }],
    ['/stop it burns', { type: 'Stop', reason: 'it burns' }],
    [
      '/clarify 2_design why?',
      { type: 'AskQuestion', kind: 'clarification', on, stage: '2_design', text: 'why?' },
    ],
    ['/request-more-evidence a test', { type: 'AskQuestion', kind: 'evidence', on, text: 'a test' }],
    ['/answer q2 because', { type: 'AnswerQuestion', on, question: 'q2', text: 'because' }],
    ['/answer because q2', { type: 'AnswerQuestion', on, text: 'because q2' }],
    ['/evidence q1 a link', { type: 'AddEvidence', on, question: 'q1', text: 'a link' }],
    ['/withdraw', { type: 'WithdrawQuestion', on }],
    ['/withdraw q1', { type: 'WithdrawQuestion', on, question: 'q1' }],
    ['/priority HIGH the fair', { type: 'SetPriority', on, level: 'high', reason: 'the fair' }],
    ['/priority 2_design low', { type: 'SetPriority', on, stage: '2_design', level: 'low', reason: '' }],
    ['/add-task 2_design Draw it', { ...add, stage: '2_design', title: 'Draw it' }],
    ['/addTask role:ENGINEER Draw it', { ...add, role: 'ENGINEER', title: 'Draw it' }],
    [
      '/add-stage x role:ENGINEER after:1_define,2_design gate:g approvers:A,B Audit: all of it',
      {
        ...add,
        key: 'x',
        role: 'ENGINEER',
        after: ['1_define', '2_design'],
        gate: 'g',
        approvers: ['A', 'B'],
        title: 'Audit: all of it',
      },
    ],
    ['/undo', { type: 'Undo', on }],
    ['/confirm G3', { type: 'Confirm', glass: 'g3' }],
    ['/reviewed g3 fine', { type: 'GiveVerdict', glass: 'g3', text: 'fine' }],
    ['/skip-gate kickoff no time', { type: 'Skip', on, stage: '1_define', reason: 'no time' }],
    ['/overrideGate kickoff no time', { type: 'Override', on, stage: '1_define', reason: 'no time' }],
    ['/override twice no time', { type: 'Override', on, reason: 'twice no time' }],
    ['/revise the empty state', { type: 'Reject', on, reason: 'the empty state' }],
  ])('%s', (line, meaning) => {
    expect(meaningOf(line)).toEqual(meaning);
  });
  test.each([
    ['/emergency-stop', 'reason-needed'],
    ['/priority soon', 'text-needed'],
    ['/add-stage', 'text-needed'],
    ['/confirm', 'text-needed'],
    ['/reviewed g1', 'text-needed'],
    ['/undo 9_party', 'unknown-stage'],
  ])('%s is refused as %s, with what to type', (line, code) => {
    expect(meaningOf(line)).toMatchObject({ refused: code });
  });
});

describe('other words', () => {
  test.each([...aliases])('/%s is /%s', (word, command) => {
    expect(findCommand(word)?.name).toBe(command.split(' ')[0]);
    expect(readComment(`/${word} x`)[0]?.name).toBe(word);
  });
  test('none of them hides a command', () => {
    const names = slashCommands.flatMap((command) => [command.name, ...command.aliases]);
    expect([...aliases.keys()].filter((word) => names.includes(word))).toEqual([]);
  });
  test.each([
    ['aprove-requirement', 'approve'],
    ['pause-orchestratr', 'pause'],
    ['skipgate', 'skip'],
    ['pausd', 'pause'],
    ['emergency-stpo', 'emergency-stop'],
    ['pause-developmnt', 'pause development'],
  ])('/%s is answered with the real word /%s', (typed, meant) => {
    expect(nearest(typed)).toBe(meant);
  });
});
