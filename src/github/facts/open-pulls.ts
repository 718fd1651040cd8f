/** A repository's pull requests as GitHub lists them. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { unlessGone } from '../failure.ts';
import type { PullSeen } from '../incoming/news.ts';
import { pullSeen } from '../incoming/seen.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

/** `raw` is GitHub's own object. */
export interface PullListed {
  readonly pull: PullSeen;
  readonly updatedAt: string;
  readonly raw: unknown;
}

const dated = z.object({ updated_at: z.string().default('') });
const listed = (raw: unknown): PullListed => ({
  pull: pullSeen.parse(raw),
  updatedAt: dated.parse(raw).updated_at,
  raw,
});

/** All that are open. Throws GitHubFailure. */
export const openPulls = async (
  client: Client,
  repository: RepositoryRef,
): Promise<readonly PullListed[]> => {
  const found: PullListed[] = [];
  const params = { owner: repository.owner, repo: repository.name, state: 'open' };
  for await (const page of pages(client, 'GET /repos/{owner}/{repo}/pulls', params))
    found.push(...z.array(z.unknown()).parse(page).map(listed));
  return found;
};

/** One of them, open or not; undefined where it is out of reach. Throws GitHubFailure. */
export const pullListed = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<PullListed | undefined> => {
  const params = { owner: repository.owner, repo: repository.name, pull_number: number };
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  const answer = await unlessGone(client.get(route, params), undefined);
  return answer && listed(answer.data);
};
