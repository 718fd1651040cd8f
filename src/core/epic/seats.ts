/** Whoever stands for somebody sits on their seat: a gate counts the two for one role together, however many they hold. */
import type { Role } from '../workflow/definition.ts';
import { type Candidate, type Filled, fillRoles } from './fill-roles.ts';
import type { Person } from './person.ts';
import type { Substitution } from './substitution.ts';

/** Somebody who approves, the gate's roles they can fill, and in whose place. */
export interface Seated extends Candidate {
  readonly instead: readonly Substitution[];
}

/** A role with the person who fills it, and in whose place. */
export interface FilledSeat extends Filled {
  readonly instead?: Person;
}

const idsOf = (one: Seated): readonly number[] => [one.by.id, ...one.instead.map(({ of }) => of.id)];

/** People with an id in common, directly or through others, sit together. */
const together = (candidates: readonly Seated[]): readonly (readonly Seated[])[] =>
  candidates.reduce<readonly (readonly Seated[])[]>((groups, candidate) => {
    const ids = new Set(idsOf(candidate));
    const near = groups.filter((group) => group.some((one) => idsOf(one).some((id) => ids.has(id))));
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

/** `fillRoles`, with one role for a seat where `distinct`. */
export const fillSeats = (
  roles: readonly Role[],
  candidates: readonly Seated[],
  distinct: boolean,
): readonly FilledSeat[] => {
  if (!distinct) return roles.flatMap((role) => filledBy(candidates, role) ?? []);
  const seats = together(candidates).flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ by: first.by, roles: group.flatMap((one) => one.roles), group }];
  });
  return fillRoles(roles, seats, true).flatMap(({ role, by }) => {
    const seat = seats.find((one) => one.by.id === by.id);
    return seat === undefined ? [] : (filledBy(seat.group, role) ?? []);
  });
};
