/** Comments as trees, and which commands they hold by a reading that knows nothing of Markdown: only how the tree was made. */
import fc from 'fast-check';

/** One line of a paragraph, or an inline piece over several lines whose content is never a command. */
type Line =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }
  | {
      readonly kind: 'span';
      readonly open: string;
      readonly close: string;
      readonly inside: readonly string[];
    };

/** A block; `hides` says that what it holds is quoted, shown, folded away or otherwise not said. */
export type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly Line[] }
  | { readonly kind: 'verbatim'; readonly text: string }
  | { readonly kind: 'hides'; readonly wrap: (inner: string) => string; readonly inside: readonly Block[] };

const writeLine = (line: Line): string =>
  line.kind === 'span' ? `${line.open}${line.inside.join('\n')}${line.close}` : line.text;

/** The tree as Markdown: blocks with an empty line between them. */
export const write = (blocks: readonly Block[]): string =>
  blocks
    .map((block) => {
      if (block.kind === 'paragraph') return block.lines.map(writeLine).join('\n');
      return block.kind === 'verbatim' ? block.text : block.wrap(write(block.inside));
    })
    .join('\n\n');

/** The commands a person meant to say: those of the outermost paragraphs. */
export const said = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) =>
    block.kind === 'paragraph'
      ? block.lines.flatMap((line) => (line.kind === 'command' ? [line.text.trim().slice(1)] : []))
      : [],
  );

const command = fc.constantFrom(
  '/claim',
  '/approve',
  '/submit done now',
  '/reject not yet',
  '/block by *them*',
  '/claim 2_design',
  '/status  ',
);
const words = fc
  .array(
    fc.constantFrom(
      'we',
      'think',
      'that',
      'it',
      'works',
      'Grüße',
      '🎉',
      '3.5',
      'and/or',
      'see /claim there',
      'a:',
      '(b)',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => `x ${list.join(' ')}`);
const around = fc.constantFrom(
  ...([
    ['`', '`'],
    ['``', '``'],
    ['*', '*'],
    ['**', '**'],
    ['~~', '~~'],
    ['[', '](https://x.example)'],
    ['<b>', '</b>'],
    ['<!-- ', ' -->'],
    ['<span title="', '"></span>'],
  ] as const),
);
const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 4, arbitrary: words.map((text): Line => ({ kind: 'words', text })) },
  { weight: 4, arbitrary: command.map((text): Line => ({ kind: 'command', text })) },
  {
    weight: 1,
    arbitrary: fc.tuple(around, words, command, words).map(([[open, close], before, hidden, after]): Line => {
      // The span begins and ends within words, so that it is one whatever stands before and after it.
      return { kind: 'span', open: `x ${open}${before}`, close: `${close} x`, inside: ['', hidden, after] };
    }),
  },
);

const each = (text: string, mark: string): string =>
  text
    .split('\n')
    .map((one) => `${mark}${one}`)
    .join('\n');
const indentRest = (text: string, mark: string, pad: string): string =>
  text
    .split('\n')
    .map((one, index) => (index === 0 ? `${mark}${one}` : one === '' ? '' : `${pad}${one}`))
    .join('\n');
/** A fence longer than any inside, or it would end there. */
const fence =
  (mark: string) =>
  (inner: string): string => {
    const runs = inner.split(/[^`~]+/).map((run) => run.length);
    const whole = mark.repeat(Math.max(3, ...runs.map((length) => length + 1)));
    return `${whole}\n${inner}\n${whole}`;
  };

const wraps = fc.constantFrom<(inner: string) => string>(
  (inner) => each(inner, '> '),
  (inner) => each(each(inner, '> '), '> '),
  (inner) => indentRest(inner, '- ', '  '),
  (inner) => indentRest(inner, '1. ', '   '),
  (inner) => `x\n\n${each(inner, '    ')}`,
  fence('`'),
  fence('~'),
  (inner) => `<details><summary>x</summary>\n\n${inner}\n\n</details>`,
  (inner) => `<div>\n\n${inner}\n\n</div>`,
  (inner) => `<details>\n\n<details>\n\n${inner}\n\n</details>\n\nx\n\n</details>`,
);
const verbatim = fc.constantFrom(
  '---',
  '# /claim',
  '<!-- /approve -->',
  '<!--\n/approve\n\n/claim\n-->',
  '| /claim | b |\n|---|---|\n| /approve | 2 |',
  '/claim\n===',
  '    /approve',
  '[ref]: https://x.example "/claim"',
  '<pre>\n/claim\n</pre>',
);

const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'markdown' },
    {
      weight: 5,
      arbitrary: fc
        .array(line, { minLength: 1, maxLength: 5 })
        .map((lines): Block => ({ kind: 'paragraph', lines })),
    },
    { weight: 2, arbitrary: verbatim.map((text): Block => ({ kind: 'verbatim', text })) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(wraps, fc.array(tie('block'), { minLength: 1, maxLength: 3 }))
        .map(([wrap, inside]): Block => ({ kind: 'hides', wrap, inside })),
    },
  ),
}));

/** Whole comments. */
export const comment: fc.Arbitrary<readonly Block[]> = fc.array(block, { minLength: 1, maxLength: 6 });
