/** A quorum that one approval could fill twice over: two of `[EM, EM]` is one (threats T33). */
import type { Requirement } from './approval.ts';

const partsOf = (required: Exclude<Requirement, string>): readonly Requirement[] =>
  'all' in required ? required.all : 'any' in required ? required.any : required.of;

/** Names any one of which fills it alone; logins whatever their case. */
const alone = (required: Requirement): ReadonlySet<string> => {
  if (typeof required === 'string')
    return new Set([required.startsWith('@') ? required.toLowerCase() : required]);
  const [first = new Set<string>(), ...rest] = partsOf(required).map(alone);
  if ('any' in required || ('n' in required && required.n === 1))
    return rest.reduce((so, part) => so.union(part), first);
  const wanted = 'n' in required ? required.n : 1 + rest.length;
  const shared = rest.reduce((so, part) => so.intersection(part), first);
  return wanted === 1 + rest.length ? shared : new Set();
};

/** The name whose one approval would count for two of what a number asks for, or stands twice in an `all`; undefined where none does. */
export const countedTwice = (required: Requirement): string | undefined => {
  if (typeof required === 'string') return undefined;
  const parts = partsOf(required);
  const deeper = parts.map(countedTwice).find((name) => name !== undefined);
  if (deeper !== undefined || 'any' in required || ('n' in required && required.n === 1)) return deeper;
  // Under `all` a choice may well name again what another part asks for; a name by itself may not.
  const counted = 'n' in required ? parts : parts.filter((part) => typeof part === 'string');
  const seen = new Set<string>();
  for (const part of counted) {
    const names = alone(part);
    for (const name of names) if (seen.has(name)) return name;
    for (const name of names) seen.add(name);
  }
  return undefined;
};
