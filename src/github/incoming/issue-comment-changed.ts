/** `issue_comment.edited` and `.deleted`: never a command; they revoke what the comment had approved (contract §4). */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { actor, issueSeen } from './seen.ts';

const payload = z.object({
  issue: issueSeen,
  comment: z.object({ id: z.number(), body: z.string().nullish() }),
  changes: z.object({ body: z.object({ from: z.string() }).nullish() }).nullish(),
  sender: actor,
});

export const issueCommentChanged: Reader = {
  event: 'issue_comment',
  actions: ['edited', 'deleted'],
  read: (body, action) => {
    const { issue, comment, changes, sender } = payload.parse(body);
    return {
      kind: 'comment-changed',
      issue,
      commentId: comment.id,
      how: action === 'deleted' ? 'deleted' : 'edited',
      said: changes?.body?.from ?? comment.body ?? '',
      by: sender,
    };
  },
};
