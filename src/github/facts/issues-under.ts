/** The issues under an issue as they are now: one conditional request for a whole epic's worth (speed §4). */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';
import { type IssueShown, issueShown } from '../outgoing/read-issue.ts';

/** `gone`: no such issue, or a server without sub-issues. */
export type Under =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'shown'; readonly issues: readonly IssueShown[]; readonly etag: string | null };

/** GitHub keeps at most a hundred under one issue: one page is all. Throws GitHubFailure. */
export const issuesUnder = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
  etag: string | null,
): Promise<Under> => {
  try {
    const answer = await client.getIfChanged(
      'GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues',
      { owner: repository.owner, repo: repository.name, issue_number: number, per_page: 100 },
      etag,
    );
    if (!answer.changed) return { kind: 'unchanged' };
    return { kind: 'shown', issues: z.array(issueShown).parse(answer.data), etag: answer.etag };
  } catch (failure) {
    if (isGone(failure)) return { kind: 'gone' };
    throw failure;
  }
};
