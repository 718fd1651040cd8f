/** Which approver fills which role: a matching, so that nobody's order of approving can cost a role (contract §2, distinct_approvers). */
import type { Role } from '../workflow/definition.ts';
import type { Person } from './person.ts';

/** Somebody who approves, and the gate's roles they can fill. */
export interface Candidate {
  readonly by: Person;
  readonly roles: readonly Role[];
}

/** A role with the person who fills it. */
export interface Filled {
  readonly role: Role;
  readonly by: Person;
}

type Taken = Map<Role, Candidate>;

/** One augmenting path: gives `candidate` a role, moving earlier candidates to others where that is possible. */
const place = (candidate: Candidate, roles: readonly Role[], taken: Taken, tried: Set<Role>): boolean => {
  for (const role of roles) {
    if (!candidate.roles.includes(role) || tried.has(role)) continue;
    tried.add(role);
    const holder = taken.get(role);
    if (holder === undefined || place(holder, roles, taken, tried)) {
      taken.set(role, candidate);
      return true;
    }
  }
  return false;
};

/**
 * Fills as many of `roles` as the candidates can.
 * `distinct`: each person fills at most one (a maximum matching); otherwise each fills all they hold.
 */
export const fillRoles = (
  roles: readonly Role[],
  candidates: readonly Candidate[],
  distinct: boolean,
): readonly Filled[] => {
  if (!distinct) {
    return roles.flatMap((role) => {
      const candidate = candidates.find((one) => one.roles.includes(role));
      return candidate === undefined ? [] : [{ role, by: candidate.by }];
    });
  }
  const taken: Taken = new Map();
  for (const candidate of candidates) place(candidate, roles, taken, new Set());
  return roles.flatMap((role) => {
    const candidate = taken.get(role);
    return candidate === undefined ? [] : [{ role, by: candidate.by }];
  });
};
