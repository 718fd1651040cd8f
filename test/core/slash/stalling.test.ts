/** Comments made to stall the process: read in seconds, or given up at once. */
import { describe, expect, test } from 'vitest';
import { readComment } from '../../../src/core/slash/read-comment.ts';

/** Milliseconds of computing: a busy machine makes nobody's comment longer. */
const spentSince = (started: NodeJS.CpuUsage): number => process.cpuUsage(started).user / 1_000;

const words = (body: string): readonly string[] => readComment(body).map(({ name }) => name);

describe('a comment made to stall the process', () => {
  const filled = (piece: string): string => piece.repeat(Math.floor(65_000 / piece.length));
  test.each([
    ['>'],
    ['['],
    ['[a]('],
    ['[a](b (c\n'],
    ['a <!-- '],
    ['<b>\n'],
    ['/a\n\n'],
    ['- '],
    ['*a **b '],
    ['[^a'],
    ['a '],
  ])('a full body of %j is read in seconds at most', (piece) => {
    const started = process.cpuUsage();
    readComment(`${filled(piece)}\n\n/claim`);
    expect(spentSince(started)).toBeLessThan(8_000);
  });

  test('thousands of lines under a list item or between link beginnings are given up at once', () => {
    const started = process.cpuUsage();
    expect(readComment(`- x\n${'a\n'.repeat(30_000)}\n/claim`)).toEqual([]);
    expect(readComment(`${'[a](b (c\n'.repeat(1_190)}${'a\n'.repeat(20_000)}\n/claim`)).toEqual([]);
    expect(spentSince(started)).toBeLessThan(2_000);
  });

  test('a long ordinary comment is read to its end', () => {
    expect(words(`${'lorem ipsum dolor sit amet\n'.repeat(2_400)}\n/claim`)).toEqual(['claim']);
    expect(words(`${'* [a](https://x.example/y) by @z in #1\n'.repeat(1_500)}\n/approve`)).toEqual([
      'approve',
    ]);
  });

  test('a wall of commands is cut at twenty', () => {
    expect(readComment('/help\n'.repeat(5_000))).toHaveLength(20);
  });
});
