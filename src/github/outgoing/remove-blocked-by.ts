/** Says that one issue no longer waits for another, where the server has issue dependencies (platform §4.4). */
import { priority } from '../governor.ts';
import { needsDependencies } from './add-blocked-by.ts';
import type { Form } from './form.ts';
import type { Result } from './write.ts';

const done: Result = { kind: 'remove-blocked-by', skipped: false };
const place = 'repos/{owner}/{repo}/issues/{issue_number}';

export const removeBlockedBy: Form<'remove-blocked-by'> = {
  kind: 'remove-blocked-by',
  priority: priority.rest,
  creates: () => false,
  rest: ({ repository, issue, blocker }) => ({
    route: `DELETE /${place}/dependencies/blocked_by/{issue_id}`,
    params: {
      owner: repository.owner,
      repo: repository.name,
      issue_number: issue.number,
      issue_id: blocker.id,
    },
    read: () => done,
  }),
  graphql: ({ issue, blocker }) => ({
    name: 'removeBlockedBy',
    input: { issueId: issue.nodeId, blockingIssueId: blocker.nodeId },
    selection: 'issue { id }',
    read: () => done,
  }),
  needs: needsDependencies,
  skipped: { kind: 'remove-blocked-by', skipped: true },
  // Somebody has removed it by hand, or one of the issues is gone: either way it is not there.
  alreadyDone: (_write, { kind, status, message }) =>
    kind === 'refused' && (status === 404 || status === 410 || /not found|could not resolve/i.test(message))
      ? done
      : null,
};
