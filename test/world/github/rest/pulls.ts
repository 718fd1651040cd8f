/** Pull requests and their reviews. */
import { changedFiles } from '../acts/commits.ts';
import { editIssue, setIssueState } from '../acts/issues.ts';
import { mergePull, openPull, pullOf, requestReviewers, retarget } from '../acts/pulls.ts';
import { dismissReview, editReview, submitReview, type Verdict } from '../acts/reviews.ts';
import { accountById, accountByLogin, fullName, teamBySlug } from '../find.ts';
import { invalid, notFound, Refused } from '../refusal.ts';
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
  text,
  texts,
} from '../request.ts';
import { commitShape, diffEntryShape } from '../shapes/commit.ts';
import { pullShape, pullSimpleShape, reviewShape } from '../shapes/pull.ts';
import type { Issue, Review } from '../state.ts';

const VERDICTS: Record<string, Verdict> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

function pullIssue(call: Call): Issue {
  const issue = issueOf(call, 'pull_number');
  pullOf(issue);
  return issue;
}

function at(call: Call, more: string): string {
  return `/repos/${fullName(call.hub.state, repoOf(call))}/pulls${more}`;
}

function list(call: Call): Answer {
  const state = call.query.get('state') ?? 'open';
  const head = call.query.get('head');
  const base = call.query.get('base');
  const shown = repoOf(call).pulls.filter((issue) => {
    const pull = pullOf(issue);
    const headRepo = call.hub.state.repositories.get(pull.headRepoId ?? 0);
    const label =
      headRepo === undefined ? '' : `${accountById(call.hub.state, headRepo.ownerId).login}:${pull.headRef}`;
    if (state !== 'all' && issue.state !== state) return false;
    return (head === null || label === head) && (base === null || pull.baseRef === base);
  });
  return page(call, at(call, ''), shown.toReversed(), (issue) =>
    pullSimpleShape(call.hub, issue, pullOf(issue)),
  );
}

function create(call: Call): Answer {
  const repo = repoOf(call);
  const [owner, branch] = needText(call.body, 'head').split(':');
  const headRef = branch ?? owner ?? '';
  const fork = branch === undefined ? repo : forkOf(call, owner ?? '');
  const issue = openPull(call.hub, asker(call), repo, {
    title: needText(call.body, 'title'),
    body: text(call.body, 'body') ?? null,
    headRef,
    headRepo: fork,
    baseRef: needText(call.body, 'base'),
    draft: call.body['draft'] === true,
  });
  return ok(pullShape(call.hub, issue, pullOf(issue)), 201);
}

function forkOf(call: Call, login: string) {
  const repo = repoOf(call);
  const owner = accountByLogin(call.hub.state, login);
  if (owner?.id === repo.ownerId) return repo;
  const fork = [...call.hub.state.repositories.values()].find(
    (one) => one.ownerId === owner?.id && one.forkOfId === repo.id,
  );
  if (fork === undefined) throw invalid('PullRequest', 'head', 'invalid');
  return fork;
}

function update(call: Call): Answer {
  const issue = pullIssue(call);
  const actor = asker(call);
  const title = text(call.body, 'title');
  const body = text(call.body, 'body');
  editIssue(call.hub, actor, issue, {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
  });
  const base = text(call.body, 'base');
  if (base !== undefined) retarget(call.hub, actor, issue, base);
  const state = text(call.body, 'state');
  if (state === 'open' || state === 'closed') setIssueState(call.hub, actor, issue, state);
  return ok(pullShape(call.hub, issue, pullOf(issue)));
}

function commits(call: Call): Answer {
  const repo = repoOf(call);
  const issue = pullIssue(call);
  const all = pullOf(issue).commits.flatMap((sha) => repo.commits.get(sha) ?? []);
  return page(call, at(call, `/${issue.number}/commits`), all, (one) => commitShape(call.hub, repo, one));
}

