/** How GitHub writes pull requests and reviews. */

import { changedFiles } from '../acts/commits.ts';
import { fullName, labelsOf, repositoryById } from '../find.ts';
import type { Hub, Shape } from '../hub.ts';
import type { Issue, Pull, Repository, Review } from '../state.ts';
import { userOrNull } from './account.ts';
import { association } from './issue.ts';
import { labelShape, repositoryShape } from './repository.ts';
import { teamShape } from './team.ts';

/** GitHub's `pull-request-simple`: what lists answer. */
export function pullSimpleShape(hub: Hub, issue: Issue, pull: Pull): Shape {
  const repo = repositoryById(hub.state, issue.repoId);
  const name = fullName(hub.state, repo);
  const at = `${hub.url}/repos/${name}/pulls/${issue.number}`;
  const assignees = issue.assignees.map((id) => userOrNull(hub, id));
  return {
    ...places(hub, name, issue, pull),
    id: pull.id,
    node_id: issue.nodeId,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: userOrNull(hub, issue.userId),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: pull.requestedReviewers.map((id) => userOrNull(hub, id)),
    requested_teams: pull.requestedTeams.flatMap((id) => {
      const team = hub.state.teams.get(id);
      return team === undefined ? [] : [teamShape(hub, team)];
    }),
    labels: labelsOf(repo, issue).map((label) => labelShape(hub, repo, label)),
    milestone: null,
    draft: pull.draft,
    head: end(hub, headRepo(hub, pull), pull.headRef, pull.headSha, issue.userId),
    base: end(hub, repo, pull.baseRef, pull.baseSha, repo.ownerId),
    _links: links(at, places(hub, name, issue, pull)),
    author_association: association(repo, issue.userId),
    auto_merge: null,
    active_lock_reason: issue.lockReason,
  };
}

/** GitHub's `pull-request`: what one answers, and what webhooks carry. */
export function pullShape(hub: Hub, issue: Issue, pull: Pull): Shape {
  const repo = repositoryById(hub.state, issue.repoId);
  const files = changedFiles(repo, pull.baseSha, pull.headSha);
  const open = issue.state === 'open';
  return {
    ...pullSimpleShape(hub, issue, pull),
    merged: pull.mergedAt !== null,
    mergeable: open ? true : null,
    rebaseable: open ? true : null,
    mergeable_state: open ? (pull.draft ? 'draft' : 'clean') : 'unknown',
    merged_by: userOrNull(hub, pull.mergedById),
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: pull.headRepoId !== issue.repoId,
    commits: pull.commits.length,
    additions: files.length,
    deletions: 0,
    changed_files: files.length,
  };
}

function headRepo(hub: Hub, pull: Pull): Repository | null {
  return pull.headRepoId === null ? null : (hub.state.repositories.get(pull.headRepoId) ?? null);
}

function end(hub: Hub, repo: Repository | null, ref: string, sha: string, userId: number): Shape {
  const user = userOrNull(hub, repo?.ownerId ?? userId);
  const login = typeof user?.['login'] === 'string' ? user['login'] : 'unknown repository';
  return {
    label: `${login}:${ref}`,
    ref,
    sha,
    user,
    repo: repo === null ? null : repositoryShape(hub, repo),
  };
}

function places(hub: Hub, name: string, issue: Issue, pull: Pull): Record<string, string> {
  const at = `${hub.url}/repos/${name}/pulls/${issue.number}`;
  const page = `${hub.url}/${name}/pull/${issue.number}`;
  return {
    url: at,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: `${hub.url}/repos/${name}/issues/${issue.number}`,
    commits_url: `${at}/commits`,
    review_comments_url: `${at}/comments`,
    review_comment_url: `${hub.url}/repos/${name}/pulls/comments{/number}`,
    comments_url: `${hub.url}/repos/${name}/issues/${issue.number}/comments`,
    statuses_url: `${hub.url}/repos/${name}/statuses/${pull.headSha}`,
  };
}

function links(at: string, urls: Record<string, string>): Shape {
  const to = (key: string) => ({ href: urls[key] ?? at });
  return {
    self: { href: at },
    html: to('html_url'),
    issue: to('issue_url'),
    comments: to('comments_url'),
    review_comments: to('review_comments_url'),
    review_comment: to('review_comment_url'),
    commits: to('commits_url'),
    statuses: to('statuses_url'),
  };
}

/** GitHub's `pull-request-review`; REST writes the state in capitals, webhooks in small letters. */
export function reviewShape(hub: Hub, issue: Issue, review: Review, small = false): Shape {
  const repo = repositoryById(hub.state, issue.repoId);
  const name = fullName(hub.state, repo);
  const page = `${hub.url}/${name}/pull/${issue.number}#pullrequestreview-${review.id}`;
  const pull = `${hub.url}/repos/${name}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: review.nodeId,
    user: userOrNull(hub, review.userId),
    body: small && review.body === '' ? null : review.body,
    state: small ? review.state.toLowerCase() : review.state,
    html_url: page,
    pull_request_url: pull,
    author_association: association(repo, review.userId),
    _links: { html: { href: page }, pull_request: { href: pull } },
    submitted_at: review.submittedAt,
    ...(small ? { updated_at: review.submittedAt } : {}),
    commit_id: review.commitId,
  };
}
