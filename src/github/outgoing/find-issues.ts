/** Looks for issues of ours through the list endpoint, which is never as late as search (threats §3.3). */
import { z } from 'zod';
import type { IssueRef, RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import { restIssue } from './issue-ref.ts';
import { authored, isOurs } from './ours.ts';

/** An issue that may carry a marker; the marker counts only when it is `byUs`. */
export interface FoundIssue {
  readonly issue: IssueRef;
  readonly title: string;
  readonly body: string;
  readonly byUs: boolean;
  readonly state: 'open' | 'closed';
}

const shape = z.object({
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  pull_request: z.object({}).nullish(),
});
const list = z.array(z.intersection(z.intersection(restIssue, shape), authored));

/** Open and closed issues with the label that changed since then (ISO 8601), newest first, or those under an issue; no pull requests. */
export const findIssues = async (
  client: Client,
  repository: RepositoryRef,
  wanted: { readonly label?: string; readonly since?: string; readonly under?: number },
): Promise<readonly FoundIssue[]> => {
  const found: FoundIssue[] = [];
  const under = wanted.under === undefined ? '' : '/{issue_number}/sub_issues';
  const params = {
    owner: repository.owner,
    repo: repository.name,
    ...(wanted.under === undefined ? { state: 'all' } : { issue_number: wanted.under }),
    ...(wanted.label === undefined ? {} : { labels: wanted.label }),
    ...(wanted.since === undefined ? {} : { since: wanted.since }),
  };
  for await (const page of pages(client, `GET /repos/{owner}/{repo}/issues${under}`, params)) {
    for (const one of list.parse(page)) {
      if (one.pull_request != null) continue;
      const { title, state, number, id, nodeId } = one;
      const byUs = await isOurs(client, one);
      found.push({ issue: { number, id, nodeId }, title, body: one.body ?? '', byUs, state });
    }
  }
  return found;
};
