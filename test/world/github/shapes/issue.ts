/** How GitHub writes issues, comments and reactions. */
import { fullName, labelsOf, repositoryById } from '../find.ts';
import type { Hub, Shape } from '../hub.ts';
import type { Comment, Issue, Reaction, Repository } from '../state.ts';
import { userOrNull } from './account.ts';
import { viaApp } from './app.ts';
import { labelShape } from './repository.ts';

const CONTENTS = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'] as const;

/** GitHub's `issue`; a pull request looks like one too, with `pull_request` set. */
export function issueShape(hub: Hub, issue: Issue): Shape {
  const repo = repositoryById(hub.state, issue.repoId);
  const name = fullName(hub.state, repo);
  const at = `${hub.url}/repos/${name}/issues/${issue.number}`;
  const assignees = issue.assignees.map((id) => userOrNull(hub, id)).filter((user) => user !== null);
  return {
    url: at,
    repository_url: `${hub.url}/repos/${name}`,
    labels_url: `${at}/labels{/name}`,
    comments_url: `${at}/comments`,
    events_url: `${at}/events`,
    html_url: `${hub.url}/${name}/${issue.pull === null ? 'issues' : 'pull'}/${issue.number}`,
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: userOrNull(hub, issue.userId),
    labels: labelsOf(repo, issue).map((label) => labelShape(hub, repo, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: association(repo, issue.userId),
    active_lock_reason: issue.lockReason,
    body: issue.body,
    closed_by: userOrNull(hub, issue.closedById),
    reactions: reactionsShape(at, issue.reactions),
    timeline_url: `${at}/timeline`,
    performed_via_github_app: viaApp(hub, issue.appId),
    state_reason: issue.stateReason,
    ...family(hub, issue),
    ...pullMention(hub, name, issue),
  };
}

function family(hub: Hub, issue: Issue): Shape {
  if (issue.pull !== null) return {};
  const closed = (ids: readonly number[]) =>
    ids.filter((id) => hub.state.issues.get(id)?.state === 'closed').length;
  const total = issue.subIssues.length;
  const completed = closed(issue.subIssues);
  const shape: Shape = {};
  if (hub.features.subIssues) {
    const percent = total === 0 ? 0 : Math.floor((100 * completed) / total);
    shape['sub_issues_summary'] = { total, completed, percent_completed: percent };
    shape['parent_issue_url'] = parentUrl(hub, issue);
  }
  if (hub.features.dependencies) {
    shape['issue_dependencies_summary'] = {
      blocked_by: issue.blockedBy.length - closed(issue.blockedBy),
      total_blocked_by: issue.blockedBy.length,
      blocking: issue.blocking.length - closed(issue.blocking),
      total_blocking: issue.blocking.length,
    };
  }
  return shape;
}

function parentUrl(hub: Hub, issue: Issue): string | null {
  const parent = issue.parentId === null ? undefined : hub.state.issues.get(issue.parentId);
  if (parent === undefined) return null;
  return `${hub.url}/repos/${fullName(hub.state, repositoryById(hub.state, parent.repoId))}/issues/${parent.number}`;
}

function pullMention(hub: Hub, name: string, issue: Issue): Shape {
  if (issue.pull === null) return {};
  const page = `${hub.url}/${name}/pull/${issue.number}`;
  const pull_request = {
    url: `${hub.url}/repos/${name}/pulls/${issue.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: issue.pull.mergedAt,
  };
  return { draft: issue.pull.draft, pull_request };
}

/** GitHub's guess at who somebody is: computed without a viewer, so never good enough to decide by. */
export function association(repo: Repository, userId: number): string {
  if (repo.ownerId === userId) return 'OWNER';
  return repo.collaborators.has(userId) ? 'CONTRIBUTOR' : 'NONE';
}

/** GitHub's `issue-comment`. */
export function commentShape(hub: Hub, issue: Issue, comment: Comment): Shape {
  const repo = repositoryById(hub.state, comment.repoId);
  const name = fullName(hub.state, repo);
  const at = `${hub.url}/repos/${name}/issues/comments/${comment.id}`;
  const page = `${hub.url}/${name}/${issue.pull === null ? 'issues' : 'pull'}/${issue.number}`;
  return {
    url: at,
    html_url: `${page}#issuecomment-${comment.id}`,
    issue_url: `${hub.url}/repos/${name}/issues/${issue.number}`,
    id: comment.id,
    node_id: comment.nodeId,
    user: userOrNull(hub, comment.userId),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    body: comment.body,
    author_association: association(repo, comment.userId),
    reactions: reactionsShape(at, comment.reactions),
    performed_via_github_app: viaApp(hub, comment.appId),
  };
}

/** GitHub's `reaction`. */
export function reactionShape(hub: Hub, reaction: Reaction): Shape {
  return {
    id: reaction.id,
    node_id: reaction.nodeId,
    user: userOrNull(hub, reaction.userId),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

function reactionsShape(at: string, reactions: readonly Reaction[]): Shape {
  const shape: Shape = { url: `${at}/reactions`, total_count: reactions.length };
  for (const content of CONTENTS) shape[content] = reactions.filter((one) => one.content === content).length;
  return shape;
}
