/** Answers a comment with 👍 or 😕 (contract §4). The same reaction twice is one, and no failure. */
import { priority } from '../governor.ts';
import type { Form } from './form.ts';
import type { Result } from './write.ts';

const done: Result = { kind: 'add-reaction', skipped: false };
const graphqlContent = { '+1': 'THUMBS_UP', confused: 'CONFUSED' } as const;

export const addReaction: Form<'add-reaction'> = {
  kind: 'add-reaction',
  priority: priority.reply,
  creates: () => false,
  rest: (write) => {
    if (write.of === 'review') return null;
    return {
      route: 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
      params: {
        owner: write.repository.owner,
        repo: write.repository.name,
        comment_id: write.commentId,
        content: write.content,
      },
      read: () => done,
    };
  },
  graphql: (write) => {
    if (write.commentNodeId === undefined) return null;
    return {
      name: 'addReaction',
      input: { subjectId: write.commentNodeId, content: graphqlContent[write.content] },
      selection: 'reaction { content }',
      read: () => done,
    };
  },
  skipped: { kind: 'add-reaction', skipped: true },
};
