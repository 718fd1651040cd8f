/** Whose a repository is and what it is called at this moment: asked of GitHub where a delivery says something new (threats T09, T104). */
import { z } from 'zod';
import { GitHubFailure } from '../failure.ts';
import { type RepositorySeen, readEnvelope } from '../incoming/envelope.ts';
import type { GitHub } from '../octokit.ts';

const installed = z.object({ id: z.number() });

/** A repository as a delivery names it, and the installation it claims to come from. */
export interface Claimed {
  readonly repository: RepositorySeen;
  readonly installationId: number;
}

/**
 * The claimed repository as it is now, or null where that installation does not have it or the name is another's by now.
 * The App itself asks whose the name is, so that no installation's token is ever tried on somebody else's repository.
 */
export const repositoryNow = async (
  github: GitHub,
  { repository, installationId }: Claimed,
): Promise<RepositorySeen | null> => {
  const named = { owner: repository.owner, repo: repository.name };
  try {
    const whose = await github.app.get('GET /repos/{owner}/{repo}/installation', named);
    if (installed.parse(whose.data).id !== installationId) return null;
    const { data } = await github.installation(installationId).get('GET /repos/{owner}/{repo}', named);
    const now = readEnvelope({ repository: data }).repository;
    return now?.id === repository.id ? now : null;
  } catch (failure) {
    if (failure instanceof GitHubFailure && failure.kind === 'refused') return null;
    throw failure;
  }
};
