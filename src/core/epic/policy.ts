/** The repository's rules as they were read for a decision: contract §2, `roles` and `policy`. */
import type { Role } from '../workflow/definition.ts';

/** `policy:` of gatehouse.yml with its defaults filled in. */
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
}

/** A role and the names that hold it, for showing who can act; membership itself is asked of GitHub. */
export interface RoleHolders {
  readonly role: Role;
  /** `octo-em` or `@acme/managers`, as written. */
  readonly names: readonly string[];
}

/** What the repository's configuration said when it was last read. */
export interface Rules {
  readonly policy: Policy;
  readonly roles: readonly RoleHolders[];
}

/** Contract §2's defaults. */
export const defaultPolicy: Policy = {
  selfApproval: false,
  distinctApprovers: true,
  staleOnPush: true,
  overrideRoles: [],
  unlinkedPullRequests: 'pass',
  closeEpic: true,
};
