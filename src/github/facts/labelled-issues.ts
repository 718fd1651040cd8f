/** Open issues with a workflow's label, whenever it was put on. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { issueSeen } from '../incoming/seen.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';
import { workflowLabel } from '../workflow-label.ts';
import type { Touched } from './repository-activity.ts';

const named = z.array(z.object({ name: z.string() }));
const list = z.array(z.unknown());

/** By every label of the repository that names a workflow; an issue with two of them comes twice. Throws GitHubFailure. */
export const labelledIssues = async (
  client: Client,
  repository: RepositoryRef,
): Promise<readonly Touched[]> => {
  const place = { owner: repository.owner, repo: repository.name };
  const names: string[] = [];
  for await (const page of pages(client, 'GET /repos/{owner}/{repo}/labels', place))
    names.push(...named.parse(page).flatMap(({ name }) => (workflowLabel(name) === undefined ? [] : [name])));
  const found: Touched[] = [];
  for (const labels of names) {
    const params = { ...place, labels, state: 'open' };
    for await (const page of pages(client, 'GET /repos/{owner}/{repo}/issues', params))
      found.push(...list.parse(page).map((raw) => ({ issue: issueSeen.parse(raw), raw })));
  }
  return found;
};
