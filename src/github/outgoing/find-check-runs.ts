/** Looks for our check runs on a commit: by our App's id, so that a namesake of somebody else's never counts (threats T60). */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import { checkName } from './put-check-run.ts';

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

/** All of our runs of the `gatehouse` check on that commit, also those that newer ones replaced. */
export const findCheckRuns = async (
  client: Client,
  repository: RepositoryRef,
  headSha: string,
  appId: number = client.appId,
): Promise<readonly FoundCheckRun[]> => {
  const found: FoundCheckRun[] = [];
  const params = {
    owner: repository.owner,
    repo: repository.name,
    ref: headSha,
    check_name: checkName,
    app_id: appId,
    filter: 'all',
  };
  for await (const page of pages(client, 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', params)) {
    for (const run of list.parse(page).check_runs) {
      // A server that does not say whose a run is was asked for ours, and is taken at its word.
      if (run.app !== undefined && run.app?.id !== appId) continue;
      const { id, node_id: nodeId, status, conclusion } = run;
      found.push({ checkRunId: id, nodeId, externalId: run.external_id ?? '', status, conclusion });
    }
  }
  return found;
};
