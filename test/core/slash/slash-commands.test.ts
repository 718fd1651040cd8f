/** The records of the slash commands, and what their words mean (contract §4). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../src/core/epic/refusal.ts';
import { findCommand, slashCommands } from '../../../src/core/slash/index.ts';
import { nearest } from '../../../src/core/slash/nearest.ts';
import { readComment } from '../../../src/core/slash/read-comment.ts';
import type { Context } from '../../../src/core/slash/slash-command.ts';

const context: Context = {
  on: { kind: 'epic' },
  stages: ['1_define', '2_design', '3_implement'],
  commentId: 77,
};

const meaningOf = (line: string): unknown => {
  const [typed] = readComment(line);
  return typed && findCommand(typed.name)?.meaning(typed.argument, context);
};

describe('every record', () => {
  test('the registry holds the table of contract §4, in its order', () => {
    const promised =
      'claim release submit approve reject block unblock skip override pause resume cancel link evidence status why help';
    const known = slashCommands.map(({ name }) => name);
    expect(known.filter((name) => promised.split(' ').includes(name)).join(' ')).toBe(promised);
  });
  test('no two commands answer to the same name', () => {
    const names = slashCommands.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });
  test.each(slashCommands.map((command) => [command.name, command] as const))(
    '/%s: what its help shows can be typed and is understood',
    (name, command) => {
      expect(command.usage).toMatch(new RegExp(`^/${name}( |$)`));
      expect(command.summary).toMatch(/\.$/);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) {
        expect(readComment(example)[0]?.name).toBe(name);
        expect(meaningOf(example)).not.toHaveProperty('refused');
      }
    },
  );
  test('no text makes a command throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...slashCommands), fc.string({ unit: 'binary' }), (command, argument) => {
        expect(typeof command.meaning(argument, context)).toBe('object');
      }),
    );
  });
});

const on = context.on;
const readings: readonly (readonly [line: string, meaning: object])[] = [
  ['/claim', { type: 'Claim', on }],
  ['/claim 2_design', { type: 'Claim', on, stage: '2_design' }],
  ['/claim 2_DESIGN please', { type: 'Claim', on, stage: '2_design' }],
  ['/unclaim too busy', { type: 'Release', on, reason: 'too busy' }],
  ['/release 2_design too busy', { type: 'Release', on, stage: '2_design', reason: 'too busy' }],
  ['/submit', { type: 'Submit', on, note: '' }],
  ['/submit the 2_design part', { type: 'Submit', on, note: 'the 2_design part' }],
  ['/approve', { type: 'Approve', on, commentId: 77, note: '' }],
  ['/approve 4F2A91C', { type: 'Approve', on, commentId: 77, commit: '4f2a91c', note: '' }],
  [
    '/approve 2_design 4f2a91c ok *now*',
    { type: 'Approve', on, commentId: 77, stage: '2_design', commit: '4f2a91c', note: 'ok *now*' },
  ],
  ['/approve 4f2a91 is too short', { type: 'Approve', on, commentId: 77, note: '4f2a91 is too short' }],
  [`/approve ${'a'.repeat(41)}`, { type: 'Approve', on, commentId: 77, note: 'a'.repeat(41) }],
  ['/approve 4f2a91c, fine', { type: 'Approve', on, commentId: 77, note: '4f2a91c, fine' }],
  ['/reject no', { type: 'Reject', on, reason: 'no' }],
  ['/block 1_define on #12', { type: 'Block', on, stage: '1_define', reason: 'on #12' }],
  ['/unblock', { type: 'Unblock', on }],
  ['/skip 1_define why not', { type: 'Skip', on, stage: '1_define', reason: 'why not' }],
  ['/override urgent', { type: 'Override', on, reason: 'urgent' }],
  ['/pause', { type: 'Pause', reason: '' }],
  ['/resume now', { type: 'Resume' }],
  ['/cancel 2_design was a mistake', { type: 'Cancel', reason: '2_design was a mistake', gone: false }],
  ['/link #12', { type: 'LinkTo', issue: 12 }],
  ['/link 12 thanks', { type: 'LinkTo', issue: 12 }],
  ['/link https://ghe.example/acme/shop/issues/12#issuecomment-9', { type: 'LinkTo', issue: 12 }],
  [
    '/evidence 2_design https://e.example/a_b',
    { type: 'AddEvidence', on, stage: '2_design', text: 'https://e.example/a_b' },
  ],
  ['/status please', { type: 'Ask', about: 'status' }],
  ['/why 3_implement', { type: 'Ask', about: 'why', stage: '3_implement' }],
  ['/help', { type: 'Ask', about: 'help' }],
  ['/evidence', { type: 'Ask', about: 'query', query: 'getEvidence' }],
  ['/evidence 2_design', { type: 'Ask', about: 'query', query: 'getEvidence', stage: '2_design' }],
  ['/next 2_design', { type: 'Ask', about: 'query', query: 'getNextSteps', stage: '2_design' }],
  ['/plan please', { type: 'Ask', about: 'query', query: 'getPlan' }],
  ['/query', { type: 'Ask', about: 'queries' }],
  [
    '/query gettaskreview 2_design',
    { type: 'Ask', about: 'query', query: 'getTaskReview', stage: '2_design' },
  ],
  ['/query timeline', { type: 'Ask', about: 'query', query: 'getTimeline' }],
];

const refusals: readonly (readonly [line: string, code: string])[] = [
  ['/claim 9_party', 'unknown-stage'],
  ['/unblock it', 'unknown-stage'],
  ['/why not', 'unknown-stage'],
  ['/reject', 'reason-needed'],
  ['/reject 2_design', 'reason-needed'],
  ['/block', 'reason-needed'],
  ['/skip 1_define', 'reason-needed'],
  ['/override', 'reason-needed'],
  ['/cancel', 'reason-needed'],
  ['/query getEverything', 'unknown-query'],
  ['/query @acme/all', 'unknown-query'],
  ['/timeline yesterday', 'unknown-stage'],
  ['/link', 'not-a-stage-issue'],
  ['/link 2_design', 'not-a-stage-issue'],
  ['/link #0', 'not-a-stage-issue'],
  ['/link https://github.com/acme/shop/pull/12', 'not-a-stage-issue'],
];

describe('the words of a command', () => {
  test.each(readings)('%s', (line, meaning) => {
    expect(meaningOf(line)).toEqual(meaning);
  });
  test.each(refusals)(
    '%s is refused as %s, with what to type instead where there is something',
    (line, code) => {
      const answer = meaningOf(line);
      expect(answer).toMatchObject({ refused: code });
      if (code !== 'unknown-stage') expect(answer).toHaveProperty('next');
    },
  );
  test('a mistyped stage is answered with the list and the nearest one', () => {
    expect(meaningOf('/claim 2_desing')).toEqual({
      refused: 'unknown-stage',
      why: 'No stage is called `2_desing`. The stages are `1_define`, `2_design`, `3_implement`.',
      next: '`/claim 2_design`',
    });
  });
  test('a word that could call people or break the reply is not repeated', () => {
    const answer = findCommand('claim')?.meaning('@acme/everyone`<!--', context);
    expect(answer && isRefusal(answer) && answer.why).toMatch(/^No stage is called that\./);
  });
});

describe('a name that is not ours', () => {
  test.each([
    ['aprove', 'approve'],
    ['Approve', 'approve'],
    ['approved', 'approve'],
    ['calim', 'claim'],
    ['overide', 'override'],
    ['sbumit', 'submit'],
    ['evidance', 'evidence'],
  ])('/%s gets the hint /%s', (typed, meant) => {
    expect(nearest(typed)).toBe(meant);
  });
  test.each(
    'lgtm hold retest rebase shrug tableflip merge close assign cc ok-to-test test deploy dependabot x rerun label'
      .split(' ')
      .map((name) => [name]),
  )('/%s belongs to somebody else and is left alone', (name) => {
    expect(findCommand(name)).toBeUndefined();
    expect(nearest(name)).toBeUndefined();
  });
  test('a name of ours, or one that every object has, is no near miss', () => {
    expect(nearest('unclaim')).toBeUndefined();
    expect(findCommand('constructor')).toBeUndefined();
    expect(findCommand('Claim')).toBeUndefined();
  });
});
