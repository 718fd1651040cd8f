/** A file made to hurt costs a moment and some sentences, never the process (threats T54–T58; G20). */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/core/workflow/configuration.ts';
import { parseWorkflow } from '../../src/core/workflow/parse.ts';
import { openPlay, type Play } from '../world/play.ts';
import { fastest, patience, runs } from './effort.ts';

const most = 256 * 1024;
const repeated = (piece: string): string => piece.repeat(Math.ceil(most / piece.length)).slice(0, most);

const pieces = [
  ...[
    '[',
    ']',
    '{',
    '}',
    '- ',
    '? ',
    ': ',
    ', ',
    'a: ',
    '{a: ',
    '[a: ',
    '"',
    "'",
    '|',
    '>',
    '#',
    '%',
    '@',
    '`',
    '~',
  ],
  ...[
    '&a ',
    '*a ',
    '*a, ',
    '!!js/function ',
    '!<x> ',
    '!!binary ',
    '!!set ',
    '<<: *a',
    '<<: ',
    '__proto__: ',
    'constructor: ',
  ],
  ...[
    '\n',
    '\n  ',
    '\n    ',
    '\r',
    '\t',
    ' ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\ufeff',
    '\u0000',
    '\ud800',
    '\u2028',
    '\u0085',
  ],
  ...[
    'stages:',
    'name: x\n',
    '- stage: ',
    'roles:',
    'policy:',
    'depends_on: ',
    'yes',
    '0x1F',
    '1e999',
    '.inf',
    '2001-01-01',
  ],
];
const piece = fc.constantFrom(...pieces);
const few = fc.array(piece, { minLength: 1, maxLength: 6 }).map((list) => list.join(''));

/** One sequence, so often that the file is as large as it may be. */
const monotonous = few.map(repeated);
/** Something deep around something wide. */
const wrapped = fc
  .tuple(few, fc.integer({ min: 1, max: 40_000 }), few, few)
  .map(([open, times, middle, close]) => (open.repeat(times) + middle + close.repeat(times)).slice(0, most));
/** Anchors that hold anchors. */
const bomb = fc
  .record({
    width: fc.integer({ min: 2, max: 60 }),
    levels: fc.integer({ min: 2, max: 40 }),
    map: fc.boolean(),
    merge: fc.boolean(),
  })
  .map(({ width, levels, map, merge }) => {
    const hold = (list: readonly string[]): string =>
      map
        ? `{${list.map((one, at) => `${merge ? '<<' : `k${at}`}: ${one}`).join(', ')}}`
        : `[${list.join(', ')}]`;
    const lines = [`a0: &a0 ${map ? '{x: x}' : '[x]'}`];
    for (let level = 1; level < levels; level += 1)
      lines.push(`a${level}: &a${level} ${hold(Array.from({ length: width }, () => `*a${level - 1}`))}`);
    return lines.join('\n').slice(0, most);
  });
