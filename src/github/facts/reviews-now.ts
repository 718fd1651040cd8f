/** What reviewers of a pull request think of it at this moment. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { ReviewSeen } from '../incoming/news.ts';
import { reviewVerdict } from '../incoming/review-verdict.ts';
import { actor, viaApp } from '../incoming/seen.ts';
import type { Client } from '../octokit.ts';

const review = z
  .object({
    id: z.number(),
    user: actor,
    state: z.string(),
    commit_id: z.string().nullish(),
    body: z.string().nullish(),
    performed_via_github_app: viaApp,
    submitted_at: z.string().nullish(),
  })
  .transform(
    ({
      id,
      user: by,
      state,
      commit_id,
      body,
      performed_via_github_app: app,
      submitted_at: saidAt,
    }): ReviewSeen | undefined => {
      const verdict = reviewVerdict(state);
      return (
        verdict && {
          id,
          by,
          verdict,
          commit: commit_id ?? '',
          text: body ?? '',
          viaApp: app,
          ...(saidAt != null && { saidAt }),
        }
      );
    },
  );

const perPage = 100;
const mostPages = 10;

/**
 * The latest opinion of each reviewer on a pull request, dismissed ones too; comments are no opinions. What somebody
 * said before it never counts again, also when the later opinion is dismissed (threats T31).
 */
export const reviewsNow = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<readonly ReviewSeen[]> => {
  const latest = new Map<number, ReviewSeen>();
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await client.get('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      owner: repository.owner,
      repo: repository.name,
      pull_number: number,
      per_page: perPage,
      page,
    });
    const listed = z.array(review).parse(data);
    for (const one of listed) if (one !== undefined) latest.set(one.by.id, one);
    if (listed.length < perPage) break;
  }
  return [...latest.values()];
};
