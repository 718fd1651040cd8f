/** What can happen to a pull request, with the webhooks GitHub sends for it. */
import { accountById, need, repositoryById } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import { nextId } from '../ids.ts';
import { invalid, notFound, Refused } from '../refusal.ts';
import { userOrNull } from '../shapes/account.ts';
import { teamShape } from '../shapes/team.ts';
import type { Issue, Pull, Repository, Sha, Team } from '../state.ts';
import { unmetChecks } from './checks.ts';
import { addCommit, announcePush, commitsBetween, commitTo, makeCommit } from './commits.ts';
import { announceIssue, draftIssue, setIssueState } from './issues.ts';

const CLOSING = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)/gi;

export type NewPull = {
  title: string;
  body?: string | null;
  headRef: string;
  headRepo: Repository;
  baseRef: string;
  draft?: boolean;
};

/** The pull request an issue is; 404 for a plain issue. */
export function pullOf(issue: Issue): Pull {
  if (issue.pull === null) throw notFound();
  return issue.pull;
}

/** Opens a pull request from a branch that exists; 422 when there is nothing between head and base. */
export function openPull(hub: Hub, actor: Actor, repo: Repository, wanted: NewPull): Issue {
  need(actor, repo, actor.app === null ? 'read' : 'write', 'pull_requests');
  const headSha = wanted.headRepo.branches.get(wanted.headRef);
  const baseSha = repo.branches.get(wanted.baseRef);
  if (headSha === undefined) throw invalid('PullRequest', 'head', 'invalid');
  if (baseSha === undefined) throw invalid('PullRequest', 'base', 'invalid');
  carry(wanted.headRepo, repo);
  const commits = commitsBetween(repo, baseSha, headSha).map((commit) => commit.sha);
  if (commits.length === 0) {
    throw new Refused(422, 'Validation Failed', {
      errors: [
        {
          resource: 'PullRequest',
          code: 'custom',
          message: `No commits between ${wanted.baseRef} and ${wanted.headRef}`,
        },
      ],
    });
  }
  const pull: Pull = {
    id: nextId(hub.state),
    baseRef: wanted.baseRef,
    baseSha,
    headRef: wanted.headRef,
    headSha,
    headRepoId: wanted.headRepo.id,
    commits,
    draft: wanted.draft ?? false,
    mergedAt: null,
    mergedById: null,
    mergeCommitSha: null,
    requestedReviewers: [],
    requestedTeams: [],
    reviews: [],
  };
  const issue = draftIssue(hub, actor, repo, { title: wanted.title, body: wanted.body ?? null }, pull);
  announceIssue(hub, actor, issue, 'opened');
  return issue;
}

// GitHub keeps a fork's commits reachable from the base repository under refs/pull.
function carry(from: Repository, to: Repository): void {
  if (from === to) return;
  for (const commit of from.commits.values()) addCommit(to, commit);
}

export type NewHead = {
  files?: Record<string, string | null>;
  message?: string;
  authorId?: number;
  committerId?: number;
  /** Rewrites the branch from the base instead of adding to it. */
  force?: boolean;
};

/** Pushes one commit to the pull request's branch: `push` (not from forks) and `synchronize`. */
export function pushToPull(hub: Hub, actor: Actor, issue: Issue, wanted: NewHead): Sha {
  const repo = repositoryById(hub.state, issue.repoId);
  const pull = pullOf(issue);
  const head = pull.headRepoId === null ? undefined : hub.state.repositories.get(pull.headRepoId);
  if (head === undefined) throw notFound();
  need(actor, head, 'write', 'contents');
  const before = pull.headSha;
  const commit = commitTo(hub, head, {
    branch: pull.headRef,
    files: wanted.files ?? { [`work-${nextId(hub.state)}.txt`]: 'more work\n' },
    message: wanted.message ?? 'more work',
    authorId: wanted.authorId ?? actor.user.id,
    committerId: wanted.committerId ?? actor.user.id,
    parent: wanted.force === true ? pull.baseSha : before,
  });
  carry(head, repo);
  pull.headSha = commit.sha;
  pull.commits = commitsBetween(repo, pull.baseSha, commit.sha).map((one) => one.sha);
  issue.updatedAt = hub.now();
  announcePush(hub, actor, head, {
    branch: pull.headRef,
    before,
    after: commit.sha,
    forced: wanted.force ?? false,
  });
  if (issue.state === 'open') announceIssue(hub, actor, issue, 'synchronize', { before, after: commit.sha });
  return commit.sha;
}

/** Points the pull request at another base branch. */
export function retarget(hub: Hub, actor: Actor, issue: Issue, baseRef: string): void {
  const repo = repositoryById(hub.state, issue.repoId);
  const pull = pullOf(issue);
  const baseSha = repo.branches.get(baseRef);
  if (baseSha === undefined) throw invalid('PullRequest', 'base', 'invalid');
  const changes = { base: { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } } };
  Object.assign(pull, {
    baseRef,
    baseSha,
    commits: commitsBetween(repo, baseSha, pull.headSha).map((one) => one.sha),
  });
  issue.updatedAt = hub.now();
  announceIssue(hub, actor, issue, 'edited', { changes });
}

