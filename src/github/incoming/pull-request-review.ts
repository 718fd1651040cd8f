/** `pull_request_review.submitted`, `.edited`, `.dismissed`: reviews are approvals and rejections (contract §4). */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { reviewVerdict } from './review-verdict.ts';
import { actor, pullSeen, viaApp } from './seen.ts';

const payload = z.object({
  pull_request: pullSeen,
  review: z.object({
    id: z.number(),
    user: actor,
    state: z.string(),
    commit_id: z.string().nullish(),
    body: z
      .string()
      .nullish()
      .transform((text) => text ?? ''),
    performed_via_github_app: viaApp,
    submitted_at: z.string().nullish(),
  }),
  sender: actor,
});

export const pullRequestReview: Reader = {
  event: 'pull_request_review',
  actions: ['submitted', 'edited', 'dismissed'],
  read: (body, action) => {
    const { pull_request, review, sender } = payload.parse(body);
    const verdict = action === 'dismissed' ? 'dismissed' : reviewVerdict(review.state);
    if (verdict === undefined) return undefined;
    const seen = {
      id: review.id,
      by: review.user,
      verdict,
      commit: review.commit_id ?? '',
      text: review.body,
      viaApp: review.performed_via_github_app,
      ...(review.submitted_at != null && { saidAt: review.submitted_at }),
    };
    return { kind: 'reviewed', pull: pull_request, review: seen, by: sender };
  },
};
