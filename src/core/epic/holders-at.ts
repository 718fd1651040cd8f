/** Whom a role calls at a moment: its holders, with whoever stands for those of them who are away. */
import type { Role } from '../workflow/definition.ts';
import { isAway } from '../workflow/delegation.ts';
import type { Rules } from './policy.ts';
import { holdersOf } from './say-who.ts';

/** Names as configured, each once; a delegate for a member of a team stands beside the team. */
export const holdersAt = (rules: Rules, role: Role, at: string): readonly string[] => {
  const names = holdersOf(rules, role);
  const open = (rules.delegations ?? []).filter((one) => one.roles.includes(role) && isAway(one, at));
  const away = new Set(open.map((one) => one.from.toLowerCase()));
  const here = names.filter((name) => !away.has(name.replace(/^@/, '').toLowerCase()));
  return open.length === 0 ? names : [...new Set([...here, ...open.map((one) => one.to)])];
};
