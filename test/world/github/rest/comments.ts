/** Comments, and reactions to them and to issues. */
import { addComment, deleteComment, editComment, react, unreact } from '../acts/comments.ts';
import { fullName } from '../find.ts';
import { notFound } from '../refusal.ts';
import {
  type Answer,
  asker,
  type Call,
  issueOf,
  needText,
  ok,
  page,
  param,
  type Route,
  repoOf,
  route,
} from '../request.ts';
import { commentShape, reactionShape } from '../shapes/issue.ts';
import type { Comment, Issue } from '../state.ts';

function commentOf(call: Call): { comment: Comment; issue: Issue } {
  const comment = call.hub.state.comments.get(Number(param(call, 'comment_id')));
  const issue = comment === undefined ? undefined : call.hub.state.issues.get(comment.issueId);
  if (comment === undefined || issue === undefined || comment.repoId !== repoOf(call).id) throw notFound();
  return { comment, issue };
}

function since(call: Call, comments: readonly Comment[]): readonly Comment[] {
  const from = call.query.get('since');
  return from === null ? comments : comments.filter((one) => Date.parse(one.updatedAt) >= Date.parse(from));
}

function list(call: Call): Answer {
  const issue = issueOf(call);
  const path = `/repos/${fullName(call.hub.state, repoOf(call))}/issues/${issue.number}/comments`;
  return page(call, path, since(call, issue.comments), (comment) => commentShape(call.hub, issue, comment));
}

function listAll(call: Call): Answer {
  const repo = repoOf(call);
  const all = [...repo.issues.values()].flatMap((issue) =>
    issue.comments.map((comment) => ({ issue, comment })),
  );
  const kept = new Set(
    since(
      call,
      all.map((one) => one.comment),
    ),
  );
  const path = `/repos/${fullName(call.hub.state, repo)}/issues/comments`;
  const shown = all.filter((one) => kept.has(one.comment));
  return page(call, path, shown, ({ issue, comment }) => commentShape(call.hub, issue, comment));
}

function create(call: Call): Answer {
  const issue = issueOf(call);
  const comment = addComment(call.hub, asker(call), issue, needText(call.body, 'body'));
  const shape = commentShape(call.hub, issue, comment);
  return { status: 201, body: shape, headers: { location: String(shape['url']) } };
}

function one(call: Call): Answer {
  const { comment, issue } = commentOf(call);
  return ok(commentShape(call.hub, issue, comment));
}

function update(call: Call): Answer {
  const { comment, issue } = commentOf(call);
  editComment(call.hub, asker(call), comment, needText(call.body, 'body'));
  return ok(commentShape(call.hub, issue, comment));
}

function destroy(call: Call): Answer {
  deleteComment(call.hub, asker(call), commentOf(call).comment);
  return { status: 204 };
}

type Target = (call: Call) => { to: Issue | Comment; path: string };

const onIssue: Target = (call) => {
  const issue = issueOf(call);
  return {
    to: issue,
    path: `/repos/${fullName(call.hub.state, repoOf(call))}/issues/${issue.number}/reactions`,
  };
};

const onComment: Target = (call) => {
  const { comment } = commentOf(call);
  return {
    to: comment,
    path: `/repos/${fullName(call.hub.state, repoOf(call))}/issues/comments/${comment.id}/reactions`,
  };
};

function reactions(base: string, target: Target): Route[] {
  const listed = (call: Call) => {
    const { to, path } = target(call);
    const content = call.query.get('content');
    const shown = to.reactions.filter((reaction) => content === null || reaction.content === content);
    return page(call, path, shown, (reaction) => reactionShape(call.hub, reaction));
  };
  const added = (call: Call) => {
    const { reaction, fresh } = react(call.hub, asker(call), target(call).to, needText(call.body, 'content'));
    return ok(reactionShape(call.hub, reaction), fresh ? 201 : 200);
  };
  const removed = (call: Call) => {
    unreact(asker(call), target(call).to, Number(param(call, 'reaction_id')));
    return { status: 204 };
  };
  return [
    route('GET', base, listed),
    route('POST', base, added),
    route('DELETE', `${base}/{reaction_id}`, removed),
  ];
}

export const commentRoutes: readonly Route[] = [
  route('GET', '/repos/{owner}/{repo}/issues/comments', listAll),
  route('GET', '/repos/{owner}/{repo}/issues/comments/{comment_id}', one),
  route('PATCH', '/repos/{owner}/{repo}/issues/comments/{comment_id}', update),
  route('DELETE', '/repos/{owner}/{repo}/issues/comments/{comment_id}', destroy),
  route('GET', '/repos/{owner}/{repo}/issues/{issue_number}/comments', list),
  route('POST', '/repos/{owner}/{repo}/issues/{issue_number}/comments', create),
  ...reactions('/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', onComment),
  ...reactions('/repos/{owner}/{repo}/issues/{issue_number}/reactions', onIssue),
];
