/** Says something once, in a comment. After an unknown outcome it is looked for by its marker (find-comments.ts). */
import { z } from 'zod';
import { priority } from '../governor.ts';
import { cutToFit, refusedBecause } from './cut-to-fit.ts';
import type { Form } from './form.ts';

const restComment = z.object({ id: z.number(), node_id: z.string().default('') });
const graphqlComment = z.object({
  commentEdge: z.object({ node: z.object({ databaseId: z.number(), id: z.string() }) }),
});

export const addComment: Form<'add-comment'> = {
  kind: 'add-comment',
  priority: priority.reply,
  creates: () => true,
  rest: (write) => ({
    route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    params: {
      owner: write.repository.owner,
      repo: write.repository.name,
      issue_number: write.number,
      body: cutToFit(write.body, 'body'),
    },
    read: (data) => {
      const comment = restComment.parse(data);
      return { kind: 'add-comment', commentId: comment.id, nodeId: comment.node_id };
    },
  }),
  graphql: (write) => {
    if (write.subjectNodeId === undefined) return null;
    return {
      name: 'addComment',
      input: { subjectId: write.subjectNodeId, body: cutToFit(write.body, 'body') },
      selection: 'commentEdge { node { id databaseId } }',
      read: (data) => {
        const comment = graphqlComment.parse(data).commentEdge.node;
        return { kind: 'add-comment', commentId: comment.databaseId, nodeId: comment.id };
      },
    };
  },
  repaired: (write, failure) => {
    const body = cutToFit(write.body, 'body', 0.5);
    return refusedBecause(failure, /too long|maximum is \d+ characters/i) && body !== write.body
      ? { ...write, body }
      : null;
  },
};
