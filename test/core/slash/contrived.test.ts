/** What is taken to be made to stall a process, at its very limits: one piece less is read like any other comment. */
import { describe, expect, test } from 'vitest';
import { contrived } from '../../../src/core/slash/contrived.ts';

const times = (piece: string, n: number): string => piece.repeat(n);

describe('nesting', () => {
  test.each(['>', '> ', '- ', '* ', '+\t', '1. ', '123456789) ', ' > '])(
    'thirteen times %j at the beginning of a line is too deep, twelve is not',
    (piece) => {
      expect(contrived(`hello\n${times(piece, 13)}x`)).toBe(true);
      expect(contrived(`hello\n${times(piece, 12)}x`)).toBe(false);
    },
  );

  test.each(['-', '1.', '1234567890. ', 'x> ', 'x- '])('thirteen times %j is no nesting', (piece) => {
    expect(contrived(times(piece, 13))).toBe(false);
  });

  test('arrows at the end of a line nest nothing', () => {
    expect(contrived(`see ${times('> ', 13)}`)).toBe(false);
  });

  test.each(['\n', '\r', '\r\n'])('lines end at %j', (end) => {
    expect(contrived(['a', times('> ', 13)].join(end))).toBe(true);
    expect(contrived(times(`> ${end}`, 13))).toBe(false);
  });
});

describe('lines that follow a list or quote without a blank one', () => {
  // n lines cost 2 × (1 + … + n).
  const within = 1_999;
  test.each(['> x', '- x', '* x', '+ x', '1. x', '12) x', '-', '[^a]: x', '\t- x', '  > x'])(
    'two thousand after %j are too many, one less is not',
    (first) => {
      expect(contrived([first, times('a\n', within)].join('\n'))).toBe(true);
      expect(contrived([first, times('a\n', within - 1)].join('\n'))).toBe(false);
    },
  );

  test.each(['a', '-x', '+1', '1.x', '1234567890. x', 'a > b', 'a - b', '[x]'])(
    'any number of them follows %j, which begins neither',
    (first) => {
      expect(contrived([first, times('a\n', within * 2)].join('\n'))).toBe(false);
    },
  );

  test('a blank line ends them, though it holds blanks', () => {
    const half = times('a\n', within / 2);
    expect(contrived(`> x\n${half}\n${half}`)).toBe(false);
    expect(contrived(`> x\n${half} \t\n${half}`)).toBe(false);
  });

  test('what is spread over paragraphs is counted together', () => {
    const paragraph = `${times('a\n', 1_000)}\n`;
    expect(contrived(`> x\n${times(paragraph, 3)}`)).toBe(false);
    expect(contrived(`> x\n${times(paragraph, 4)}`)).toBe(true);
  });
});

describe('brackets', () => {
  test('more than three hundred that are open at once are too many', () => {
    expect(contrived(times('[', 301))).toBe(true);
    expect(contrived(times('[', 300))).toBe(false);
    expect(contrived(times('[\n', 301))).toBe(true);
  });

  test('those that are closed, or stand in another paragraph, are not counted', () => {
    expect(contrived(times('[a]', 2_000))).toBe(false);
    expect(contrived(`${times('[', 200)}${times(']', 100)}${times('[', 200)}`)).toBe(false);
    expect(contrived(`${times('[', 200)}${times(']', 99)}${times('[', 200)}`)).toBe(true);
    expect(contrived(`${times('[', 200)}\n\n${times('[', 200)}`)).toBe(false);
    expect(contrived(`${times('[', 200)}\n \n${times('[', 200)}`)).toBe(false);
    expect(contrived(`${times(']', 200)}${times('[', 301)}`)).toBe(true);
  });
});

describe('links that never end', () => {
  // Each of n beginnings is looked for to the end of the longest paragraph: n × (n + lines).
  test.each(['[a](b "c', "[a](b 'c", '[a]( (c', '[a](b(c', '[a](('])(
    'a thousand times %j is too much, one less is not',
    (link) => {
      expect(contrived(times(`${link}\n\n`, 1_000))).toBe(true);
      expect(contrived(times(`${link}\n\n`, 999))).toBe(false);
    },
  );

  test.each(['[a](b)', '[a](b c', '[a] (b "c', '(b "c', '[a](b) "c'])(
    'any number of %j is fine, since it ends or begins nothing',
    (link) => {
      expect(contrived(times(`${link}\n\n`, 2_000))).toBe(false);
    },
  );

  test('a long paragraph makes each of them dearer, several short ones do not', () => {
    const links = times('[a](b "c\n\n', 500);
    expect(contrived(links + times('a\n', 1_501))).toBe(true);
    expect(contrived(links + times('a\n', 1_500))).toBe(false);
    expect(contrived(links + times(`${times('a\n', 1_000)}\n`, 3))).toBe(false);
    expect(contrived(links + times(`${times('a\n', 1_000)} \n`, 3))).toBe(false);
    expect(contrived(times('a\n', 1_501) + links)).toBe(true);
  });
});

describe('HTML that never ends', () => {
  test.each(['<!', '<?', '<!-- '])('more than twenty times %j is too much', (piece) => {
    expect(contrived(times(`${piece} a `, 21))).toBe(true);
    expect(contrived(times(`${piece} a `, 20))).toBe(false);
  });

  test('comments that end are not counted, however many; what stands between and after them is', () => {
    expect(contrived(times('<!-- a --> b ', 100))).toBe(false);
    expect(contrived(times('<!-- <! --> <? ', 20))).toBe(false);
    expect(contrived(times('<!-- <! --> <? ', 21))).toBe(true);
    expect(contrived(`<!-- a -->${times('<? ', 21)}`)).toBe(true);
    expect(contrived(`${times('<? ', 21)}<!-- a -->`)).toBe(true);
    expect(contrived(`<!-- ${times('<? ', 30)} -->`)).toBe(false);
    expect(contrived(`--> <!-- ${times('<? ', 30)}`)).toBe(true);
    expect(contrived(`<!-- ${times('<? ', 20)}`)).toBe(true);
  });
});

test('an empty comment and an ordinary one are not contrived', () => {
  expect(contrived('')).toBe(false);
  expect(contrived('> he said\n\n- one\n- two\n\n[a](b "c") <b>x</b>\n\n/approve')).toBe(false);
});
