/** Naming people in sentences without calling them: code spans never notify anybody. */
import type { Role } from '../workflow/definition.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';

// Beside what breaks out of a code span: what turns the direction of writing or hides; the two joiners are needed by scripts and emoji.
const unshown = /[`\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu;

/** A name as a code span, in one line, without what could break out of one or make it look like another. */
export const code = (name: string): string => `\`${name.replace(unshown, '') || '(nothing)'}\``;

/** `octo-em`, without a mention. */
export const nameOf = (person: Person): string => code(person.login);

/** `A`, `B` and `C`. */
export const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** The names that hold a role now, as configured; empty when nobody does. A person named by a gate holds what is called after them. */
export const holdersOf = (rules: Rules, role: Role): readonly string[] =>
  role.startsWith('@') ? [role.slice(1)] : (rules.roles.find((entry) => entry.role === role)?.names ?? []);

/** Days instead of "now": what is painted stays true while nobody looks. Of many those that end last, since files keep old ones. */
const absences = (rules: Rules, role: Role, most: number): readonly string[] => {
  const all = (rules.delegations ?? []).filter((one) => one.roles.includes(role));
  const latest = all.toSorted((one, other) => other.before.localeCompare(one.before)).slice(0, most);
  return all
    .filter((one) => latest.includes(one))
    .map((one) => `${code(one.to)} for ${code(one.from)} from ${one.after} until ${one.before}`);
};

/** A role may have two hundred people: nobody reads them all, and what to type comes after them. */
const mostNames = 10;
const mostNamesOfMany = 3;

const some = (names: readonly string[], most: number): readonly string[] =>
  names.length <= most ? names : [...names.slice(0, most), `${names.length - most} more`];

/** `ENGINEER` (`octo-eng`, `@acme/engineers`, 3 more), or that nobody holds it and where to say who does; at most `most` names. */
export const whoHolds = (rules: Rules, role: Role, most = mostNames): string => {
  const names = holdersOf(rules, role);
  if (role.startsWith('@')) return code(role.slice(1));
  if (names.length === 0)
    return `${code(role)} (nobody holds it: add somebody under \`roles:\` in \`.github/gatehouse.yml\`)`;
  return `${code(role)} (${[...some(names.map(code), most), ...absences(rules, role, most)].join(', ')})`;
};

/** The same for several roles, with fewer names of each where they are many. */
export const whoHoldAny = (rules: Rules, roles: readonly Role[]): string => {
  const most = roles.length > 4 ? mostNamesOfMany : mostNames;
  return roles.length === 0
    ? 'nobody (no role is named for this)'
    : list(roles.map((role) => whoHolds(rules, role, most)));
};

/** The same for several lists of roles of which one is enough. */
export const whoHoldOneOf = (rules: Rules, ways: readonly (readonly Role[])[]): string =>
  ways
    .slice(0, 5)
    .map((roles) => whoHoldAny(rules, roles))
    .join(', or ');
