/** `issue_comment.created`: where slash commands come from; the only comments that act (threats T40). */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { actor, issueSeen, viaApp } from './seen.ts';

const payload = z.object({
  issue: issueSeen,
  comment: z.object({
    id: z.number(),
    node_id: z.string().default(''),
    body: z
      .string()
      .nullish()
      .transform((text) => text ?? ''),
    created_at: z.string().default(''),
    author_association: z.string().default(''),
    user: actor,
    performed_via_github_app: viaApp,
  }),
});

/** Only for how often they are answered, never for what they may (threats T30). */
const outsiders: ReadonlySet<string> = new Set([
  ...['NONE', 'MANNEQUIN', 'CONTRIBUTOR', 'FIRST_TIMER', 'FIRST_TIME_CONTRIBUTOR'],
]);

export const issueCommentCreated: Reader = {
  event: 'issue_comment',
  actions: ['created'],
  read: (body) => {
    const { issue, comment } = payload.parse(body);
    return {
      kind: 'commented',
      issue,
      comment: {
        id: comment.id,
        nodeId: comment.node_id,
        body: comment.body,
        createdAt: comment.created_at,
        outsider: outsiders.has(comment.author_association),
      },
      // The comment's author decides, never the event's sender (threats T22).
      by: comment.user,
      viaApp: comment.performed_via_github_app,
    };
  },
};
