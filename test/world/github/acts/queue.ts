/** The merge queue: groups of pull requests that land together or not at all. */
import { fullName, need } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import { Refused } from '../refusal.ts';
import { pushedCommitShape } from '../shapes/commit.ts';
import type { Issue, MergeGroup, Repository, Sha } from '../state.ts';
import { unmetChecks } from './checks.ts';
import { addCommit, makeCommit } from './commits.ts';
import { announceIssue } from './issues.ts';
import { landPull, mergeMessage, pullOf } from './pulls.ts';

function announce(
  hub: Hub,
  actor: Actor,
  repo: Repository,
  group: MergeGroup,
  action: string,
  reason?: string,
): void {
  const head = repo.commits.get(group.headSha);
  if (head === undefined) throw new Error(`merge group without its commit in ${fullName(hub.state, repo)}`);
  const merge_group = {
    head_sha: group.headSha,
    head_ref: `refs/heads/${group.headRef}`,
    base_sha: group.baseSha,
    base_ref: `refs/heads/${group.baseRef}`,
    head_commit: pushedCommitShape(hub, repo, head, []),
  };
  const body = reason === undefined ? { merge_group } : { merge_group, reason };
  hub.announce({ event: 'merge_group', action, sender: actor.user, repo, body });
}

/** Queues pull requests as one group and asks for its checks. */
export function enqueue(hub: Hub, actor: Actor, repo: Repository, issues: readonly Issue[]): MergeGroup {
  need(actor, repo, 'write', 'merge_queues');
  const first = issues[0];
  const last = issues.at(-1);
  if (first === undefined || last === undefined) throw new Refused(422, 'Nothing to queue');
  const baseRef = pullOf(first).baseRef;
  const baseSha = repo.branches.get(baseRef) ?? pullOf(first).baseSha;
  let headSha = baseSha;
  for (const issue of issues) headSha = stack(hub, actor, repo, { under: headSha, issue });
  const headRef = `gh-readonly-queue/${baseRef}/pr-${last.number}-${baseSha}`;
  repo.branches.set(headRef, headSha);
  const pulls = issues.map((issue) => issue.number);
  const group = { headSha, headRef, baseSha, baseRef, pulls, createdAt: hub.now() };
  repo.mergeGroups.push(group);
  for (const issue of issues) announceIssue(hub, actor, issue, 'enqueued');
  announce(hub, actor, repo, group, 'checks_requested');
  return group;
}

// One merge commit per pull request, each upon the one before, as GitHub's queue stacks them.
function stack(hub: Hub, actor: Actor, repo: Repository, at: { under: Sha; issue: Issue }): Sha {
  const pull = pullOf(at.issue);
  const files = new Map(repo.commits.get(at.under)?.files);
  for (const [path, text] of repo.commits.get(pull.headSha)?.files ?? []) files.set(path, text);
  const by = { authorId: actor.user.id, committerId: actor.user.id };
  const commit = makeCommit(hub, {
    parents: [at.under, pull.headSha],
    message: mergeMessage(hub, at.issue),
    ...by,
    files,
  });
  addCommit(repo, commit);
  return commit.sha;
}

/** Lands a group whose required checks passed; 405 otherwise. */
export function landGroup(hub: Hub, actor: Actor, repo: Repository, group: MergeGroup): void {
  const unmet = unmetChecks(repo, group);
  if (unmet.length > 0) throw new Refused(405, unmet.join(' '));
  drop(hub, actor, repo, group, 'merged');
  for (const number of group.pulls) {
    const issue = repo.issues.get(number);
    if (issue !== undefined && issue.state === 'open') landPull(hub, actor, issue);
  }
}

/** Takes a group out of the queue without landing it. */
export function drop(
  hub: Hub,
  actor: Actor,
  repo: Repository,
  group: MergeGroup,
  reason: 'merged' | 'dequeued' | 'invalidated',
): void {
  repo.mergeGroups = repo.mergeGroups.filter((one) => one !== group);
  repo.branches.delete(group.headRef);
  announce(hub, actor, repo, group, 'destroyed', reason);
}
