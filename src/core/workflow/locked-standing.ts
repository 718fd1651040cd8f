/** Who acts for whom, where the organisation has locked what that would change: a role, or whose own work something is. */
import type { Content } from './configuration.ts';
import type { Finding } from './finding.ts';
import { isLocked } from './locks.ts';
import { quote } from './quote.ts';

type Delegations = NonNullable<Content['delegations']>;
type Agents = NonNullable<Content['agents']>;

/** What is left of the repository's part, and what it says in vain. */
interface Standing {
  readonly delegations: Delegations;
  readonly agents: Agents;
  readonly overruled: readonly Finding[];
}

const inVain = (what: string, path: Finding['path']): Finding => ({
  code: 'locked',
  message: `${what} is locked by the organisation: what its own file says holds`,
  hint: 'take it out here; who keeps the `.github` repository may say it there',
  path,
  on: 'key',
});

/** A locked role is not handed on here: whoever stands for its holders would hold it by the repository's word. */
const keptDelegations = (own: Content, locked: readonly string[], known: readonly string[]) => {
  const overruled: Finding[] = [];
  const delegations = (own.delegations ?? []).flatMap((entry, index): Delegations => {
    const given = entry.roles ?? known;
    const roles = given.filter((role) => !isLocked(locked, 'roles', role));
    if (roles.length === given.length) return [entry];
    const [first = ''] = given.filter((role) => !roles.includes(role));
    overruled.push(inVain(quote(`roles.${first}`), ['delegations', index]));
    return roles.length === 0 ? [] : [{ ...entry, roles }];
  });
  return { delegations, overruled };
};

const bare = (login: string): string => login.replace(/^@/, '').toLowerCase();

/** With another principal an agent's own work would be somebody else's. */
const keptAgents = (own: Content, organization: Content, locked: readonly string[]) => {
  const binds = ['self_approval', 'distinct_approvers'].some((key) => isLocked(locked, 'policy', key));
  const theirs = new Map(Object.entries(organization.agents ?? {}).map(([login, one]) => [bare(login), one]));
  const entries = Object.entries(own.agents ?? {});
  const isOther = ([login, one]: (typeof entries)[number]): boolean =>
    theirs.has(bare(login)) && theirs.get(bare(login))?.principal !== one?.principal;
  const refused = binds ? entries.filter(isOther) : [];
  return {
    agents: Object.fromEntries(entries.filter((entry) => !refused.includes(entry))),
    overruled: refused.map(([login]) =>
      inVain(`for whom ${quote(login)} works, with \`policy\`,`, ['agents', login]),
    ),
  };
};

/** The repository's `delegations` and `agents` as far as they say nothing against a lock; `known` are the roles of both files. */
export const standingWithin = (own: Content, organization: Content, known: readonly string[]): Standing => {
  const locked = organization.locked ?? [];
  const { delegations, overruled } = keptDelegations(own, locked, known);
  const kept = keptAgents(own, organization, locked);
  return { delegations, agents: kept.agents, overruled: [...overruled, ...kept.overruled] };
};
