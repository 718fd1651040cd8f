/** `policy:` of gatehouse.yml with its defaults filled in (contract §2). */
import type { Role } from './definition.ts';
import type { OfficeHours } from './office-hours.ts';
import type { Reviewers } from './reviewers.ts';
import type { WorkInProgress } from './wip.ts';

/** The rules of a repository. */
export interface Policy {
  /** false: the claimant, a pull request's author and its committers never approve it. */
  readonly selfApproval: boolean;
  /** true: one person fills one approver role of a gate. */
  readonly distinctApprovers: boolean;
  /** true: approvals of an older head do not count. */
  readonly staleOnPush: boolean;
  /** Who may /skip, /override, /cancel, /pause. */
  readonly overrideRoles: readonly Role[];
  readonly unlinkedPullRequests: 'pass' | 'block';
  readonly closeEpic: boolean;
  /** false: no deadline of any workflow runs. */
  readonly deadlines: boolean;
  /** Absent: deadlines run all the time. */
  readonly officeHours?: OfficeHours;
  /** Absent: everybody of a role is asked. */
  readonly reviewers?: Reviewers;
  /** Absent: no limits. */
  readonly wip?: WorkInProgress;
}

/** Contract §2's defaults. */
export const standardPolicy: Policy = {
  selfApproval: false,
  distinctApprovers: true,
  staleOnPush: true,
  overrideRoles: [],
  unlinkedPullRequests: 'pass',
  closeEpic: true,
  deadlines: true,
};
