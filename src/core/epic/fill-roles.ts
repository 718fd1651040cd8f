/** Which approver fills which role: a matching, so that nobody's order of approving can cost a role (contract §2, distinct_approvers). */
import type { Role } from '../workflow/definition.ts';

/** Somebody, or some together, who approve, and the gate's roles they can fill. */
export interface Candidate {
  readonly roles: readonly Role[];
}

type Taken<One extends Candidate> = Map<Role, One>;

/** One augmenting path: gives `candidate` a role, moving earlier candidates to others where that is possible. */
const place = <One extends Candidate>(
  candidate: One,
  roles: readonly Role[],
  taken: Taken<One>,
  tried: Set<Role>,
): boolean => {
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

/** Fills as many of `roles` as the candidates can, each of them at most one: a maximum matching, by role. */
export const fillRoles = <One extends Candidate>(
  roles: readonly Role[],
  candidates: readonly One[],
): ReadonlyMap<Role, One> => {
  const taken: Taken<One> = new Map();
  for (const candidate of candidates) place(candidate, roles, taken, new Set());
  return taken;
};
