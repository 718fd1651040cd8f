/** The repository's rules as they were read for a decision: contract §2, `roles` and `policy`. */
import type { Role } from '../workflow/definition.ts';
import type { Delegation } from '../workflow/delegation.ts';
import type { Policy } from '../workflow/policy.ts';
import type { Agent } from './agents.ts';

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
  /** Absences: whose roles somebody else holds for a while. */
  readonly delegations?: readonly Delegation[];
  /** Absent: the configuration names none. */
  readonly agents?: readonly Agent[];
  /** What a file says that does not hold, in sentences with their place. */
  readonly notes?: readonly string[];
}
