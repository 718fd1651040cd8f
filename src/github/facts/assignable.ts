/** Whether somebody may be assigned in a repository: GitHub drops others silently, and painting them again would never end. */
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

/** Throws GitHubFailure. */
export const assignable = async (
  client: Client,
  repository: RepositoryRef,
  login: string,
): Promise<boolean> => {
  try {
    await client.get('GET /repos/{owner}/{repo}/assignees/{assignee}', {
      owner: repository.owner,
      repo: repository.name,
      assignee: login,
    });
    return true;
  } catch (failure) {
    if (isGone(failure)) return false;
    throw failure;
  }
};
