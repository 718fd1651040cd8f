/** Comments and reactions. */
import { mayAtLeast, need, repositoryById } from '../find.ts';
import type { Actor, Hub, Shape } from '../hub.ts';
import { nextId, nodeId, register } from '../ids.ts';
import { invalid, notFound, Refused } from '../refusal.ts';
import { commentShape, issueShape } from '../shapes/issue.ts';
import type { Comment, Issue, Reaction, Repository } from '../state.ts';
import { checkBody } from './issues.ts';

const CONTENTS = new Set(['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']);

function announce(hub: Hub, actor: Actor, comment: Comment, action: string, more: Shape = {}): void {
  const issue = hub.state.issues.get(comment.issueId);
  if (issue === undefined) return;
  const repo = repositoryById(hub.state, comment.repoId);
  const body = { issue: issueShape(hub, issue), comment: commentShape(hub, issue, comment), ...more };
  hub.announce({ event: 'issue_comment', action, sender: actor.user, repo, body });
}

/** An app needs both permissions on a pull request, whatever the reference says (github/rest-api-description#6994). */
function needTalk(actor: Actor, repo: Repository, issue: Issue | undefined): void {
  const role = actor.app === null ? 'read' : 'write';
  need(actor, repo, role);
  if (issue?.pull != null) need(actor, repo, role, 'pull_requests');
}

/** Says something; a locked conversation answers 403 to everyone without write. */
export function addComment(hub: Hub, actor: Actor, issue: Issue, text: string): Comment {
  const repo = repositoryById(hub.state, issue.repoId);
  needTalk(actor, repo, issue);
  const shut = actor.app === null ? !mayAtLeast(actor, repo, 'write') : hub.features.lockedRefusesApps;
  if (issue.locked && shut) throw new Refused(403, 'Unable to create comment because issue is locked.');
  if (text.trim() === '') throw invalid('IssueComment', 'body', 'missing_field');
  checkBody('IssueComment', text);
  const id = nextId(hub.state);
  const now = hub.now();
  const comment: Comment = {
    id,
    nodeId: nodeId('Comment', id),
    repoId: repo.id,
    issueId: issue.id,
    userId: actor.user.id,
    appId: actor.app?.id ?? null,
    body: text,
    createdAt: now,
    updatedAt: now,
    reactions: [],
  };
  issue.comments.push(comment);
  issue.updatedAt = now;
  hub.state.comments.set(id, comment);
  register(hub.state, { type: 'Comment', it: comment });
  announce(hub, actor, comment, 'created');
  return comment;
}

function needOwn(hub: Hub, actor: Actor, comment: Comment): void {
  if (actor.app === null && comment.userId === actor.user.id) return;
  need(actor, repositoryById(hub.state, comment.repoId), 'write');
}

/** Rewrites a comment: its author or anyone with write. */
export function editComment(hub: Hub, actor: Actor, comment: Comment, text: string): void {
  needOwn(hub, actor, comment);
  checkBody('IssueComment', text);
  if (text === comment.body) return;
  const changes = { body: { from: comment.body } };
  comment.body = text;
  comment.updatedAt = hub.now();
  announce(hub, actor, comment, 'edited', { changes });
}

/** Deletes a comment: its author or anyone with write. */
export function deleteComment(hub: Hub, actor: Actor, comment: Comment): void {
  needOwn(hub, actor, comment);
  const issue = hub.state.issues.get(comment.issueId);
  if (issue !== undefined) issue.comments = issue.comments.filter((one) => one !== comment);
  hub.state.comments.delete(comment.id);
  hub.state.nodes.delete(comment.nodeId);
  announce(hub, actor, comment, 'deleted');
}

/** Reacts; `fresh` is false when the same reaction was there already. No webhook exists for reactions. */
export function react(
  hub: Hub,
  actor: Actor,
  to: Issue | Comment,
  content: string,
): { reaction: Reaction; fresh: boolean } {
  const issue = 'issueId' in to ? hub.state.issues.get(to.issueId) : to;
  needTalk(actor, repositoryById(hub.state, to.repoId), issue);
  if (!CONTENTS.has(content)) throw invalid('Reaction', 'content', 'invalid');
  const there = to.reactions.find((one) => one.userId === actor.user.id && one.content === content);
  if (there !== undefined) return { reaction: there, fresh: false };
  const id = nextId(hub.state);
  const reaction = {
    id,
    nodeId: nodeId('Reaction', id),
    userId: actor.user.id,
    content,
    createdAt: hub.now(),
  };
  to.reactions.push(reaction);
  return { reaction, fresh: true };
}

/** Takes one's own reaction back; 404 for somebody else's. */
export function unreact(actor: Actor, from: Issue | Comment, id: number): void {
  const reaction = from.reactions.find((one) => one.id === id);
  if (reaction === undefined || reaction.userId !== actor.user.id) throw notFound();
  from.reactions = from.reactions.filter((one) => one !== reaction);
}
