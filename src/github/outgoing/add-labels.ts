/** Puts labels on an issue beside those it has, and says what its text was: in a document, before what is written next. */
import { z } from 'zod';
import { priority } from '../governor.ts';
import type { Form } from './form.ts';
import { idLists } from './ids.ts';

const answered = z.object({ labelable: z.object({ body: z.string().nullish() }).nullish() });

export const addLabels: Form<'add-labels'> = {
  kind: 'add-labels',
  priority: priority.rest,
  creates: () => false,
  rest: ({ repository, issue, labels }) => ({
    route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
    params: { owner: repository.owner, repo: repository.name, issue_number: issue.number, labels },
    read: () => ({ kind: 'add-labels', body: null }),
  }),
  graphql: ({ issue, labels }, ids) => {
    const lists = idLists({ labels }, ids);
    if (lists === null) return null;
    return {
      name: 'addLabelsToLabelable',
      input: { labelableId: issue.nodeId, ...lists },
      selection: 'labelable { ... on Issue { body } }',
      read: (data) => ({ kind: 'add-labels', body: answered.parse(data).labelable?.body ?? null }),
    };
  },
};
