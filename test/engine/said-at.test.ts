/** What GitHub stamps on a comment or review: believed, unless a delivery tells of something it could not have kept so long. */
import { expect, test } from 'vitest';
import { saidAt } from '../../src/engine/said-at.ts';

const heardAt = '2026-11-21T12:00:00.000Z';
const now = '2026-11-21T11:59:58Z';
const threeDays = '2026-11-18T12:00:00Z';
const years = '2019-05-15T15:20:33Z';

test.each([
  ['a moment ago', '72d3162e-cc78', now, now],
  ['as long ago as GitHub delivers', '72d3162e-cc78', threeDays, threeDays],
  ['years ago, by a server whose clock stands still', '72d3162e-cc78', years, undefined],
  ['no date at all', '72d3162e-cc78', 'yesterday', undefined],
  ['no stamp', '72d3162e-cc78', '', undefined],
  ['years ago, found by looking for comments', 'found/1/comment/2', years, years],
  ['years ago, found by comparing', 'reconcile', years, years],
])('%s', (_, source, stamped, believed) => {
  expect(saidAt({ source, heardAt }, stamped)).toBe(believed);
});
