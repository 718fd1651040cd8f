import { accountById, issueById, repositoryById } from '../../find.ts';
import type { CheckRun, Comment, Issue, Label, Reaction, Review } from '../../state.ts';
import { type Fields, fields, paged, scalar } from '../schema.ts';
import { commitIn } from './files.ts';
import { personOf } from './people.ts';

export const said: Record<string, Fields> = {
  Label: fields<Label>({
    id: scalar((it) => it.nodeId),
    name: scalar((it) => it.name),
    color: scalar((it) => it.color),
    description: scalar((it) => it.description),
  }),
  IssueComment: fields<Comment>({
    id: scalar((it) => it.nodeId),
    databaseId: scalar((it) => it.id),
    body: scalar((it) => it.body),
    createdAt: scalar((it) => it.createdAt),
    updatedAt: scalar((it) => it.updatedAt),
    author: { type: 'Actor', read: (it, _, context) => personOf(it.userId, context) },
    reactions: paged('Reaction', (it) => it.reactions, { content: false }),
  }),
  PullRequestReview: fields<Review>({
    id: scalar((it) => it.nodeId),
    databaseId: scalar((it) => it.id),
    body: scalar((it) => it.body),
    state: scalar((it) => it.state),
    submittedAt: scalar((it) => it.submittedAt),
    author: { type: 'Actor', read: (it, _, context) => personOf(it.userId, context) },
    commit: {
      type: 'Commit',
      read: (it, _, { hub }) =>
        commitIn(repositoryById(hub.state, issueById(hub.state, it.issueId).repoId), it.commitId),
    },
  }),
  Reaction: fields<Reaction>({
    id: scalar((it) => it.nodeId),
    databaseId: scalar((it) => it.id),
    content: scalar((it) => reactionName(it.content)),
    user: { type: 'User', read: (it, _, { hub }) => accountById(hub.state, it.userId) },
  }),
  CheckRun: fields<CheckRun>({
    id: scalar((it) => it.nodeId),
    databaseId: scalar((it) => it.id),
    name: scalar((it) => it.name),
    status: scalar((it) => it.status.toUpperCase()),
    conclusion: scalar((it) => it.conclusion?.toUpperCase() ?? null),
    externalId: scalar((it) => it.externalId),
    detailsUrl: scalar((it) => it.detailsUrl),
    title: scalar((it) => it.output.title),
    summary: scalar((it) => it.output.summary),
    text: scalar((it) => it.output.text),
  }),
  SubIssuesSummary: fields<{ all: Issue[] }>({
    total: scalar(({ all }) => all.length),
    completed: scalar(({ all }) => all.filter((one) => one.state === 'closed').length),
    percentCompleted: scalar(({ all }) =>
      all.length === 0
        ? 0
        : Math.floor((100 * all.filter((one) => one.state === 'closed').length) / all.length),
    ),
  }),
};

const NAMES: Record<string, string> = { '+1': 'THUMBS_UP', '-1': 'THUMBS_DOWN' };

/** REST's `+1` is GraphQL's `THUMBS_UP`; the others differ only in case. */
function reactionName(content: string): string {
  return NAMES[content] ?? content.toUpperCase();
}
