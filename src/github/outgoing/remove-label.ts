/** Takes one label off an issue, whatever else is on it. */
import { priority } from '../governor.ts';
import type { Form } from './form.ts';
import { idLists } from './ids.ts';

export const removeLabel: Form<'remove-label'> = {
  kind: 'remove-label',
  priority: priority.rest,
  creates: () => false,
  rest: ({ repository, issue, label }) => ({
    route: 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
    params: { owner: repository.owner, repo: repository.name, issue_number: issue.number, name: label },
    read: () => ({ kind: 'remove-label' }),
  }),
  graphql: ({ issue, label }, ids) => {
    const lists = idLists({ labels: [label] }, ids);
    if (lists === null) return null;
    return {
      name: 'removeLabelsFromLabelable',
      input: { labelableId: issue.nodeId, ...lists },
      selection: 'labelable { ... on Issue { id } }',
      read: () => ({ kind: 'remove-label' }),
    };
  },
  // Not on it any more, which GitHub says in these words; any other 404 may be a wrong one, or the whole issue's. A label
  // whose id is stale may have been made again under the same name: reconcile compares names.
  alreadyDone: (_, failure) =>
    failure.status === 404 && /label does not exist|could not resolve/i.test(failure.message)
      ? { kind: 'remove-label' }
      : null,
};
