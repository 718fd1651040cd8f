/** A pull request as GitHub has it at this moment: its head, and everybody who had a hand in it (threats T12, T13, T17). */
import { z } from 'zod';
import type { PullFacts } from '../../core/epic/commands.ts';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { PullSeen } from '../incoming/news.ts';
import { pullSeen } from '../incoming/seen.ts';
import type { Client } from '../octokit.ts';

const user = z.object({ id: z.number().optional() }).nullish();
const commits = z.array(
  z.object({
    author: user,
    committer: user,
    commit: z.object({ message: z.string().default('') }).nullish(),
  }),
);

/** GitHub's own committer for merges and edits made on its pages: nobody's work. */
const webFlow = 19864447;
/** `Co-authored-by: Name <123+login@users.noreply.github.com>` names its account by number. */
const coAuthor = /^co-authored-by:.*<(\d+)\+[^@\s]+@users\.noreply\.github\.com>\s*$/gim;

const contributorsIn = (data: unknown): readonly number[] => {
  const ids = commits.parse(data).flatMap(({ author, committer, commit }) => {
    const named = [...(commit?.message ?? '').matchAll(coAuthor)].map((match) => Number(match[1]));
    return [author?.id, committer?.id, ...named];
  });
  return [...new Set(ids)].filter((id): id is number => id !== undefined && id !== webFlow);
};

const perPage = 100;
/** GitHub lists at most 250 commits of a pull request. */
const pages = [1, 2, 3];

/** Numeric ids of the authors, committers and co-authors of a pull request's commits. */
export const contributorsOf = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<readonly number[]> => {
  const found: number[] = [];
  for (const page of pages) {
    const { data } = await client.get('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', {
      owner: repository.owner,
      repo: repository.name,
      pull_number: number,
      per_page: perPage,
      page,
    });
    found.push(...contributorsIn(data));
    if (!Array.isArray(data) || data.length < perPage) break;
  }
  return [...new Set(found)];
};

/** The pull request now, or null when it is out of reach. */
export const pullNow = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<PullSeen | null> => {
  try {
    const { data } = await client.get('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      owner: repository.owner,
      repo: repository.name,
      pull_number: number,
    });
    return pullSeen.parse(data);
  } catch (failure) {
    if (isGone(failure)) return null;
    throw failure;
  }
};

/** A PullSeen with its contributors, as commands want it. */
export const factsOf = (pull: PullSeen, contributors: readonly number[]): PullFacts => ({
  number: pull.number,
  head: pull.head,
  base: pull.base,
  state: pull.state,
  fork: pull.fork,
  author: { id: pull.author.id, login: pull.author.login },
  contributors,
});
