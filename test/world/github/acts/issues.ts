/** What can happen to an issue (or a pull request, seen as an issue), with the webhooks GitHub sends for it. */
import { accountByLogin, mayAtLeast, need, repositoryById } from '../find.ts';
import type { Actor, Hub, Shape } from '../hub.ts';
import { nextId, nodeId, register } from '../ids.ts';
import { invalid, Refused } from '../refusal.ts';
import { userOrNull } from '../shapes/account.ts';
import { issueShape } from '../shapes/issue.ts';
import { pullShape } from '../shapes/pull.ts';
import { repositoryShape } from '../shapes/repository.ts';
import type { Account, Issue, Pull, Repository } from '../state.ts';
import { setLabels } from './labels.ts';
import { adopt } from './tree.ts';

export type NewIssue = {
  title: string;
  body?: string | null;
  labels?: readonly string[];
  assignees?: readonly string[];
  parent?: Issue;
  /** Labels come from an issue form, so they stick whoever opens the issue. */
  viaForm?: boolean;
};

/** Tells the app about something that happened to an issue or a pull request. */
export function announceIssue(hub: Hub, actor: Actor, issue: Issue, action: string, more: Shape = {}): void {
  const repo = repositoryById(hub.state, issue.repoId);
  const body: Shape =
    issue.pull === null
      ? { issue: issueShape(hub, issue), ...more }
      : { number: issue.number, pull_request: pullShape(hub, issue, issue.pull), ...more };
  hub.announce({
    event: issue.pull === null ? 'issues' : 'pull_request',
    action,
    sender: actor.user,
    repo,
    body,
  });
}

function checkTitle(title: string): string {
  if (title.trim() === '') throw invalid('Issue', 'title', 'missing_field');
  if ([...title].length > 256) {
    throw invalid('Issue', 'title', 'custom', 'title is too long (maximum is 256 characters)');
  }
  return title;
}

export function checkBody(resource: string, body: string): string {
  if ([...body].length <= 65_536) return body;
  throw invalid(resource, 'body', 'custom', 'body is too long (maximum is 65536 characters)');
}

/** Opens an issue. Labels and assignees the opener may not set are dropped silently, as GitHub does. */
export function openIssue(hub: Hub, actor: Actor, repo: Repository, wanted: NewIssue): Issue {
  need(actor, repo, actor.app === null ? 'read' : 'write');
  const issue = draftIssue(hub, actor, repo, wanted);
  announceIssue(hub, actor, issue, 'opened');
  if (wanted.viaForm === true || mayAtLeast(actor, repo, 'triage')) {
    setLabels(hub, actor, issue, wanted.labels ?? [], { permitted: true });
    setAssignees(hub, actor, issue, wanted.assignees ?? []);
  }
  if (wanted.parent !== undefined) adopt(hub, actor, { parent: wanted.parent, child: issue, replace: false });
  return issue;
}

/** An issue in the state, not announced yet; also the front of every pull request. */
export function draftIssue(
  hub: Hub,
  actor: Actor,
  repo: Repository,
  wanted: NewIssue,
  pull: Pull | null = null,
): Issue {
  const title = checkTitle(wanted.title);
  const body = wanted.body ?? null;
  if (body !== null) checkBody('Issue', body);
  repo.lastNumber += 1;
  const id = nextId(hub.state);
  const now = hub.now();
  const issue: Issue = {
    id,
    nodeId: nodeId(pull === null ? 'Issue' : 'PullRequest', pull?.id ?? id),
    repoId: repo.id,
    number: repo.lastNumber,
    title,
    body,
    userId: actor.user.id,
    appId: actor.app?.id ?? null,
    state: 'open',
    stateReason: null,
    labels: [],
    assignees: [],
    locked: false,
    lockReason: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedById: null,
    comments: [],
    labelEvents: [],
    reactions: [],
    parentId: null,
    subIssues: [],
    blockedBy: [],
    blocking: [],
    pull,
  };
  repo.issues.set(issue.number, issue);
  if (pull !== null) repo.pulls.push(issue);
  hub.state.issues.set(id, issue);
  register(hub.state, { type: 'Issue', it: issue });
  return issue;
}

/** Refuses unless the actor wrote the issue or may triage. */
export function needAuthorOr(actor: Actor, repo: Repository, issue: Issue): void {
  if (actor.app === null && issue.userId === actor.user.id) return;
  need(actor, repo, 'triage', issue.pull === null ? 'issues' : 'pull_requests');
}

/** Changes title and body; announced only when something changed. */
export function editIssue(
  hub: Hub,
  actor: Actor,
  issue: Issue,
  wanted: { title?: string; body?: string | null },
): void {
  needAuthorOr(actor, repositoryById(hub.state, issue.repoId), issue);
  const changes: Shape = {};
  if (wanted.title !== undefined && wanted.title !== issue.title) {
    changes['title'] = { from: issue.title };
    issue.title = checkTitle(wanted.title);
  }
  if (wanted.body !== undefined && wanted.body !== issue.body) {
    changes['body'] = { from: issue.body ?? '' };
    issue.body = wanted.body === null ? null : checkBody('Issue', wanted.body);
  }
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = hub.now();
  announceIssue(hub, actor, issue, 'edited', { changes });
}

