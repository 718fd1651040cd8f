/** The `gatehouse` check that counts on a commit: the newest our App made there, whoever remembers it (threats F07, F60). */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../octokit.ts';
import { checkName } from '../outgoing/put-check-run.ts';

/** What merging goes by. */
export interface LatestCheck {
  readonly checkRunId: number;
  readonly nodeId: string;
  readonly status: string;
  readonly conclusion: string | null;
}

/** `run` is null where we made none on that commit. */
export type CheckNow =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'shown'; readonly run: LatestCheck | null; readonly etag: string | null };

const list = z.object({
  check_runs: z.array(
    z.object({
      id: z.number(),
      node_id: z.string().default(''),
      status: z.string(),
      conclusion: z.string().nullable().default(null),
      app: z.object({ id: z.number() }).nullish(),
    }),
  ),
});

/** One conditional request. Throws GitHubFailure. */
export const ourLatestCheck = async (
  client: Client,
  repository: RepositoryRef,
  headSha: string,
  etag: string | null,
): Promise<CheckNow> => {
  const answer = await client.getIfChanged(
    'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    {
      owner: repository.owner,
      repo: repository.name,
      ref: headSha,
      check_name: checkName,
      app_id: client.appId,
      filter: 'all',
      per_page: 100,
    },
    etag,
  );
  if (!answer.changed) return { kind: 'unchanged' };
  // A server that does not say whose a run is was asked for ours, and is taken at its word.
  const ours = list
    .parse(answer.data)
    .check_runs.filter(({ app }) => app === undefined || app?.id === client.appId);
  const newest = ours.toSorted((one, other) => other.id - one.id)[0];
  const run =
    newest === undefined
      ? null
      : {
          checkRunId: newest.id,
          nodeId: newest.node_id,
          status: newest.status,
          conclusion: newest.conclusion,
        };
  return { kind: 'shown', run, etag: answer.etag };
};
