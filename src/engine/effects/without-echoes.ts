/** One commit offered twice for one branch is one change: whoever offers it again cannot keep the first waiting (threats T16, T10). */
import type { KnownPullRequest } from '../../ledger/pull-requests.ts';

const ranks: Readonly<Record<KnownPullRequest['link'], number>> = { linked: 2, none: 1, proposed: 0 };

/**
 * Of the open pull requests of a head those whose word counts. For each base only the best tied: merging another of them is
 * merging the same commit into the same branch. Whoever opens one for another base, or has it linked, is judged too.
 */
export const withoutEchoes = (pulls: readonly KnownPullRequest[]): readonly KnownPullRequest[] =>
  pulls.filter(({ baseRef, link }) =>
    pulls.every((other) => other.baseRef !== baseRef || ranks[other.link] <= ranks[link]),
  );
