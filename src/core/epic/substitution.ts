/** Acting in somebody's place: a role that an absent person has handed over for a while (`delegations` of gatehouse.yml). */
import type { Role } from '../workflow/definition.ts';
import type { Person } from './person.ts';
import { nameOf } from './say-who.ts';

/** A role somebody holds only because `of` is away: what they do with it, they do for them. */
export interface Substitution {
  readonly role: Role;
  readonly of: Person;
}

/** What somebody said with roles, and in whose place they held some of them. */
interface Said {
  readonly roles: readonly Role[];
  readonly instead?: readonly Substitution[];
}

/** For whom a role counts: `own`, or those in whose place it is held and whom `mayCount` lets through. */
export const countsFor = (
  { roles, instead = [] }: Said,
  role: Role,
  mayCount: (of: Person) => boolean,
): 'own' | readonly Person[] => {
  if (!roles.includes(role)) return [];
  const places = instead.filter((one) => one.role === role).map((one) => one.of);
  return places.length === 0 ? 'own' : places.filter(mayCount);
};

/** `octo-lead`, or `octo-lead` for `octo-em`. */
export const actorOf = ({ by, instead }: { readonly by: Person; readonly instead?: Person }): string =>
  instead === undefined ? nameOf(by) : `${nameOf(by)} for ${nameOf(instead)}`;

/** In whose place an act was done that any of `needed` allows: of nobody where one of those held is the person's own. */
export const actedFor = ({ roles, instead = [] }: Said, needed: readonly Role[]): Person | undefined => {
  const used = needed.filter((role) => roles.includes(role));
  const places = used.map((role) => instead.find((one) => one.role === role)?.of);
  return places.includes(undefined) ? undefined : places[0];
};
