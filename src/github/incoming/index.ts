/** The registry of deliveries that mean something; every other one is stored, ignored and answered 2xx. */
import { checkRunRerequested, checkSuiteRerequested } from './check-rerequested.ts';
import { checkRunCompleted } from './check-run-completed.ts';
import { installation } from './installation.ts';
import { installationRepositories } from './installation-repositories.ts';
import { issueCommentChanged } from './issue-comment-changed.ts';
import { issueCommentCreated } from './issue-comment-created.ts';
import { issuesChanged } from './issues-changed.ts';
import { issuesGone } from './issues-gone.ts';
import { issuesLabeled } from './issues-labeled.ts';
import { issuesOpened } from './issues-opened.ts';
import { issuesUnlabeled } from './issues-unlabeled.ts';
import { member, membership, organizationMember, team } from './membership.ts';
import { mergeGroup } from './merge-group.ts';
import { pullRequestChanged } from './pull-request-changed.ts';
import { pullRequestReview } from './pull-request-review.ts';
import { push } from './push.ts';
import type { Reader } from './reader.ts';
import { repository } from './repository.ts';

/** Every reader; no two of them read the same event and action. */
export const readers: readonly Reader[] = [
  issuesLabeled,
  issuesUnlabeled,
  issuesOpened,
  issuesChanged,
  issuesGone,
  issueCommentCreated,
  issueCommentChanged,
  pullRequestChanged,
  pullRequestReview,
  checkRunRerequested,
  checkSuiteRerequested,
  checkRunCompleted,
  mergeGroup,
  push,
  membership,
  member,
  organizationMember,
  team,
  installation,
  installationRepositories,
  repository,
];

/** The reader for a delivery, if it can mean anything to us. */
export const readerFor = (event: string, action: string): Reader | undefined =>
  readers.find(
    (reader) => reader.event === event && (reader.actions.length === 0 || reader.actions.includes(action)),
  );
