/** Reviews of pull requests. */
import { need, repositoryById } from '../find.ts';
import type { Actor, Hub, Shape } from '../hub.ts';
import { nextId, nodeId } from '../ids.ts';
import { invalid, notFound, Refused } from '../refusal.ts';
import { pullSimpleShape, reviewShape } from '../shapes/pull.ts';
import type { Issue, Review, Sha } from '../state.ts';
import { pullOf } from './pulls.ts';

export type Verdict = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';

function announce(
  hub: Hub,
  actor: Actor,
  issue: Issue,
  review: Review,
  action: string,
  more: Shape = {},
): void {
  const repo = repositoryById(hub.state, issue.repoId);
  const pull_request = pullSimpleShape(hub, issue, pullOf(issue));
  const body = { review: reviewShape(hub, issue, review, true), pull_request, ...more };
  hub.announce({ event: 'pull_request_review', action, sender: actor.user, repo, body });
}

/** Gives a review on a commit (default: the head); nobody approves or rejects their own pull request. */
export function submitReview(
  hub: Hub,
  actor: Actor,
  issue: Issue,
  given: { state: Verdict; body: string; commitId?: Sha | undefined },
): Review {
  const repo = repositoryById(hub.state, issue.repoId);
  need(actor, repo, actor.app === null ? 'read' : 'write', 'pull_requests');
  const pull = pullOf(issue);
  if (issue.userId === actor.user.id && given.state !== 'COMMENTED') {
    const what = given.state === 'APPROVED' ? 'approve' : 'request changes on';
    throw new Refused(422, 'Unprocessable Entity', { errors: [`Can not ${what} your own pull request`] });
  }
  if (given.state !== 'APPROVED' && given.body.trim() === '')
    throw invalid('PullRequestReview', 'body', 'missing_field');
  const commitId = given.commitId ?? pull.headSha;
  if (!repo.commits.has(commitId)) throw invalid('PullRequestReview', 'commit_id', 'invalid');
  const id = nextId(hub.state);
  const review: Review = {
    id,
    nodeId: nodeId('Review', id),
    issueId: issue.id,
    userId: actor.user.id,
    body: given.body,
    state: given.state,
    commitId,
    submittedAt: hub.now(),
  };
  pull.reviews.push(review);
  pull.requestedReviewers = pull.requestedReviewers.filter((one) => one !== actor.user.id);
  announce(hub, actor, issue, review, 'submitted');
  return review;
}

/** The pull request a review is on. */
function issueOfReview(hub: Hub, review: Review): Issue {
  const issue = hub.state.issues.get(review.issueId);
  if (issue === undefined) throw notFound();
  return issue;
}

/** Rewrites a review's text: only its author. */
export function editReview(hub: Hub, actor: Actor, review: Review, body: string): void {
  if (review.userId !== actor.user.id) throw new Refused(403, 'Must have admin rights to Repository.');
  const changes = { body: { from: review.body } };
  review.body = body;
  announce(hub, actor, issueOfReview(hub, review), review, 'edited', { changes });
}

/** Takes a verdict out of force; 422 for one that is only a comment. */
export function dismissReview(hub: Hub, actor: Actor, review: Review): void {
  const issue = issueOfReview(hub, review);
  need(actor, repositoryById(hub.state, issue.repoId), 'write', 'pull_requests');
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw new Refused(422, 'Unprocessable Entity', {
      errors: ['Can not dismiss a commented pull request review'],
    });
  }
  review.state = 'DISMISSED';
  announce(hub, actor, issue, review, 'dismissed');
}
