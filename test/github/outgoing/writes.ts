/** Writes as tests need them: short to say, complete to send. */
import type { IssueId, IssueNumber, IssueRef, RepositoryRef } from '../../../src/core/epic/subject.ts';
import type { Write, WriteOf } from '../../../src/github/outgoing/write.ts';

export const repository: RepositoryRef = { id: 9, nodeId: 'R_9', owner: 'acme', name: 'shop' };

export const issue = (number: number): IssueRef => ({
  number: number as IssueNumber,
  id: (3_000_000_000 + number) as IssueId,
  nodeId: `I_${number}`,
});

export const createIssue = (title: string, more: Partial<WriteOf<'create-issue'>> = {}): Write => ({
  kind: 'create-issue',
  key: `create ${title}`,
  repository,
  title,
  body: 'body',
  labels: ['stage'],
  assignees: [],
  ...more,
});

export const updateIssue = (of: IssueRef, change: Partial<WriteOf<'update-issue'>>): Write => ({
  kind: 'update-issue',
  key: `update ${of.number}`,
  repository,
  issue: of,
  ...change,
});

export const addSubIssue = (parent: IssueRef, child: IssueRef): Write => ({
  kind: 'add-sub-issue',
  key: `sub ${parent.number} ${child.number}`,
  repository,
  parent,
  child,
});

export const addBlockedBy = (blocked: IssueRef, blocker: IssueRef): Write => ({
  kind: 'add-blocked-by',
  key: `blocked ${blocked.number} ${blocker.number}`,
  repository,
  issue: blocked,
  blocker,
});

export const removeBlockedBy = (blocked: IssueRef, blocker: IssueRef): Write => ({
  kind: 'remove-blocked-by',
  key: `unblocked ${blocked.number} ${blocker.number}`,
  repository,
  issue: blocked,
  blocker,
});

export const removeLabel = (from: IssueRef, label: string): Write => ({
  kind: 'remove-label',
  key: `off:${label}`,
  repository,
  issue: from,
  label,
});

export const checkRun = (more: Partial<WriteOf<'put-check-run'>> = {}): Write => ({
  kind: 'put-check-run',
  key: 'check',
  repository,
  headSha: 'a'.repeat(40),
  externalId: 'epic/1',
  status: 'in_progress',
  title: 'Waiting',
  summary: 'for ann',
  text: '',
  ...more,
});

export const comment = (body: string, more: Partial<WriteOf<'add-comment'>> = {}): Write => ({
  kind: 'add-comment',
  key: `say ${body}`,
  repository,
  number: 1,
  subjectNodeId: 'I_1',
  body,
  ...more,
});

export const reaction = (more: Partial<WriteOf<'add-reaction'>> = {}): Write => ({
  kind: 'add-reaction',
  key: 'react',
  repository,
  commentId: 77,
  content: '+1',
  of: 'issue-comment',
  ...more,
});
