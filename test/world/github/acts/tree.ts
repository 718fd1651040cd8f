/** Sub-issues and dependencies between issues, with GitHub's limits. */
import { need, repositoryById } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import { Refused } from '../refusal.ts';
import { issueShape } from '../shapes/issue.ts';
import { repositoryShape } from '../shapes/repository.ts';
import type { Issue } from '../state.ts';

const CHILDREN = 100;
const LEVELS = 8;
const EDGES = 50;

function refuse(message: string): Refused {
  return new Refused(422, `An error occurred while adding the sub-issue to the parent issue. ${message}`);
}

/** Makes `child` a sub-issue of `parent`; closed children count towards the limit of 100. */
export function adopt(
  hub: Hub,
  actor: Actor,
  wanted: { parent: Issue; child: Issue; replace: boolean },
): void {
  const { parent, child } = wanted;
  need(actor, repositoryById(hub.state, parent.repoId), 'triage');
  if (ownerOf(hub, parent) !== ownerOf(hub, child))
    throw refuse('Sub issue must belong to the same repository owner');
  if (child.pull !== null || parent.pull !== null) throw refuse('Pull requests cannot be sub-issues');
  if (parent.subIssues.includes(child.id))
    throw refuse('Issue may not contain duplicate sub-issues and Sub issue may only have one parent');
  if (child.parentId !== null && !wanted.replace) throw refuse('Sub issue may only have one parent');
  if (parent.subIssues.length >= CHILDREN)
    throw refuse(`Parent cannot have more than ${CHILDREN} sub-issues`);
  const above = lineOf(hub, parent);
  if (above.includes(child)) throw refuse('Sub issue cannot be its own ancestor');
  if (above.length + 1 > LEVELS) throw refuse(`Parent cannot have more than ${LEVELS} layers of sub-issues`);
  const old = child.parentId === null ? undefined : hub.state.issues.get(child.parentId);
  if (old !== undefined) disown(hub, actor, old, child);
  parent.subIssues.push(child.id);
  child.parentId = parent.id;
  toldTree(hub, actor, parent, child, 'added');
}

/** Takes `child` off `parent`. */
export function disown(hub: Hub, actor: Actor, parent: Issue, child: Issue): void {
  need(actor, repositoryById(hub.state, parent.repoId), 'triage');
  if (child.parentId !== parent.id)
    throw new Refused(404, 'The provided sub-issue is not a sub-issue of this issue');
  parent.subIssues = parent.subIssues.filter((id) => id !== child.id);
  child.parentId = null;
  toldTree(hub, actor, parent, child, 'removed');
}

/** Moves `child` behind or before another child of the same parent. */
export function reorder(
  hub: Hub,
  actor: Actor,
  parent: Issue,
  move: { child: number; after?: number; before?: number },
): void {
  need(actor, repositoryById(hub.state, parent.repoId), 'triage');
  const anchor = move.after ?? move.before;
  if (anchor === undefined || !parent.subIssues.includes(move.child) || !parent.subIssues.includes(anchor)) {
    throw new Refused(422, 'Validation Failed', { errors: [] });
  }
  const rest = parent.subIssues.filter((id) => id !== move.child);
  rest.splice(rest.indexOf(anchor) + (move.after === undefined ? 0 : 1), 0, move.child);
  parent.subIssues = rest;
}

/** `issue` waits for `blocker`; fifty at most in each direction. */
export function addBlocker(hub: Hub, actor: Actor, issue: Issue, blocker: Issue): void {
  need(actor, repositoryById(hub.state, issue.repoId), 'triage');
  if (issue === blocker) throw new Refused(422, 'Validation failed: an issue cannot block itself');
  if (issue.blockedBy.includes(blocker.id))
    throw new Refused(422, 'Validation failed: Target issue has already been taken');
  if (issue.blockedBy.length >= EDGES || blocker.blocking.length >= EDGES) {
    throw new Refused(
      422,
      `Validation failed: an issue cannot have more than ${EDGES} dependencies of one type`,
    );
  }
  issue.blockedBy.push(blocker.id);
  blocker.blocking.push(issue.id);
  toldEdge(hub, actor, issue, blocker, 'added');
}

/** `issue` no longer waits for `blocker`. */
export function removeBlocker(hub: Hub, actor: Actor, issue: Issue, blocker: Issue): void {
  need(actor, repositoryById(hub.state, issue.repoId), 'triage');
  if (!issue.blockedBy.includes(blocker.id)) throw new Refused(404, 'Not Found');
  issue.blockedBy = issue.blockedBy.filter((id) => id !== blocker.id);
  blocker.blocking = blocker.blocking.filter((id) => id !== issue.id);
  toldEdge(hub, actor, issue, blocker, 'removed');
}

function ownerOf(hub: Hub, issue: Issue): number {
  return repositoryById(hub.state, issue.repoId).ownerId;
}

function lineOf(hub: Hub, issue: Issue): Issue[] {
  const line: Issue[] = [];
  for (let at: Issue | undefined = issue; at !== undefined; ) {
    line.push(at);
    at = at.parentId === null ? undefined : hub.state.issues.get(at.parentId);
  }
  return line;
}

function toldTree(hub: Hub, actor: Actor, parent: Issue, child: Issue, what: 'added' | 'removed'): void {
  const sides = [
    { issue: parent, action: `sub_issue_${what}`, other: child, key: 'sub_issue_repo' },
    { issue: child, action: `parent_issue_${what}`, other: parent, key: 'parent_issue_repo' },
  ];
  for (const side of sides) {
    const repo = repositoryById(hub.state, side.issue.repoId);
    const body = {
      parent_issue_id: parent.id,
      parent_issue: issueShape(hub, parent),
      sub_issue_id: child.id,
      sub_issue: issueShape(hub, child),
      [side.key]: repositoryShape(hub, repositoryById(hub.state, side.other.repoId)),
    };
    hub.announce({ event: 'sub_issues', action: side.action, sender: actor.user, repo, body });
  }
}

function toldEdge(hub: Hub, actor: Actor, issue: Issue, blocker: Issue, what: 'added' | 'removed'): void {
  const sides = [
    { about: issue, action: `blocked_by_${what}`, key: 'blocking_issue_repo', other: blocker },
    { about: blocker, action: `blocking_${what}`, key: 'blocked_issue_repo', other: issue },
  ];
  for (const side of sides) {
    const repo = repositoryById(hub.state, side.about.repoId);
    const body = {
      blocked_issue_id: issue.id,
      blocked_issue: issueShape(hub, issue),
      blocking_issue_id: blocker.id,
      blocking_issue: issueShape(hub, blocker),
      [side.key]: repositoryShape(hub, repositoryById(hub.state, side.other.repoId)),
    };
    hub.announce({ event: 'issue_dependencies', action: side.action, sender: actor.user, repo, body });
  }
}
