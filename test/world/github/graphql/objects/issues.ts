import { accountById, fullName, issueById, labelsOf, repositoryById } from '../../find.ts';
import type { Issue } from '../../state.ts';
import { type Context, fields, paged, scalar } from '../schema.ts';
import { commitIn } from './files.ts';
import { personOf } from './people.ts';

const repoOf = (it: { repoId: number }, context: Context) => repositoryById(context.hub.state, it.repoId);

function page(issue: Issue, context: Context): string {
  const where = issue.pull === null ? 'issues' : 'pull';
  return `${context.hub.url}/${fullName(context.hub.state, repoOf(issue, context))}/${where}/${issue.number}`;
}

function issuesOf(ids: readonly number[], context: Context): Issue[] {
  return ids.map((id) => issueById(context.hub.state, id));
}

const issueBasics = {
  id: scalar((it: Issue) => it.nodeId),
  databaseId: scalar((it: Issue) => it.pull?.id ?? it.id),
  number: scalar((it: Issue) => it.number),
  title: scalar((it: Issue) => it.title),
  body: scalar((it: Issue) => it.body ?? ''),
  url: scalar(page),
  locked: scalar((it: Issue) => it.locked),
  closed: scalar((it: Issue) => it.state === 'closed'),
  createdAt: scalar((it: Issue) => it.createdAt),
  updatedAt: scalar((it: Issue) => it.updatedAt),
  closedAt: scalar((it: Issue) => it.closedAt),
  author: { type: 'Actor', read: (it: Issue, _: unknown, context: Context) => personOf(it.userId, context) },
  repository: { type: 'Repository', read: (it: Issue, _: unknown, context: Context) => repoOf(it, context) },
  labels: paged('Label', (it: Issue, context) => labelsOf(repoOf(it, context), it), { orderBy: false }),
  assignees: paged('User', (it: Issue, context) =>
    it.assignees.map((id) => accountById(context.hub.state, id)),
  ),
  comments: paged('IssueComment', (it: Issue) => it.comments, { orderBy: false }),
  reactions: paged('Reaction', (it: Issue) => it.reactions, { content: false }),
};

export const issue = fields<Issue>({
  ...issueBasics,
  state: scalar((it) => it.state.toUpperCase()),
  stateReason: scalar((it) => it.stateReason?.toUpperCase() ?? null),
  parent: {
    type: 'Issue',
    feature: 'subIssues',
    read: (it, _, { hub }) => (it.parentId === null ? null : issueById(hub.state, it.parentId)),
  },
  subIssues: {
    ...paged('Issue', (it: Issue, context) => issuesOf(it.subIssues, context)),
    feature: 'subIssues',
  },
  subIssuesSummary: {
    type: 'SubIssuesSummary',
    feature: 'subIssues',
    read: (it, _, context) => ({ all: issuesOf(it.subIssues, context) }),
  },
  blockedBy: {
    ...paged('Issue', (it: Issue, context) => issuesOf(it.blockedBy, context)),
    feature: 'dependencies',
  },
  blocking: {
    ...paged('Issue', (it: Issue, context) => issuesOf(it.blocking, context)),
    feature: 'dependencies',
  },
});

export const pullRequest = fields<Issue>({
  ...issueBasics,
  state: scalar((it) => (it.pull?.mergedAt != null ? 'MERGED' : it.state.toUpperCase())),
  merged: scalar((it) => it.pull?.mergedAt != null),
  mergedAt: scalar((it) => it.pull?.mergedAt),
  isDraft: scalar((it) => it.pull?.draft),
  isCrossRepository: scalar((it) => it.pull?.headRepoId !== it.repoId),
  headRefName: scalar((it) => it.pull?.headRef),
  headRefOid: scalar((it) => it.pull?.headSha),
  baseRefName: scalar((it) => it.pull?.baseRef),
  baseRefOid: scalar((it) => it.pull?.baseSha),
  headRepository: {
    type: 'Repository',
    read: (it, _, { hub }) => hub.state.repositories.get(it.pull?.headRepoId ?? 0) ?? null,
  },
  mergeCommit: {
    type: 'Commit',
    read: (it, _, context) => commitIn(repoOf(it, context), it.pull?.mergeCommitSha),
  },
  commits: paged(
    'PullRequestCommit',
    (it, context) => it.pull?.commits.map((sha) => commitIn(repoOf(it, context), sha)) ?? [],
  ),
  reviews: paged('PullRequestReview', (it) => it.pull?.reviews ?? [], { states: false, author: false }),
});
