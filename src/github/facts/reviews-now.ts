/** The reviews a pull request has now, oldest first: for links made after somebody reviewed. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { ReviewSeen } from '../incoming/news.ts';
import { reviewVerdict } from '../incoming/review-verdict.ts';
import { actor, viaApp } from '../incoming/seen.ts';
import type { Client } from '../octokit.ts';

const reviews = z.array(
  z.object({
    id: z.number(),
    user: actor,
    state: z.string(),
    commit_id: z.string().nullish(),
    body: z.string().nullish(),
    performed_via_github_app: viaApp,
  }),
);

/** One page of a hundred: more reviews than that on one pull request are history. */
export const reviewsNow = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<readonly ReviewSeen[]> => {
  const { data } = await client.get('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    owner: repository.owner,
    repo: repository.name,
    pull_number: number,
    per_page: 100,
  });
  return reviews.parse(data).flatMap((review) => {
    const verdict = reviewVerdict(review.state);
    if (verdict === undefined) return [];
    const { id, user: by, commit_id, body, performed_via_github_app: app } = review;
    return [{ id, by, verdict, commit: commit_id ?? '', text: body ?? '', viaApp: app }];
  });
};
