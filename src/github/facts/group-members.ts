/** Which pull requests a merge group holds, as far as its commits and the queue say. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

const comparison = z.object({ commits: z.array(z.object({ commit: z.object({ message: z.string() }) })) });

/** What GitHub writes into the commits a queue makes: `Title (#12)`, `Merge pull request #12 from …`. */
const named = /\(#(\d+)\)\s*$|^Merge pull request #(\d+) from /;

const numbersIn = (message: string): readonly number[] => {
  const [, squashed, merged] = named.exec(message.split('\n')[0] ?? '') ?? [];
  const number = squashed ?? merged;
  return number === undefined ? [] : [Number(number)];
};

/** Numbers named by the commits between the group's base and head. A title can only add members, never remove one. */
export const groupMembersNow = async (
  client: Client,
  repository: RepositoryRef,
  group: { readonly baseSha: string; readonly headSha: string },
): Promise<readonly number[]> => {
  if (group.baseSha === '') return [];
  try {
    const { data } = await client.get('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner: repository.owner,
      repo: repository.name,
      basehead: `${group.baseSha}...${group.headSha}`,
    });
    const read = comparison.safeParse(data);
    return read.success ? read.data.commits.flatMap(({ commit }) => numbersIn(commit.message)) : [];
  } catch (failure) {
    if (isGone(failure)) return [];
    throw failure;
  }
};
