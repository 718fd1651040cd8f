/** A pull request as GitHub has it at this moment (threats T12, T13). */
import type { PullFacts } from '../../core/epic/commands.ts';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { unlessGone } from '../failure.ts';
import type { PullSeen } from '../incoming/news.ts';
import { pullSeen } from '../incoming/seen.ts';
import type { Client } from '../octokit.ts';

/** The pull request now, or null when it is out of reach. */
export const pullNow = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<PullSeen | null> => {
  const params = { owner: repository.owner, repo: repository.name, pull_number: number };
  const answer = await unlessGone(client.get('GET /repos/{owner}/{repo}/pulls/{pull_number}', params), null);
  return answer && pullSeen.parse(answer.data);
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
