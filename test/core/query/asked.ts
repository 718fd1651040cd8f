/** Questions for tests: everybody's answer to the same epic, at a moment the test chooses. */
import { findQuery } from '../../../src/core/query/index.ts';
import type { Asked, Query } from '../../../src/core/query/query.ts';
import { cast, type Given, on, opened, started } from '../epic/given.ts';
import { link, review, seen, sha } from '../epic/pulls.ts';

const { pat, dan, erin, vera } = cast;

/** `2026-01-0<day>T<hour>:00:00.000Z`, for commands that happen at a known time. */
export const at = (day: number, hour = 9): { at: string } => ({
  at: `2026-02-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`,
});

/**
 * A history with everything in it: `define` claimed, rejected once, approved, done; `build` with evidence, a pull request
 * that was asked to change, one approval of two, and a blocker; `tell` waiting.
 */
export const eventful = (): Given => {
  const reviewing = started(undefined, at(1))
    .and(pat, on('define', 'Claim'), at(1, 10))
    .and(pat, on('define', 'AddEvidence', { text: 'https://example.com/prd' }), at(1, 11))
    .and(pat, on('define', 'Submit', { note: 'first *draft*' }), at(1, 12))
    .and(erin, on('define', 'Reject', { reason: 'what about @acme/all?' }), at(1, 18))
    .and(pat, on('define', 'Submit', { note: 'with refunds' }), at(2))
    .and(erin, on('define', 'Approve', { note: 'good' }), at(3))
    .and(dan, on('build', 'Claim'), at(3, 15))
    .and(dan, link('build', 7), at(3, 16))
    .and(dan, on('build', 'AddEvidence', { text: 'tested with <b>five</b> people' }), at(4))
    .and(dan, on('build', 'Submit'), at(4, 10))
    .and(
      erin,
      review(erin, 7, 'changes-requested', { text: 'closes #1 | no tests', ...at(4, 11) }),
      at(4, 11),
    )
    .and(dan, { type: 'NotePull', pull: { ...facts, head: sha('b') } }, at(5))
    .and(dan, on('build', 'Submit'), at(5, 10));
  return reviewing
    .and(vera, on('build', 'Approve', { commit: sha('b').slice(0, 7) }), { ...seen(reviewing), ...at(5, 12) })
    .and(dan, on('build', 'Block', { reason: 'the database is down' }), at(5, 13));
};

const facts = {
  number: 7,
  base: 'main',
  state: 'open',
  fork: false,
  author: dan,
  contributors: [2],
} as const;

/** A question to this epic. */
export const askedOf = (given: Given, more: Partial<Asked> = {}): Asked => ({
  id: '100',
  epic: opened(given),
  history: given.events,
  known: [],
  ...at(6),
  ...more,
});

/** The query of this name or word, or a failing test. */
export const theQuery = (name: string): Query => {
  const found = findQuery(name);
  if (found === undefined) throw new Error(`There is no query ${name}.`);
  return found;
};

/** The answer's text. */
export const textOf = (name: string, given: Given, more: Partial<Asked> = {}): string =>
  theQuery(name).lines(askedOf(given, more)).join('\n');
