/** Which pull requests a merge group holds, as far as its commits and the queue say. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

const listed = z.object({
  sha: z.string().default(''),
  parents: z.array(z.object({ sha: z.string() })).default([]),
  commit: z.object({ message: z.string() }),
});
const comparison = z.object({ commits: z.array(listed) });
type Listed = z.infer<typeof listed>;

/** What GitHub writes into the commits a queue makes: `Title (#12)`, `Merge pull request #12 from …`. */
const named = /\(#(\d+)\)\s*$|^Merge pull request #(\d+) from /;

const numbersIn = (message: string): readonly number[] => {
  const [, squashed, merged] = named.exec(message.split('\n')[0] ?? '') ?? [];
  const number = squashed ?? merged;
  return number === undefined ? [] : [Number(number)];
};

/**
 * From the head back along first parents to the base: what the queue made. What it merged has messages of people, who
 * name what they like. Where the way does not lead there, every commit is asked: a member too many only waits.
 */
const madeByQueue = (
  commits: readonly Listed[],
  { baseSha, headSha }: { readonly baseSha: string; readonly headSha: string },
): readonly Listed[] => {
  const bySha = new Map(commits.map((one) => [one.sha, one]));
  const made: Listed[] = [];
  let at = headSha;
  for (let one = bySha.get(at); one !== undefined; one = bySha.get(at)) {
    bySha.delete(at);
    made.push(one);
    at = one.parents[0]?.sha ?? '';
  }
  return at === baseSha ? made : commits;
};

/** Numbers named by the commits the queue made between the group's base and head. A title can only add members, never remove one. */
export const groupMembersNow = async (
  client: Client,
  repository: RepositoryRef,
  group: { readonly baseSha: string; readonly headSha: string },
): Promise<readonly number[]> => {
  if (group.baseSha === '') return [];
  const commits: Listed[] = [];
  try {
    const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';
    const basehead = `${group.baseSha}...${group.headSha}`;
    // Unless it is asked for by pages, a comparison ends after 250 commits.
    for await (const page of pages(client, route, {
      owner: repository.owner,
      repo: repository.name,
      basehead,
    }))
      commits.push(...(comparison.safeParse(page).data?.commits ?? []));
  } catch (failure) {
    if (isGone(failure)) return [];
    throw failure;
  }
  return madeByQueue(commits, group).flatMap(({ commit }) => numbersIn(commit.message));
};
