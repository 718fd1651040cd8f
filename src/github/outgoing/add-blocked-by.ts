/** Says that one issue waits for another, where the server has issue dependencies (contract §2, platform §4.4). */
import { priority } from '../governor.ts';
import type { Form } from './form.ts';
import type { Result, WriteOf } from './write.ts';

const done: Result = { kind: 'add-blocked-by', skipped: false };
const place = 'repos/{owner}/{repo}/issues/{issue_number}';

/** Both ways of saying who waits for whom need a server that knows of it. */
export const needsDependencies = ({
  repository,
  issue,
}: Pick<WriteOf<'add-blocked-by'>, 'repository' | 'issue'>) => ({
  feature: 'dependencies' as const,
  endpoint: `GET /${place}/dependencies/blocked_by`,
  issue: `GET /${place}`,
  params: { owner: repository.owner, repo: repository.name, issue_number: issue.number },
});

export const addBlockedBy: Form<'add-blocked-by'> = {
  kind: 'add-blocked-by',
  priority: priority.rest,
  creates: () => false,
  rest: ({ repository, issue, blocker }) => ({
    route: `POST /${place}/dependencies/blocked_by`,
    // The database id: a number here would link a stranger's issue and be answered 201 (platform §4.4).
    params: {
      owner: repository.owner,
      repo: repository.name,
      issue_number: issue.number,
      issue_id: blocker.id,
    },
    read: () => done,
  }),
  graphql: ({ issue, blocker }) => ({
    name: 'addBlockedBy',
    input: { issueId: issue.nodeId, blockingIssueId: blocker.nodeId },
    selection: 'issue { id }',
    read: () => done,
  }),
  needs: needsDependencies,
  skipped: { kind: 'add-blocked-by', skipped: true },
  alreadyDone: (_write, { kind, status, message }) => {
    if (kind === 'limited') return null;
    if (/already|duplicate|has been taken/i.test(message)) return done;
    // Fifty are there, or people's own links make a circle of it: the ledger decides who waits for whom.
    return kind === 'refused' && status === 422 ? { kind: 'add-blocked-by', skipped: true } : null;
  },
};
