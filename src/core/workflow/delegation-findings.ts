/** What is wrong with delegations that are well formed: nobody to hand to, nothing to hand over, no time to do it in, or a circle. */
import type { z } from 'zod';
import type { configurationSchema } from './configuration-schema.ts';
import type { Finding, Path } from './finding.ts';
import { readMembers } from './member.ts';
import { didYouMean, oneOf, quote } from './quote.ts';

type Content = z.output<typeof configurationSchema>;
type Entry = NonNullable<Content['delegations']>[number];

const bare = (login: string): string => login.replace(/^@/, '').toLowerCase();

/** Only where no team could make them a holder: who is in a team, GitHub alone knows. */
const isNoHolder = (names: readonly string[] | null | undefined, login: string): boolean => {
  const members = readMembers(names ?? []);
  return members.every((one) => one.kind === 'user' && one.login.toLowerCase() !== bare(login));
};

const roleFindings = (roles: Content['roles'], entry: Entry, at: Path): readonly Finding[] => {
  const known = Object.keys(roles ?? {});
  return (entry.roles ?? []).flatMap((role, index): readonly Finding[] => {
    const place = { path: [...at, 'roles', index], on: 'value' } as const;
    if (!known.includes(role)) {
      const hint = didYouMean(role, known, known.length === 0 ? 'add it there' : `roles: ${oneOf(known)}`);
      return [{ code: 'unknown-role', message: `${quote(role)} is not in \`roles\``, ...hint, ...place }];
    }
    if (!isNoHolder(roles?.[role], entry.from)) return [];
    const message = `${quote(entry.from)} does not hold ${quote(role)}, so nobody can hold it for them`;
    return [{ code: 'delegation', message, ...place }];
  });
};

const windowFindings = (entry: Entry, at: Path): readonly Finding[] => {
  if (bare(entry.from) === bare(entry.to)) {
    const message = `${quote(entry.from)} cannot stand for themselves`;
    return [{ code: 'delegation', message, path: [...at, 'to'], on: 'value' }];
  }
  if (entry.after < entry.before) return [];
  const message = `the window ends on ${quote(entry.before)}, before it begins`;
  const hint = '`after` is the first day away, `before` the day of the return';
  return [{ code: 'delegation', message, hint, path: [...at, 'before'], on: 'value' }];
};

const leadsBack = (open: readonly Entry[], from: string, goal: string, seen: Set<string>): boolean =>
  open
    .filter((entry) => bare(entry.from) === from)
    .map((entry) => bare(entry.to))
    .some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return leadsBack(open, next, goal, seen);
    });

/** Away for each other on one day: whoever is asked, nobody is there. Looked for on the first day of each window. */
const circleFindings = (entries: readonly Entry[]): readonly Finding[] =>
  entries.flatMap((entry, index): readonly Finding[] => {
    const open = entries.filter((one) => one.after <= entry.after && entry.after < one.before);
    const from = bare(entry.from);
    if (bare(entry.to) === from || !leadsBack(open, bare(entry.to), from, new Set())) return [];
    const message = `a circle: on ${entry.after} ${quote(entry.to)} is away too, and ends up with ${quote(entry.from)}`;
    return [{ code: 'delegation', message, path: ['delegations', index, 'to'], on: 'value' }];
  });

/** Every finding of the delegations of a file of the right shape. */
export const delegationFindings = ({ roles, delegations }: Content): readonly Finding[] => {
  const entries = delegations ?? [];
  const each = entries.flatMap((entry, index) => {
    const at = ['delegations', index];
    return [...roleFindings(roles, entry, at), ...windowFindings(entry, at)];
  });
  return [...each, ...circleFindings(entries)];
};