const indented = fc
  .tuple(fc.constantFrom('- ', 'a:', '? ', '- - '), fc.integer({ min: 10, max: 3_000 }))
  .map(([mark, depth]) =>
    Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}${mark}`)
      .join('\n')
      .slice(0, most),
  );

const folder = fileURLToPath(new URL('../../workflows/', import.meta.url));
const stock = readdirSync(folder)
  .filter((name) => name.endsWith('.yml'))
  .map((name) => readFileSync(folder + name, 'utf8'));
/** A good file with something put into it, taken out of it or doubled. */
const changed = fc
  .tuple(
    fc.constantFrom(...stock),
    fc.array(fc.tuple(fc.nat(), fc.nat(400), piece, fc.constantFrom('put', 'cut', 'copy')), {
      minLength: 1,
      maxLength: 5,
    }),
  )
  .map(([good, edits]) =>
    edits.reduce((text, [at, length, put, how]) => {
      const place = at % text.length;
      const part = text.slice(place, place + length);
      if (how === 'put') return text.slice(0, place) + put + text.slice(place);
      return how === 'cut'
        ? text.slice(0, place) + text.slice(place + length)
        : text.slice(0, place) + part + text.slice(place);
    }, good),
  );

const read = (source: string): void => {
  for (const result of [parseWorkflow(source, 'x.yml'), parseConfiguration(source, 'x.yml')]) {
    if (!('problems' in result)) continue;
    if (result.problems.length === 0 || result.problems.length > 101)
      throw new Error('no problem is named, or too many');
  }
};

describe('a file made to hurt', () => {
  parseWorkflow(stock[0] ?? '', 'warm.yml');
  const before = process.memoryUsage().rss;

  test.each([
    ['one thing without end', monotonous, 60],
    ['depth around width', wrapped, 60],
    ['anchors that hold anchors', bomb, 80],
    ['ever deeper indentation', indented, 30],
    ['a good file, damaged', changed, 300],
  ] as const)(
    'T54, T58: %s is read or refused in a moment',
    { timeout: patience(60_000) },
    (_name, arbitrary, ordinary) => {
      fc.assert(
        fc.property(arbitrary, (source) => {
          // Two files are read in it: a workflow and a configuration.
          expect(fastest(() => read(source), 400)).toBeLessThan(400);
        }),
        runs(ordinary),
      );
    },
  );

  test('T54: all of them together leave the process no larger than it was, but for a little', () => {
    globalThis.gc?.();
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400);
  });

  test('T55: none of them has given anything to the objects of the process', {
    timeout: patience(30_000),
  }, () => {
    const own = Object.getOwnPropertyNames(Object.prototype).sort().join();
    const key = fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
      '"__proto__"',
      "'constructor'",
      '? __proto__\n',
    );
    const place = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => `roles:\n  ${text.replaceAll('\n', '\n  ')}`,
      (text) => `policy:\n  ${text.replaceAll('\n', '\n  ')}`,
      (text) => `name: x\nworkflow_metadata:\n  ${text.replaceAll('\n', '\n  ')}`,
      (text) => `name: x\nstages:\n- ${text.replaceAll('\n', '\n  ')}`,
      (text) => `name: x\nworkflow_metadata:\n  block:\n    ${text.replaceAll('\n', '\n    ')}`,
    );
    fc.assert(
      fc.property(place, fc.array(key, { minLength: 1, maxLength: 3 }), (put, keys) => {
        const source = put(
          `${keys.map((one) => `${one}: {`).join('')}polluted: 1, isAdmin: true${'}'.repeat(keys.length)}`,
        );
        for (const result of [parseWorkflow(source, 'x.yml'), parseConfiguration(source, 'x.yml')]) {
          const text = JSON.stringify(result);
          expect(text.includes('"polluted":1') && /__proto__|"constructor":/.test(text)).toBe(false);
        }
        const plain: Record<string, unknown> = {};
        expect([plain['polluted'], plain['isAdmin']]).toEqual([undefined, undefined]);
      }),
      runs(800),
    );
    expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(own);
  });
});

describe('what is written in files stays text', () => {
  test('T57: an expression, a template or a script in a workflow is kept as it was written and nothing is run', () => {
    const dollar = '$';
    const evil = [
      `${dollar}{{ secrets.KEY }}`,
      '{{constructor.constructor("return process")()}}',
      `\`${dollar}{process.exit(1)}\``,
      'process.exit(1)',
      '!!js/function "function(){}"',
    ];
    for (const text of evil) {
      const source = `name: x\nstages:\n- {stage: a, role: R, action: ${JSON.stringify(text)}, notes: ${JSON.stringify(text)}}\n`;
      const result = parseWorkflow(source, 'x.yml');
      expect(
        'definition' in result && [result.definition.stages[0]?.action, result.definition.stages[0]?.notes],
      ).toEqual([text, text]);
    }
  });

  test('T56, T57: nothing in the product makes code of a text; patterns are made only of what it wrote itself', () => {
    const root = fileURLToPath(new URL('../../src/', import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const made = files.flatMap((name) => {
      const text = readFileSync(root + name, 'utf8');
      const found =
        text.match(
          /\bnew RegExp\(|(?<![.\w])RegExp\(|\beval\(|new Function\(|(?:from|import\()\s*'(?:node:)?vm'|\bimport\((?!')/g,
        ) ?? [];
      return found.map((what) => `${name}: ${what}`);
    });
    expect([...new Set(made)]).toEqual(['core/workflow/names.ts: new RegExp(']);
  });
});

describe('a label that is a pattern', () => {
  let play: Play;
  beforeAll(async () => {
    const broken = `name: ${'a'.repeat(40)}!\nstages: 3\n`;
    play = await openPlay({ files: { '.github/gatehouse/broken.yml': broken } });
  });
  afterAll(() => play.ends());

  test.each(['(a+)+', '(((', '[', '.*', 'a{1,', '\\'])(
    'T56: workflow:%s names no workflow, and the answer comes at once',
    async (pattern) => {
      const pat = play.person('octo-pm');
      const epic = pat.opensIssue({ title: 'Pattern', body: '' }, play.acme.shop);
      pat.labels(epic, `workflow:${pattern}`);
      const began = performance.now();
      await play.settles();
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(play.comments(epic).map((one) => one.body.split('\n', 1)[0])).toEqual([
        expect.stringMatching(/^There is no workflow /),
      ]);
    },
  );
});
