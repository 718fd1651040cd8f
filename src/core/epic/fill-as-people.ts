/** Filling roles by people, not by accounts: an agent's approval and its principal's are one person's (contract §2, distinct_approvers). */
import type { Role } from '../workflow/definition.ts';
import { onePerson, standsFor } from './agents.ts';
import { type Candidate, type Filled, fillRoles } from './fill-roles.ts';
import type { Rules } from './policy.ts';

/** `fillRoles` with the accounts of one person taken together; whoever holds the role is named for it. */
export const fillAsPeople = (
  roles: readonly Role[],
  candidates: readonly Candidate[],
  rules: Rules,
): readonly Filled[] => {
  if (!rules.policy.distinctApprovers || rules.agents === undefined)
    return fillRoles(roles, candidates, rules.policy.distinctApprovers);
  const accountsOf = (id: number): readonly Candidate[] =>
    candidates.filter(({ by }) => onePerson(rules, by.id, id));
  const people = candidates
    .filter(({ by }) => accountsOf(by.id)[0]?.by.id === by.id)
    .map(({ by }) => ({ by, roles: accountsOf(by.id).flatMap((one) => one.roles) }));
  return fillRoles(roles, people, true).map(({ role, by }) => ({
    role,
    by: accountsOf(standsFor(rules, by.id)).find((one) => one.roles.includes(role))?.by ?? by,
  }));
};
