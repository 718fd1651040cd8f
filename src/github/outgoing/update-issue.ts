/** Changes an issue: text, labels, assignees, open or closed; all in one request. */
import { priority } from '../governor.ts';
import { cutToFit } from './cut-to-fit.ts';
import type { Form } from './form.ts';
import { idLists } from './ids.ts';
import { repairedContent } from './issue-repair.ts';
import type { WriteOf } from './write.ts';

const text = (write: WriteOf<'update-issue'>) => ({
  ...(write.title === undefined ? {} : { title: cutToFit(write.title, 'title') }),
  ...(write.body === undefined ? {} : { body: cutToFit(write.body, 'body') }),
});

export const updateIssue: Form<'update-issue'> = {
  kind: 'update-issue',
  priority: priority.rest,
  creates: () => false,
  rest: (write) => ({
    route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
    params: {
      owner: write.repository.owner,
      repo: write.repository.name,
      issue_number: write.issue.number,
      ...text(write),
      ...(write.labels === undefined ? {} : { labels: write.labels }),
      ...(write.assignees === undefined ? {} : { assignees: write.assignees.map((person) => person.login) }),
      ...(write.state === undefined ? {} : { state: write.state }),
      ...(write.stateReason === undefined ? {} : { state_reason: write.stateReason }),
    },
    read: () => ({ kind: 'update-issue' }),
  }),
  graphql: (write, ids) => {
    // `updateIssue` closes as completed; for another reason there is only REST in one request.
    if (write.stateReason === 'not_planned') return null;
    const lists = idLists(write, ids);
    if (lists === null) return null;
    const state = write.state === undefined ? {} : { state: write.state === 'open' ? 'OPEN' : 'CLOSED' };
    return {
      name: 'updateIssue',
      input: { id: write.issue.nodeId, ...text(write), ...lists, ...state },
      selection: 'issue { id }',
      read: () => ({ kind: 'update-issue' }),
    };
  },
  repaired: repairedContent,
};
