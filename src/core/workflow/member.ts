/** Who holds a role: users and teams, as gatehouse.yml names them. */
import type { Role } from './definition.ts';

/** A GitHub user or App (`renovate[bot]`), or a team of an organisation. */
export type Member =
  | { readonly kind: 'user'; readonly login: string }
  | { readonly kind: 'team'; readonly org: string; readonly slug: string };

/** A role of gatehouse.yml with its holders in file order, each once. */
export interface RoleEntry {
  readonly role: Role;
  readonly members: readonly Member[];
}

/** Reads the members of one role; `texts` match `names.member`. The same member twice (in any case) counts once. */
export function readMembers(texts: readonly string[]): readonly Member[] {
  const byName = new Map<string, Member>();
  for (const text of texts) {
    const name = text.replace(/^@/, '');
    const [org = '', slug] = name.split('/');
    const member: Member = slug === undefined ? { kind: 'user', login: name } : { kind: 'team', org, slug };
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), member);
  }
  return [...byName.values()];
}
