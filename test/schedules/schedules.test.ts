/** Whatever goes wrong, people see the same in the end: a few seeded schedules; `npm run test:faults` plays hundreds (threats G1, G2). */
import { expect, test } from 'vitest';
import { playSeason } from './season.ts';

const seeds = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);

test.each([
  ['GraphQL', {}, 1],
  ['REST alone', { graphql: false }, 5_001],
] as const)(
  'nothing is lost and nothing doubled, on a server with %s',
  async (_, features, first) => {
    const season = await playSeason(seeds(first, 8), features);
    expect(season.failures).toEqual([]);
    expect(season.troubles).toBeGreaterThan(40);
    expect(season.crashes).toBeGreaterThan(5);
  },
  180_000,
);
