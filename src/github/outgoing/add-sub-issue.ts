/** Puts one issue under another, where the server has sub-issues (contract §2, platform §4.3). */
import { priority } from '../governor.ts';
import type { Form } from './form.ts';
import type { Result } from './write.ts';

const done: Result = { kind: 'add-sub-issue', skipped: false };
const place = 'repos/{owner}/{repo}/issues/{issue_number}';

export const addSubIssue: Form<'add-sub-issue'> = {
  kind: 'add-sub-issue',
  priority: priority.rest,
  creates: () => false,
  rest: ({ repository, parent, child }) => ({
    route: `POST /${place}/sub_issues`,
    // The database id, not the number (platform §4.3).
    params: {
      owner: repository.owner,
      repo: repository.name,
      issue_number: parent.number,
      sub_issue_id: child.id,
      // Somebody may have put it under another issue meanwhile.
      replace_parent: true,
    },
    read: () => done,
  }),
  graphql: ({ parent, child }) => ({
    name: 'addSubIssue',
    input: { issueId: parent.nodeId, subIssueId: child.nodeId, replaceParent: true },
    selection: 'issue { id }',
    read: () => done,
  }),
  needs: ({ repository, parent }) => ({
    feature: 'subIssues',
    endpoint: `GET /${place}/sub_issues`,
    issue: `GET /${place}`,
    params: { owner: repository.owner, repo: repository.name, issue_number: parent.number },
  }),
  skipped: { kind: 'add-sub-issue', skipped: true },
  alreadyDone: (_write, { kind, status, message }) => {
    if (kind === 'limited') return null;
    if (/duplicate sub-issues|already|only have one parent/i.test(message)) return done;
    // An epic gone back on often has more issues than GitHub takes under one, and one that stands deep itself takes no
    // more levels: the task list names them all the same.
    const full = /cannot have more than \d+ sub-issues/i.test(message);
    return full || (kind === 'refused' && status === 422) ? { kind: 'add-sub-issue', skipped: true } : null;
  },
};
