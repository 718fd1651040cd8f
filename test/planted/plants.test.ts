/** Mistakes that no longer fit the code would be planted nowhere, and nobody would look for them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plants } from './plants.ts';

test.each(plants.map((plant) => [plant.name, plant] as const))(
  'still has its place: %s',
  (_, { file, from, to }) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(text.split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  },
);

test('there are at least the 25 that were asked for', () => {
  expect(new Set(plants.map(({ name }) => name)).size).toBeGreaterThanOrEqual(25);
});