/** Draft or ready for review. */
export function setDraft(hub: Hub, actor: Actor, issue: Issue, draft: boolean): void {
  const pull = pullOf(issue);
  if (pull.draft === draft) return;
  pull.draft = draft;
  announceIssue(hub, actor, issue, draft ? 'converted_to_draft' : 'ready_for_review');
}

/** Asks people and teams for a review, one webhook each. */
export function requestReviewers(
  hub: Hub,
  actor: Actor,
  issue: Issue,
  whom: { users: number[]; teams: Team[] },
): void {
  need(actor, repositoryById(hub.state, issue.repoId), 'write', 'pull_requests');
  const pull = pullOf(issue);
  for (const id of whom.users) {
    if (id === issue.userId) throw new Refused(422, 'Review cannot be requested from pull request author.');
    if (!pull.requestedReviewers.includes(id)) pull.requestedReviewers.push(id);
    announceIssue(hub, actor, issue, 'review_requested', { requested_reviewer: userOrNull(hub, id) });
  }
  for (const team of whom.teams) {
    if (!pull.requestedTeams.includes(team.id)) pull.requestedTeams.push(team.id);
    announceIssue(hub, actor, issue, 'review_requested', { requested_team: teamShape(hub, team) });
  }
}

/** Merges: 405 while a required check is missing or the pull request is no candidate, 409 when `sha` is not the head. */
export function mergePull(hub: Hub, actor: Actor, issue: Issue, sha?: Sha): Sha {
  const repo = repositoryById(hub.state, issue.repoId);
  need(actor, repo, 'write', 'contents');
  const pull = pullOf(issue);
  if (issue.state !== 'open') throw new Refused(405, 'Pull Request is not mergeable');
  if (pull.draft) throw new Refused(405, 'Pull Request is still a draft');
  if (sha !== undefined && sha !== pull.headSha) {
    throw new Refused(409, 'Head branch was modified. Review and try the merge again.');
  }
  const unmet = unmetChecks(repo, pull);
  if (unmet.length > 0) throw new Refused(405, unmet.join(' '));
  return landPull(hub, actor, issue);
}

/** Puts the pull request on its base branch, whatever the checks say; used by merge and by the queue. */
export function landPull(hub: Hub, actor: Actor, issue: Issue): Sha {
  const repo = repositoryById(hub.state, issue.repoId);
  const pull = pullOf(issue);
  const before = repo.branches.get(pull.baseRef) ?? pull.baseSha;
  const files = new Map(repo.commits.get(before)?.files);
  for (const [path, text] of repo.commits.get(pull.headSha)?.files ?? []) files.set(path, text);
  const merge = makeCommit(hub, {
    parents: [before, pull.headSha],
    message: mergeMessage(hub, issue),
    authorId: actor.user.id,
    committerId: actor.user.id,
    files,
  });
  addCommit(repo, merge);
  repo.branches.set(pull.baseRef, merge.sha);
  closeAsMerged(hub, actor, issue, merge.sha);
  announcePush(hub, actor, repo, { branch: pull.baseRef, before, after: merge.sha });
  if (pull.baseRef === repo.defaultBranch) closeMentioned(hub, actor, repo, issue);
  return merge.sha;
}

/** What GitHub writes into the commit that merges a pull request. */
export function mergeMessage(hub: Hub, issue: Issue): string {
  const pull = pullOf(issue);
  const head = hub.state.repositories.get(pull.headRepoId ?? 0);
  const owner = head === undefined ? 'ghost' : accountById(hub.state, head.ownerId).login;
  return `Merge pull request #${issue.number} from ${owner}/${pull.headRef}\n\n${issue.title}`;
}

function closeAsMerged(hub: Hub, actor: Actor, issue: Issue, sha: Sha): void {
  const now = hub.now();
  const merged = { mergedAt: now, mergedById: actor.user.id, mergeCommitSha: sha };
  Object.assign(pullOf(issue), merged);
  Object.assign(issue, { state: 'closed', closedAt: now, closedById: actor.user.id, updatedAt: now });
  announceIssue(hub, actor, issue, 'closed');
}

// "Closes #12" closes issue 12 when it lands on the default branch, in the name of who merged.
function closeMentioned(hub: Hub, actor: Actor, repo: Repository, issue: Issue): void {
  for (const match of (issue.body ?? '').matchAll(CLOSING)) {
    const mentioned = repo.issues.get(Number(match[1]));
    if (mentioned !== undefined && mentioned.pull === null) setIssueState(hub, actor, mentioned, 'closed');
  }
}