function files(call: Call): Answer {
  const repo = repoOf(call);
  const issue = pullIssue(call);
  const { baseSha, headSha } = pullOf(issue);
  const head = repo.commits.get(headSha);
  if (head === undefined) throw notFound();
  return page(call, at(call, `/${issue.number}/files`), changedFiles(repo, baseSha, headSha), (file) =>
    diffEntryShape(call.hub, repo, head, file),
  );
}

function merge(call: Call): Answer {
  const sha = mergePull(call.hub, asker(call), pullIssue(call), text(call.body, 'sha'));
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

function isMerged(call: Call): Answer {
  if (pullOf(pullIssue(call)).mergedAt === null) throw notFound();
  return { status: 204 };
}

function reviewOf(call: Call, issue: Issue): Review {
  const review = pullOf(issue).reviews.find((one) => one.id === Number(param(call, 'review_id')));
  if (review === undefined) throw notFound();
  return review;
}

function createReview(call: Call): Answer {
  const issue = pullIssue(call);
  const state = VERDICTS[text(call.body, 'event') ?? 'COMMENT'];
  if (state === undefined)
    throw new Refused(422, 'Unprocessable Entity', {
      errors: ['Variable $event was provided invalid value'],
    });
  const given = { state, body: text(call.body, 'body') ?? '', commitId: text(call.body, 'commit_id') };
  return ok(reviewShape(call.hub, issue, submitReview(call.hub, asker(call), issue, given)));
}

function reviews(call: Call): Answer {
  const issue = pullIssue(call);
  return page(call, at(call, `/${issue.number}/reviews`), pullOf(issue).reviews, (one) =>
    reviewShape(call.hub, issue, one),
  );
}

function changeReview(call: Call, change: (review: Review) => void): Answer {
  const issue = pullIssue(call);
  const review = reviewOf(call, issue);
  change(review);
  return ok(reviewShape(call.hub, issue, review));
}

function request(call: Call): Answer {
  const { hub } = call;
  const owner = accountById(hub.state, repoOf(call).ownerId);
  const users = (texts(call.body, 'reviewers') ?? []).flatMap(
    (login) => accountByLogin(hub.state, login)?.id ?? [],
  );
  const teams = (texts(call.body, 'team_reviewers') ?? []).flatMap(
    (slug) => teamBySlug(hub.state, owner, slug) ?? [],
  );
  const issue = pullIssue(call);
  requestReviewers(hub, asker(call), issue, { users, teams });
  return ok(pullSimpleShape(hub, issue, pullOf(issue)), 201);
}

function requested(call: Call): Answer {
  const issue = pullIssue(call);
  const { requested_reviewers: users, requested_teams: teams } = pullSimpleShape(
    call.hub,
    issue,
    pullOf(issue),
  );
  return ok({ users, teams });
}

const PULL = '/repos/{owner}/{repo}/pulls/{pull_number}';

export const pullRoutes: readonly Route[] = [
  route('GET', '/repos/{owner}/{repo}/pulls', list),
  route('POST', '/repos/{owner}/{repo}/pulls', create),
  route('GET', PULL, (call) => ok(pullShape(call.hub, pullIssue(call), pullOf(pullIssue(call))))),
  route('PATCH', PULL, update),
  route('GET', `${PULL}/commits`, commits),
  route('GET', `${PULL}/files`, files),
  route('PUT', `${PULL}/merge`, merge),
  route('GET', `${PULL}/merge`, isMerged),
  route('GET', `${PULL}/reviews`, reviews),
  route('POST', `${PULL}/reviews`, createReview),
  route('GET', `${PULL}/reviews/{review_id}`, (call) => changeReview(call, () => undefined)),
  route('PUT', `${PULL}/reviews/{review_id}`, (call) =>
    changeReview(call, (review) => editReview(call.hub, asker(call), review, needText(call.body, 'body'))),
  ),
  route('PUT', `${PULL}/reviews/{review_id}/dismissals`, (call) =>
    changeReview(call, (review) => dismissReview(call.hub, asker(call), review)),
  ),
  route('GET', `${PULL}/requested_reviewers`, requested),
  route('POST', `${PULL}/requested_reviewers`, request),
];
