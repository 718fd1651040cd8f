/** The `gatehouse` check that counts on a commit: the newest our App made there, whoever remembers it (threats F07, F60). */
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../octokit.ts';
import { type FoundCheckRun, listOfOurs, readOurs } from '../outgoing/find-check-runs.ts';

/** `run` is what merging goes by; null where we made none on that commit. */
type CheckNow =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'shown'; readonly run: FoundCheckRun | null; readonly etag: string | null };

/** One conditional request. Throws GitHubFailure. */
export const ourLatestCheck = async (
  client: Client,
  repository: RepositoryRef,
  headSha: string,
  etag: string | null,
): Promise<CheckNow> => {
  const answer = await client.getIfChanged(...listOfOurs(client, repository, headSha), etag);
  if (!answer.changed) return { kind: 'unchanged' };
  const runs = readOurs(client, answer.data);
  const run = runs.toSorted((one, other) => other.checkRunId - one.checkRunId)[0] ?? null;
  return { kind: 'shown', run, etag: answer.etag };
};
