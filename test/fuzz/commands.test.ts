/** Commands are read as a person would read them, and by no trick of writing (threats T39, T41; G7). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCommand, slashCommands } from '../../src/core/slash/index.ts';
import { readComment } from '../../src/core/slash/read-comment.ts';
import { patience, runs } from './effort.ts';
import { comment, said, write } from './markdown.ts';

const read = (body: string): readonly string[] =>
  readComment(body).map(({ name, argument }) => `${name} ${argument}`.trim());

describe('a comment of any structure', () => {
  test('T39, G7: holds exactly the commands that stand in its plain paragraphs', {
    timeout: patience(60_000),
  }, () => {
    fc.assert(
      fc.property(comment, fc.constantFrom('\n', '\r\n'), (blocks, newline) => {
        const body = write(blocks).replaceAll('\n', newline);
        expect(read(body), body).toEqual(said(blocks).slice(0, 20));
      }),
      runs(1_500),
    );
  });

  test('T39: some of what is generated is carried out and more of it is hidden', () => {
    const sample = fc.sample(comment, 500);
    const mentions = sample.map(
      (blocks) => write(blocks).match(/\/(?:claim|approve|submit|reject|block)/g)?.length ?? 0,
    );
    const heard = sample.map((blocks) => said(blocks).length);
    const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
    expect(sum(heard)).toBeGreaterThan(300);
    expect(sum(mentions) - sum(heard)).toBeGreaterThan(500);
  });
});

const strange = fc.oneof(
  fc.constantFrom(
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u202e',
    '\u2066',
    '\u00a0',
    '\u3000',
    '\u0301',
  ),
  fc.constantFrom(
    '／',
    '⁄',
    '∕',
    '⧸',
    'а',
    'с',
    'е',
    'о',
    'ⅼ',
    'ӏ',
    'ａ',
    'ı',
    'ſ',
    '𝐚',
    '𝖼',
    '\u0000',
    '\u0085',
    '\u2028',
    '\v',
    '\f',
  ),
  fc.integer({ min: 0x80, max: 0x10_ff_ff }).map((code) => String.fromCodePoint(code)),
);
const names = slashCommands.flatMap((command) => [command.name, ...command.aliases]);

describe('a command with a character in it that nobody typed', () => {
  test('T41: is none of ours, wherever in its word the character stands', {
    timeout: patience(60_000),
  }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        strange,
        fc.boolean(),
        (name, at, character, instead) => {
          const word = `/${name}`;
          const place = at % (word.length + 1);
          const body = word.slice(0, place) + character + word.slice(place + (instead ? 1 : 0));
          const known = readComment(body).filter((typed) => findCommand(typed.name) !== undefined);
          // What is left of `/why` without its last letter and a strange one is no command either.
          expect(known, JSON.stringify(body)).toEqual([]);
        },
      ),
      runs(6_000),
    );
  });

  test('T41: in the words after it, it changes nothing of the command', { timeout: patience(30_000) }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), strange, (name, character) => {
        fc.pre(!/[\r\n]/.test(character));
        expect(readComment(`/${name} x${character}y`).map((typed) => typed.name)).toEqual([name]);
      }),
      runs(800),
    );
  });
});
