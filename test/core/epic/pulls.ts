/** Pull requests for given–when–then: what GitHub would say about them, and what people do with them. */
import type { Facts, PullFacts } from '../../../src/core/epic/commands.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Pull, Review } from '../../../src/core/epic/state.ts';
import { cast, type Given, opened, type Wanted } from './given.ts';

/** A full commit id made of one letter. */
export const sha = (letter: string): string => letter.repeat(40);

/** Pull request #`number` as GitHub has it: by dan, open, at commit `a`. */
export const pullFacts = (number: number, more: Partial<PullFacts> = {}): PullFacts => ({
  number,
  head: sha('a'),
  base: 'main',
  state: 'open',
  fork: false,
  author: cast.dan,
  contributors: [cast.dan.id],
  ...more,
});

/** A pull request tied to a stage: by its body, unless said otherwise. */
export const link = (
  key: string,
  number: number,
  more: Partial<PullFacts> & { via?: Pull['via'] } = {},
): Wanted => {
  const { via = 'body', ...pull } = more;
  return { type: 'Link', stage: key, via, pull: pullFacts(number, pull) };
};

/** The pull request is now like this: pushed, merged, closed, reopened, retargeted. */
export const now = (number: number, more: Partial<PullFacts> = {}): Wanted => ({
  type: 'NotePull',
  pull: pullFacts(number, more),
});

/** The check shows this head. */
export const shown = (number: number, head = sha('a')): Wanted => ({ type: 'RecordHeadShown', number, head });

/** A review; `id` grows with time on GitHub. */
export const review = (
  by: Person,
  number: number,
  verdict: Review['verdict'],
  more: Partial<Omit<Review, 'voided'>> = {},
): Wanted => ({
  type: 'NoteReview',
  number,
  review: {
    id: 1,
    by,
    verdict,
    commit: sha('a'),
    roles: { 3: ['EM'], 4: ['VP'] }[by.id] ?? [],
    text: '',
    at: '2026-01-01T12:00:00.000Z',
    ...more,
  },
});

/** What the shell asks about pull requests for an /approve: as the ledger knows them, unless said otherwise. */
export const seen = (given: Given, ...changes: readonly PullFacts[]): Pick<Facts, 'pulls'> => ({
  pulls: [
    ...opened(given)
      .pulls.filter((pull) => pull.state === 'open' && !changes.some((one) => one.number === pull.number))
      .map(({ number, head, base, state, fork, author, contributors }) => ({
        number,
        head,
        base,
        state,
        fork,
        author,
        contributors,
      })),
    ...changes,
  ],
});
