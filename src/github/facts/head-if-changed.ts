/** The default branch's head, where it moved since we last looked. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { GitHubFailure } from '../failure.ts';
import type { Client } from '../octokit.ts';

/** One conditional request. `unchanged` also where there is no commit at all. */
export const headIfChanged = async (
  client: Client,
  repository: RepositoryRef,
  { branch, etag }: { readonly branch: string; readonly etag: string | null },
): Promise<'unchanged' | { readonly commit: string; readonly etag: string | null }> => {
  const place = { owner: repository.owner, repo: repository.name, ref: branch };
  try {
    const answer = await client.getIfChanged('GET /repos/{owner}/{repo}/commits/{ref}', place, etag);
    if (!answer.changed) return 'unchanged';
    return { commit: z.object({ sha: z.string() }).parse(answer.data).sha, etag: answer.etag };
  } catch (failure) {
    // An empty repository answers 409, one without that branch 404 or 422.
    if (failure instanceof GitHubFailure && failure.kind === 'refused' && failure.status !== 403)
      return 'unchanged';
    throw failure;
  }
};
