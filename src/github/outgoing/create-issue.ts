/** Opens an issue. After an unknown outcome it is looked for by its marker (find-issues.ts), never simply repeated. */
import { z } from 'zod';
import { priority } from '../governor.ts';
import { cutToFit } from './cut-to-fit.ts';
import type { Form } from './form.ts';
import { idLists } from './ids.ts';
import { graphqlIssue, restIssue } from './issue-ref.ts';
import { repairedContent } from './issue-repair.ts';

const answered = z.object({ issue: graphqlIssue });

export const createIssue: Form<'create-issue'> = {
  kind: 'create-issue',
  priority: priority.rest,
  creates: () => true,
  rest: (write) => ({
    route: 'POST /repos/{owner}/{repo}/issues',
    params: {
      owner: write.repository.owner,
      repo: write.repository.name,
      title: cutToFit(write.title, 'title'),
      body: cutToFit(write.body, 'body'),
      labels: write.labels,
      assignees: write.assignees.map((person) => person.login),
    },
    read: (data) => ({ kind: 'create-issue', issue: restIssue.parse(data) }),
  }),
  graphql: (write, ids) => {
    const lists = idLists(write, ids);
    if (lists === null) return null;
    return {
      name: 'createIssue',
      input: {
        repositoryId: ids.repository,
        title: cutToFit(write.title, 'title'),
        body: cutToFit(write.body, 'body'),
        ...lists,
      },
      selection: 'issue { id databaseId number }',
      read: (data) => ({ kind: 'create-issue', issue: answered.parse(data).issue }),
    };
  },
  repaired: repairedContent,
};
