/** What GitHub Actions may do in a repository without being told so by a workflow file. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../octokit.ts';

/** The repository's settings for Actions that matter to gates. */
export interface WorkflowToken {
  readonly writes: boolean;
  readonly approves: boolean;
}

const seen = z.object({
  default_workflow_permissions: z.string(),
  can_approve_pull_request_reviews: z.boolean(),
});

/** Needs Administration, which Gatehouse does not ask for: mostly thrown as GitHubFailure `refused`. */
export const workflowTokenNow = async (
  client: Client,
  { owner, name: repo }: RepositoryRef,
): Promise<WorkflowToken> => {
  const route = 'GET /repos/{owner}/{repo}/actions/permissions/workflow';
  const { default_workflow_permissions: level, can_approve_pull_request_reviews: approves } = seen.parse(
    (await client.get(route, { owner, repo })).data,
  );
  return { writes: level === 'write', approves };
};
