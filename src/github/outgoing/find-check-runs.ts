/** Looks for our check runs on a commit: by our App's id, so that a namesake of somebody else's never counts (threats T60). */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client, Params } from '../client.ts';
import { pages } from '../pages.ts';
import { checkName } from './put-check-run.ts';

/** One of our runs as GitHub has it. */
export interface FoundCheckRun {
  readonly checkRunId: number;
  readonly nodeId: string;
  readonly externalId: string;
  readonly status: string;
  readonly conclusion: string | null;
}

const list = z.object({
  check_runs: z.array(
    z.object({
      id: z.number(),
      node_id: z.string().default(''),
      external_id: z.string().nullish(),
      status: z.string(),
      conclusion: z.string().nullable().default(null),
      app: z.object({ id: z.number() }).nullish(),
    }),
  ),
});

/** Where our runs on a commit are listed, and what is asked for. */
export const listOfOurs = (
  { appId }: Client,
  { owner, name: repo }: RepositoryRef,
  headSha: string,
): readonly [route: string, params: Params] => [
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  { owner, repo, ref: headSha, check_name: checkName, app_id: appId, filter: 'all', per_page: 100 },
];

/** The runs of one page that are ours. Throws where it is no such list. */
export const readOurs = ({ appId }: Client, page: unknown): readonly FoundCheckRun[] =>
  list
    .parse(page)
    // A server that does not say whose a run is was asked for ours, and is taken at its word.
    .check_runs.filter(({ app }) => app === undefined || app?.id === appId)
    .map(({ id, node_id: nodeId, external_id: externalId, status, conclusion }) => ({
      checkRunId: id,
      nodeId,
      externalId: externalId ?? '',
      status,
      conclusion,
    }));

/** All of our runs of the `gatehouse` check on that commit, also those that newer ones replaced. */
export const findCheckRuns = async (
  client: Client,
  repository: RepositoryRef,
  headSha: string,
): Promise<readonly FoundCheckRun[]> => {
  const found: FoundCheckRun[] = [];
  for await (const page of pages(client, ...listOfOurs(client, repository, headSha)))
    found.push(...readOurs(client, page));
  return found;
};