/** Closes or reopens; asking for the state it is in changes the reason at most. */
export function setIssueState(
  hub: Hub,
  actor: Actor,
  issue: Issue,
  state: 'open' | 'closed',
  reason?: string,
): void {
  needAuthorOr(actor, repositoryById(hub.state, issue.repoId), issue);
  if (issue.state === state) return;
  if (issue.pull?.mergedAt != null)
    throw invalid('PullRequest', 'state', 'invalid', 'cannot reopen a merged pull request');
  issue.state = state;
  issue.closedAt = state === 'closed' ? hub.now() : null;
  issue.closedById = state === 'closed' ? actor.user.id : null;
  if (issue.pull === null) issue.stateReason = state === 'open' ? 'reopened' : (reason ?? 'completed');
  issue.updatedAt = hub.now();
  announceIssue(hub, actor, issue, state === 'closed' ? 'closed' : 'reopened');
}

/** Makes these people the assignees; unknown ones and those without access are dropped silently, ten at most. */
export function setAssignees(hub: Hub, actor: Actor, issue: Issue, logins: readonly string[]): void {
  const repo = repositoryById(hub.state, issue.repoId);
  const wanted = logins.flatMap((login) => assignable(hub, repo, login)).slice(0, 10);
  const gone = issue.assignees.filter((id) => !wanted.some((user) => user.id === id));
  const fresh = wanted.filter((user) => !issue.assignees.includes(user.id));
  if (gone.length + fresh.length === 0) return;
  need(actor, repo, 'triage', issue.pull === null ? 'issues' : 'pull_requests');
  for (const id of gone) assign(hub, actor, issue, id, 'unassigned');
  for (const user of fresh) assign(hub, actor, issue, user.id, 'assigned');
}

function assign(hub: Hub, actor: Actor, issue: Issue, id: number, action: 'assigned' | 'unassigned'): void {
  issue.assignees = issue.assignees.filter((one) => one !== id);
  if (action === 'assigned') issue.assignees.push(id);
  issue.updatedAt = hub.now();
  announceIssue(hub, actor, issue, action, { assignee: userOrNull(hub, id) });
}

/** The person, if they can be assigned here. */
export function assignable(hub: Hub, repo: Repository, login: string): Account[] {
  const user = accountByLogin(hub.state, login);
  return user !== undefined && !user.gone && repo.collaborators.has(user.id) ? [user] : [];
}

/** Locks or unlocks the conversation. */
export function lockIssue(
  hub: Hub,
  actor: Actor,
  issue: Issue,
  locked: boolean,
  reason: string | null = null,
): void {
  need(actor, repositoryById(hub.state, issue.repoId), 'triage');
  if (issue.locked === locked) return;
  issue.locked = locked;
  issue.lockReason = locked ? reason : null;
  announceIssue(hub, actor, issue, locked ? 'locked' : 'unlocked');
}

/** Deletes an issue: only who administers may, as on GitHub. */
export function deleteIssue(hub: Hub, actor: Actor, issue: Issue): void {
  const repo = repositoryById(hub.state, issue.repoId);
  need(actor, repo, 'admin', 'administration');
  if (issue.pull !== null) throw new Refused(422, 'Pull requests cannot be deleted');
  forget(hub, repo, issue);
  repo.deletedNumbers.add(issue.number);
  announceIssue(hub, actor, issue, 'deleted');
}

/** Moves an issue to another repository of the owner: a new id and number there, a 301 here. */
export function transferIssue(hub: Hub, actor: Actor, issue: Issue, to: Repository): Issue {
  const repo = repositoryById(hub.state, issue.repoId);
  need(actor, repo, 'write');
  const moved = draftIssue(hub, actor, to, { title: issue.title, body: issue.body });
  Object.assign(moved, {
    userId: issue.userId,
    appId: issue.appId,
    comments: issue.comments,
    state: issue.state,
  });
  for (const comment of moved.comments) Object.assign(comment, { issueId: moved.id, repoId: to.id });
  forget(hub, repo, issue);
  repo.movedNumbers.set(issue.number, moved.id);
  announceIssue(hub, actor, issue, 'transferred', {
    changes: { new_issue: issueShape(hub, moved), new_repository: repositoryShape(hub, to) },
  });
  announceIssue(hub, actor, moved, 'opened', {
    changes: { old_issue: issueShape(hub, issue), old_repository: repositoryShape(hub, repo) },
  });
  return moved;
}

function forget(hub: Hub, repo: Repository, issue: Issue): void {
  repo.issues.delete(issue.number);
  hub.state.issues.delete(issue.id);
  hub.state.nodes.delete(issue.nodeId);
  for (const other of hub.state.issues.values()) {
    if (other.parentId === issue.id) other.parentId = null;
    other.subIssues = other.subIssues.filter((id) => id !== issue.id);
    other.blockedBy = other.blockedBy.filter((id) => id !== issue.id);
    other.blocking = other.blocking.filter((id) => id !== issue.id);
  }
}
