/** Whether anybody reviewed a pull request since we last looked: a read that costs nothing when nobody did. */
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../octokit.ts';

const perPage = 100;

/** What changed is then read whole by `reviewsNow`. Throws GitHubFailure. */
export const reviewsIfChanged = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
  etag: string | null,
): Promise<{ readonly changed: false } | { readonly changed: true; readonly etag: string | null }> => {
  const answer = await client.getIfChanged(
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    { owner: repository.owner, repo: repository.name, pull_number: number, per_page: perPage },
    etag,
  );
  if (!answer.changed) return { changed: false };
  // Of a longer list the newest stand on another page: then it is read whole each time.
  const whole = Array.isArray(answer.data) && answer.data.length < perPage;
  return { changed: true, etag: whole ? answer.etag : null };
};
