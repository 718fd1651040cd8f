/** What people do on pull requests: open, push, review, merge, queue. */
import { placeCheckRun, rerequest } from '../acts/checks.ts';
import { addCommit, announcePush, commitTo, idOf } from '../acts/commits.ts';
import { editIssue, setIssueState } from '../acts/issues.ts';
import {
  mergePull,
  openPull,
  pullOf,
  pushToPull,
  requestReviewers,
  retarget,
  setDraft,
} from '../acts/pulls.ts';
import { drop, enqueue, landGroup } from '../acts/queue.ts';
import { dismissReview, editReview, submitReview, type Verdict } from '../acts/reviews.ts';
import { addRepository } from '../acts/seed.ts';
import { accountByLogin, need, repositoryById } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import { Refused } from '../refusal.ts';
import type { CheckRun, Issue, MergeGroup, Repository, Review, Sha } from '../state.ts';
import { homeOf } from './home.ts';

export type PullWish = {
  title: string;
  body?: string;
  branch: string;
  base?: string;
  fork?: boolean;
  draft?: boolean;
  files?: Record<string, string | null>;
  /** Logins named in `Co-authored-by` trailers. */
  coAuthors?: readonly string[];
};

export type PushWish = {
  author?: string;
  committer?: string;
  files?: Record<string, string | null>;
  message?: string;
};

export type PullVerbs = {
  opensPullRequest(wanted: PullWish, repo?: Repository): Issue;
  /** Adds a commit; `author` and `committer` are logins, default the pusher. */
  pushes(pr: Issue, how?: PushWish): Sha;
  forcePushes(pr: Issue, how?: PushWish): Sha;
  retargets(pr: Issue, base: string): void;
  marksReady(pr: Issue): void;
  marksDraft(pr: Issue): void;
  asksReviewOf(pr: Issue, ...logins: string[]): void;
  reviews(pr: Issue, verdict: Verdict, text?: string, at?: { commit?: Sha }): Review;
  editsReview(review: Review, text: string): void;
  dismisses(review: Review): void;
  /** Never throws for GitHub's own no: `merged` is false and `message` says why. */
  merges(pr: Issue): { merged: boolean; message: string; sha: Sha | null; status: number };
  closesPullRequest(pr: Issue): void;
  reopensPullRequest(pr: Issue): void;
  editsPullRequest(pr: Issue, wanted: { title?: string; body?: string }): void;
  rerequests(run: CheckRun): void;
  /** A check of that name made by another app (GitHub Actions), as anyone with a workflow file can. */
  forgesCheck(pr: Issue, name: string, conclusion?: string): CheckRun;
  enqueues(prs: readonly Issue[]): MergeGroup;
  lands(group: MergeGroup): { merged: boolean; message: string };
  dequeues(group: MergeGroup): void;
};

const ACTIONS_APP = 15_368;

function openFrom(hub: Hub, actor: Actor, repo: Repository, wanted: PullWish): Issue {
  const head = wanted.fork === true ? forkFor(hub, actor, repo) : repo;
  need(actor, head, 'write', 'contents');
  const base = wanted.base ?? repo.defaultBranch;
  const trailers = (wanted.coAuthors ?? []).map(
    (login) => `Co-authored-by: ${login} <${login}@users.noreply.example>`,
  );
  const before = head.branches.get(wanted.branch) ?? null;
  const commit = commitTo(hub, head, {
    branch: wanted.branch,
    files: wanted.files ?? { [`${wanted.branch}.txt`]: `${wanted.title}\n` },
    message: [wanted.title, ...trailers].join('\n\n'),
    authorId: actor.user.id,
    parent: before ?? repo.branches.get(base) ?? null,
  });
  announcePush(hub, actor, head, { branch: wanted.branch, before, after: commit.sha });
  const { title, body = null, branch: headRef, draft = false } = wanted;
  return openPull(hub, actor, repo, { title, body, headRef, headRepo: head, baseRef: base, draft });
}

function forkFor(hub: Hub, actor: Actor, repo: Repository): Repository {
  for (const one of hub.state.repositories.values()) {
    if (one.forkOfId === repo.id && one.ownerId === actor.user.id) return one;
  }
  const fork = addRepository(hub, {
    owner: actor.user,
    name: repo.name,
    defaultBranch: repo.defaultBranch,
    forkOfId: repo.id,
  });
  for (const commit of repo.commits.values()) addCommit(fork, commit);
  for (const [branch, sha] of repo.branches) fork.branches.set(branch, sha);
  return fork;
}

function tried(what: () => Sha | null): {
  merged: boolean;
  message: string;
  sha: Sha | null;
  status: number;
} {
  try {
    return { merged: true, message: 'Pull Request successfully merged', sha: what(), status: 200 };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { merged: false, message: String(error.body['message']), sha: null, status: error.status };
  }
}

export function pullVerbs(hub: Hub, actor: Actor): PullVerbs {
  const repoOf = (issue: Issue) => repositoryById(hub.state, issue.repoId);
  const groupRepo = (group: MergeGroup) => {
    for (const repo of hub.state.repositories.values()) if (repo.mergeGroups.includes(group)) return repo;
    throw new Error('this merge group is gone');
  };
  const push = (pr: Issue, how: PushWish, force: boolean) =>
    pushToPull(hub, actor, pr, {
      force,
      authorId: idOf(hub, how.author, actor.user.id),
      committerId: idOf(hub, how.committer ?? how.author, actor.user.id),
      ...(how.files === undefined ? {} : { files: how.files }),
      ...(how.message === undefined ? {} : { message: how.message }),
    });
  return {
    opensPullRequest: (wanted, repo = homeOf(hub)) => openFrom(hub, actor, repo, wanted),
    pushes: (pr, how = {}) => push(pr, how, false),
    forcePushes: (pr, how = {}) => push(pr, how, true),
    retargets: (pr, base) => retarget(hub, actor, pr, base),
    marksReady: (pr) => setDraft(hub, actor, pr, false),
    marksDraft: (pr) => setDraft(hub, actor, pr, true),
    asksReviewOf(pr, ...logins) {
      const users = logins.flatMap((login) => accountByLogin(hub.state, login)?.id ?? []);
      requestReviewers(hub, actor, pr, { users, teams: [] });
    },
    reviews: (pr, state, text = '', at = {}) =>
      submitReview(hub, actor, pr, { state, body: text, commitId: at.commit }),
    editsReview: (review, text) => editReview(hub, actor, review, text),
    dismisses: (review) => dismissReview(hub, actor, review),
    merges: (pr) => tried(() => mergePull(hub, actor, pr)),
    closesPullRequest: (pr) => setIssueState(hub, actor, pr, 'closed'),
    reopensPullRequest: (pr) => setIssueState(hub, actor, pr, 'open'),
    editsPullRequest: (pr, wanted) => editIssue(hub, actor, pr, wanted),
    rerequests: (run) => rerequest(hub, actor, run),
    forgesCheck(pr, name, conclusion = 'success') {
      const wanted = { name, headSha: pullOf(pr).headSha, conclusion, appId: ACTIONS_APP };
      return placeCheckRun(hub, actor, repoOf(pr), wanted);
    },
    enqueues: (prs) => enqueue(hub, actor, prs[0] === undefined ? homeOf(hub) : repoOf(prs[0]), prs),
    lands: (group) =>
      tried(() => {
        landGroup(hub, actor, groupRepo(group), group);
        return null;
      }),
    dequeues: (group) => drop(hub, actor, groupRepo(group), group, 'dequeued'),
  };
}
