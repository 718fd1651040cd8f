/** What counts as a command and what only looks like one (contract §4, threats T39, T41). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCommand } from '../../../src/core/slash/index.ts';
import { nearest } from '../../../src/core/slash/nearest.ts';
import { readComment } from '../../../src/core/slash/read-comment.ts';
import { hiddenCommands } from './hidden-commands.ts';

const plain: readonly (readonly [body: string, ...read: readonly string[]])[] = [
  ['/claim', 'claim'],
  ['/claim ', 'claim'],
  ['/claim\n', 'claim'],
  ['/claim\r\n', 'claim'],
  ['/claim\t2_design', 'claim 2_design'],
  ['/claim   2_design  ', 'claim 2_design'],
  ['/gatehouse claim', 'claim'],
  ['/gatehouse claim 2_design', 'claim 2_design'],
  ['/gatehouse  approve   4f2a91c', 'approve 4f2a91c'],
  ['/gatehouse', 'help'],
  ['/approve 4f2a91c looks right', 'approve 4f2a91c looks right'],
  ['/reject the *empty* state is `missing`', 'reject the *empty* state is `missing`'],
  ['/reject it is not < 3 && > 2', 'reject it is not < 3 && > 2'],
  ['/reject see [the spec](https://x.example/a_b)', 'reject see [the spec](https://x.example/a_b)'],
  ['/reject ![pic](https://x.example/p.png)', 'reject ![pic](https://x.example/p.png)'],
  ['/reject &lt; is an entity', 'reject &lt; is an entity'],
  ['/reject a\\*b', 'reject a\\*b'],
  ['/reject ~~all of it~~', 'reject ~~all of it~~'],
  ['/reject ends with a backslash\\', 'reject ends with a backslash\\'],
  ['/link #12', 'link #12'],
  ['/link 12', 'link 12'],
  ['/link https://github.com/acme/shop/issues/12', 'link https://github.com/acme/shop/issues/12'],
  ['/evidence www.example.com/r_1_2', 'evidence www.example.com/r_1_2'],
  ['/evidence mail me@example.com', 'evidence mail me@example.com'],
  ['/evidence <https://example.com>', 'evidence <https://example.com>'],
  ['/block @octo-em said /claim is broken', 'block @octo-em said /claim is broken'],
  ['Looks good\n/approve', 'approve'],
  ['Looks good\r\n/approve', 'approve'],
  ['Looks good\r/approve', 'approve'],
  ['Looks good  \n/approve', 'approve'],
  ['Looks good\\\n/approve', 'approve'],
  ['Looks *very* good\n/approve\nThanks!', 'approve'],
  ['/claim\n/submit', 'claim', 'submit'],
  ['/claim\n\n/submit done now', 'claim', 'submit done now'],
  ['/claim\nand then\n/submit', 'claim', 'submit'],
  ['/approve\n\n> quoted\n\n/submit', 'approve', 'submit'],
  ['# Heading\n/approve', 'approve'],
  ['> quoted\n\n/approve', 'approve'],
  ['- a\n- b\n\n/approve', 'approve'],
  ['```\n/claim\n```\n/approve', 'approve'],
  ['<!-- note -->\n\n/approve', 'approve'],
  ['<!-- note -->\n/approve', 'approve'],
  ['<details><summary>log</summary>\n\nx\n\n</details>\n\n/approve', 'approve'],
  ['| a | b |\n|---|---|\n| 1 | 2 |\n\n/approve', 'approve'],
  ['we use Array<string> here\n/approve', 'approve'],
  ['a<br>\n/approve', 'approve'],
  ['<b>bold</b> words\n/approve', 'approve'],
  ['line <!-- closed --> more\n/approve', 'approve'],
  ['---\n/approve', 'approve'],
  ['[ref]: https://example.com\n\n/approve', 'approve'],
  ['`code`\n/approve', 'approve'],
  ['\u200B\n/approve', 'approve'],
  ['\uFEFFhello\n/approve', 'approve'],
  ['🎉 Ünïcode 🎉\n/approve 🎉', 'approve 🎉'],
  ['On Monday Bob wrote:\n> hi\n\n/approve', 'approve'],
  ['/shrug', 'shrug'],
  ['/ok-to-test', 'ok-to-test'],
  ['/Approve', 'Approve'],
];

const words = (body: string): readonly string[] =>
  readComment(body).map(({ name, argument }) => `${name} ${argument}`.trim());

describe('what people plainly typed is never missed', () => {
  test('the table is long enough to mean something', () => {
    expect(plain.length).toBeGreaterThanOrEqual(40);
  });
  test.each(plain)('%j', (body, ...read) => {
    expect(words(body)).toEqual(read);
  });
});

describe('what only looks like a command is never carried out', () => {
  test('the corpus is long enough, and its samples differ', () => {
    expect(new Set(hiddenCommands).size).toBeGreaterThanOrEqual(120);
  });
  test.each(hiddenCommands.map((body) => [body]))('%j', (body) => {
    expect(readComment(body).filter(({ name }) => findCommand(name) !== undefined)).toEqual([]);
  });
});

describe('as a telephone spells it, whoever meant a command is asked', () => {
  test.each([
    ['/approve.', 'approve'],
    ['/approve!', 'approve'],
    ['/approve, thanks', 'approve'],
    ['/Submit. All done', 'submit'],
    ['/why?', 'why'],
    ['/claim\u00A02_design', 'claim'],
    ['/claim\u00A0', 'claim'],
    ['/Retry the sums', 'retry'],
    ['/Resolve c1', 'resolve'],
    ['/PauseDevelopment', 'pause development'],
  ])('%j', (body, meant) => {
    expect(readComment(body).map(({ name }) => [findCommand(name), nearest(name)])).toEqual([
      [undefined, meant],
    ]);
  });
  test.each(['/close.', '/merge!', '/retest, please', '/tmp: full', '/usr, /etc'])(
    '%j is nobody’s',
    (body) => {
      expect(readComment(body).map(({ name }) => nearest(name) ?? findCommand(name))).toEqual([undefined]);
    },
  );
});

describe('any text at all', () => {
  const pieces = fc.constantFrom(
    ...['/claim', '/approve x', '\n', '\r\n', '\r', '> ', '- ', '```', '`', '<!--', '-->', '<details>'],
    ...[
      '</details>',
      '[',
      '](',
      ')',
      '*',
      '_',
      '|',
      '---',
      '    ',
      '\t',
      '\\',
      '\u202E',
      '\uFEFF',
      '\0',
      'a',
    ],
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
    fc.string(),
  );

  test('never stops the process, and yields only lines that stand in it', () => {
    fc.assert(
      fc.property(text, (body) => {
        const lines = body.split(/\r\n|\n|\r/);
        for (const { name, argument } of readComment(body)) {
          expect(lines.some((line) => line.startsWith(`/${name}`) && line.includes(argument))).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('quoting, indenting or fencing all of it silences every command in it', () => {
    fc.assert(
      fc.property(text, (body) => {
        const lines = body.split(/\r\n|\n|\r/);
        expect(readComment(lines.map((line) => `> ${line}`).join('\n'))).toEqual([]);
        expect(readComment(lines.map((line) => `    ${line}`).join('\n'))).toEqual([]);
        expect(readComment(`\`\`\`\`\`\`\n${body.replaceAll('`', "'")}\n\`\`\`\`\`\``)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

test.each(['\n', '\r\n'])(
  'what a mail program quotes below its answer commands nothing, with lines ending in %j',
  (end) => {
    const quoted = ['----- Original Message -----', 'From: sam', '', '/approve'];
    expect(words(['/claim', '', ...quoted].join(end))).toEqual(['claim']);
    expect(words(['fine by me', '', '--original message--', '/approve'].join(end))).toEqual([]);
    expect(words(['as in the -- Original Message --', '', '/claim'].join(end))).toEqual(['claim']);
    expect(words(['- Original Message -', '', '/claim'].join(end))).toEqual(['claim']);
  },
);

test('a comment made to stall us commands nothing, unless what stalls is only quoted by a mail program', () => {
  const deep = `${'> '.repeat(13)}x`;
  expect(words(`/claim\n\n${deep}`)).toEqual([]);
  expect(words(`/claim\n\n-- Original Message --\n${deep}`)).toEqual(['claim']);
});
