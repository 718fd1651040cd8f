/** Opens a locked conversation again: a stage nobody can comment on cannot go on. */
import { priority } from '../governor.ts';
import type { Form } from './form.ts';

export const unlockIssue: Form<'unlock-issue'> = {
  kind: 'unlock-issue',
  priority: priority.rest,
  creates: () => false,
  rest: ({ repository, issue }) => ({
    route: 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock',
    params: { owner: repository.owner, repo: repository.name, issue_number: issue.number },
    read: () => ({ kind: 'unlock-issue' }),
  }),
  // So rare that no document is worth it.
  graphql: () => null,
};
