/** What people wrote, echoed: nothing of it may come to life (threats T41, T44–T47). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceText } from '../../../src/core/render/evidence-text.ts';
import { neutral, neutralCode, titleText } from '../../../src/core/render/neutral.ts';
import { runs } from '../../fuzz/effort.ts';
import { mentionsIn, nodesOf, referencesIn, seenText } from './live-markdown.ts';

const pieces = [
  ...[
    '@octo',
    '@acme/all',
    'closes #1',
    'acme/shop#12',
    'GH-7',
    'gh-7',
    'fixes https://github.com/acme/shop/issues/9',
  ],
  ...[
    'www.example.com',
    'a@b.co',
    '<!-- gatehouse v1 -->',
    '<details>',
    '</div>',
    '<b>',
    '&lt;',
    '&#64;octo',
    '&commat;octo',
  ],
  ...[
    '# ',
    '- ',
    '* ',
    '+ ',
    '1. ',
    '2) ',
    '> ',
    '```',
    '~~~',
    '`',
    '``',
    '**',
    '__',
    '_',
    '~~',
    '|',
    '||',
    '---',
    '===',
    '$x$',
  ],
  ...[
    '[a](b)',
    '![a](b)',
    '[^1]',
    '[x]',
    '[ ]',
    '](',
    '\\',
    '\\\\',
    '\n',
    '\r\n',
    '\t',
    '    ',
    ' ',
    '  \n',
    '/approve',
    'é',
    '🎉',
  ],
  ...['\u202E', '\u2066', '\u200B', '\u200D', '\0', '\u2028', ':tada:', '{', '}', 'word', 'a_b_c', '😀'],
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((list) => list.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const places: readonly ((shown: string) => string)[] = [
  (shown) => shown,
  (shown) => `- ${shown}`,
  (shown) => `- [x] #1 **bold** · ${shown} · after`,
  (shown) => `| a | b |\n| --- | --- |\n| ${shown} | end |`,
  (shown) => `# ${shown}`,
  (shown) => `> ${shown}`,
  (shown) => `**${'x'}** ${shown}`,
  (shown) => `first line\n${shown}\nlast line`,
];

describe('neutral', () => {
  test('in any place, it is nothing but text: no HTML, link, code, emphasis, list or table of its own', () => {
    fc.assert(
      fc.property(text, fc.nat(places.length - 1), (written, at) => {
        const place = places[at] ?? ((shown: string) => shown);
        const kinds = (markdown: string): readonly string[] => nodesOf(markdown).map(({ type }) => type);
        const shown = neutral(written);
        fc.pre(shown !== '');
        expect(kinds(place(shown))).toEqual(kinds(place('word')));
      }),
      runs(800),
    );
  });

  test('it calls nobody and refers to nothing', () => {
    fc.assert(
      fc.property(text, (written) => {
        const shown = neutral(written);
        expect(mentionsIn(shown)).toEqual([]);
        expect(referencesIn(shown)).toEqual([]);
        expect(referencesIn(seenText(shown))).toEqual([]);
        expect(shown).not.toMatch(/[<>\n\r]|^\/|\p{Bidi_Control}/u);
      }),
      runs(800),
    );
  });

  test('what is seen is what was written, but for invisible characters and spaces', () => {
    const bare = (words: string): string => words.replace(/[\p{C}\s]/gu, '');
    fc.assert(
      fc.property(text, (written) => {
        fc.pre(written.isWellFormed());
        expect(bare(seenText(neutral(written, { max: 5_000 })))).toBe(bare(written));
      }),
      runs(600),
    );
  });

  test.each([
    ['Say *hi* to @octo, closes #1', 'Say \\*hi\\* to @\u200Bocto, closes #\u200B1'],
    ['<!-- gatehouse v1 --> <b>', '&lt;!-- gatehouse v1 --&gt; &lt;b&gt;'],
    ['a_b_c and _d_', 'a_b_c and \\_d\\_'],
    ['1. first', '1\\. first'],
    ['- [ ] (x) | y', '\\- \\[ \\] (x) \\| y'],
    ['/approve', '\\/approve'],
    ['two\r\nlines\u2028three', 'two lines three'],
    ['\u202Eevil\u202C', 'evil'],
    ['GH-1 www.a.b https://c.d', 'GH-\u200B1 www\u200B.a.b https:\u200B//c.d'],
  ])('%j becomes %j', (written, shown) => {
    expect(neutral(written)).toBe(shown);
  });

  test('a long text is cut between what people see as characters', () => {
    expect(neutral('👨‍👩‍👧'.repeat(50), { max: 20 })).toBe(`${'👨‍👩‍👧'.repeat(2)}…`);
    expect(neutral('a'.repeat(600))).toHaveLength(500);
    expect(neutral(`a${'\u0301'.repeat(60_000)}`, { max: 50 }).length).toBeLessThanOrEqual(50);
  });
});

describe('names and titles', () => {
  test('a name in a code span stays in it', () => {
    fc.assert(
      fc.property(text, (written) => {
        const shown = neutralCode(written);
        expect(nodesOf(`x ${shown} y`).map(({ type }) => type)).toEqual(
          nodesOf('x `a` y').map(({ type }) => type),
        );
        expect(referencesIn(shown)).toEqual([]);
        expect(shown).not.toMatch(/@[a-z]/i);
      }),
      runs(300),
    );
  });

  test('a title keeps within its length, calls nobody, and is never empty', () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.constantFrom('@'.repeat(300), '🎉'.repeat(256))),
        fc.integer({ min: 20, max: 256 }),
        (written, max) => {
          const shown = titleText(written, max);
          expect(shown.length).toBeLessThanOrEqual(max);
          expect(shown.length).toBeGreaterThan(0);
          expect(shown.isWellFormed()).toBe(true);
          expect(shown).not.toMatch(/@[a-z]|#\d|[\n\r]/i);
        },
      ),
    );
  });
});

describe('evidence', () => {
  test.each([
    ['https://example.com/report_1.pdf?a=1&b=2', '<https://example.com/report_1.pdf?a=1&b=2>'],
    ['https://github.com/acme/shop/actions/runs/9', '<https://github.com/acme/shop/actions/runs/9>'],
  ])('%s can be clicked', (written, shown) => {
    expect(evidenceText(written)).toBe(shown);
  });
  test.each([
    ['https://github.com/acme/shop/issues/9'],
    ['https://github.com/acme/shop/pull/9#issuecomment-1'],
    ['https://github.com/acme/shop/commit/4f2a91c'],
    ['https://user@example.com/'],
    ['javascript:alert(1)'],
    ['https://example.com/> <b>'],
    ['see https://example.com'],
  ])('%s is only shown', (written) => {
    expect(nodesOf(evidenceText(written)).some(({ type }) => type === 'link' || type === 'html')).toBe(false);
  });
});
