/** Which issues block an issue, by GitHub's own relation. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

const list = z.array(z.object({ id: z.number() }));

/** Their database ids; null where the server has no such relation. Throws GitHubFailure. */
export const blockersOf = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<ReadonlySet<number> | null> => {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by';
  const params = { owner: repository.owner, repo: repository.name, issue_number: number };
  const found = new Set<number>();
  try {
    for await (const page of pages(client, route, params))
      for (const { id } of list.parse(page)) found.add(id);
  } catch (failure) {
    if (isGone(failure)) return null;
    throw failure;
  }
  return found;
};
