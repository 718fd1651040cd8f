/** Whether somebody may be assigned in a repository: GitHub drops others silently, and painting them again would never end. */
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { unlessGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

/** Throws GitHubFailure. */
export const assignable = async (
  client: Client,
  { owner, name: repo }: RepositoryRef,
  login: string,
): Promise<boolean> => {
  const place = { owner, repo, assignee: login };
  return (
    (await unlessGone(client.get('GET /repos/{owner}/{repo}/assignees/{assignee}', place), null)) !== null
  );
};
