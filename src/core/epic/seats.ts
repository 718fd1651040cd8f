/** Whoever stands for somebody, or works for them as their agent, sits on their seat: a gate counts them for one role together. */
import type { Role } from '../workflow/definition.ts';
import { standsFor } from './agents.ts';
import { type Candidate, fillRoles } from './fill-roles.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';
import type { Substitution } from './substitution.ts';

/** Somebody who approves, the gate's roles they can fill, and in whose place. */
export interface Seated extends Candidate {
  readonly by: Person;
  readonly instead: readonly Substitution[];
}

/** A role with the person who fills it, and in whose place. */
export interface FilledSeat {
  readonly role: Role;
  readonly by: Person;
  readonly instead?: Person;
}

/** An agent and its principal are one person. */
const idsOf = (rules: Rules, one: Seated): readonly number[] =>
  [one.by.id, ...one.instead.map(({ of }) => of.id)].map((id) => standsFor(rules, id));

/** People with an id in common, directly or through others, sit together. */
const together = (rules: Rules, candidates: readonly Seated[]): readonly (readonly Seated[])[] =>
  candidates.reduce<readonly (readonly Seated[])[]>((groups, candidate) => {
    const ids = new Set(idsOf(rules, candidate));
    const near = groups.filter((group) => group.some((one) => idsOf(rules, one).some((id) => ids.has(id))));
    return [...groups.filter((group) => !near.includes(group)), [...near.flat(), candidate]];
  }, []);

const placeOf = (one: Seated, role: Role): Person | undefined =>
  one.instead.find((place) => place.role === role)?.of;

/** Whoever of a seat holds the role in their own right, else whoever holds it for somebody. */
const filledBy = (group: readonly Seated[], role: Role): FilledSeat | undefined => {
  const able = group.filter((one) => one.roles.includes(role));
  const one = able.find((candidate) => placeOf(candidate, role) === undefined) ?? able[0];
  if (one === undefined) return undefined;
  const of = placeOf(one, role);
  return { role, by: one.by, ...(of !== undefined && { instead: of }) };
};

/** Every role somebody holds is filled; where approvers must be distinct, one for a seat, as many as any order could (contract §2). */
export const fillSeats = (
  roles: readonly Role[],
  candidates: readonly Seated[],
  rules: Rules,
): readonly FilledSeat[] => {
  if (!rules.policy.distinctApprovers) return roles.flatMap((role) => filledBy(candidates, role) ?? []);
  const seats = together(rules, candidates).map((group) => ({
    group,
    roles: group.flatMap((one) => one.roles),
  }));
  const filled = fillRoles(roles, seats);
  return roles.flatMap((role) => filledBy(filled.get(role)?.group ?? [], role) ?? []);
};
