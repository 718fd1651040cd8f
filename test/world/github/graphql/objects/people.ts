import { accountById, teamBySlug } from '../../find.ts';
import type { Account, Issue, Team } from '../../state.ts';
import { type Concrete, type Context, fields, PAGE, paged, scalar } from '../schema.ts';

export function issueLike(issue: Issue): Concrete {
  return { concrete: issue.pull === null ? 'Issue' : 'PullRequest', it: issue };
}

export function accountLike(account: Account): Concrete {
  return { concrete: account.type, it: account };
}

export function personOf(id: number | null, context: Context): Concrete | null {
  if (id === null) return null;
  const account = accountById(context.hub.state, id);
  return account.gone ? null : accountLike(account);
}

export const account = fields<Account>({
  id: scalar((it) => it.nodeId),
  databaseId: scalar((it) => it.id),
  // GraphQL writes a bot's login without the "[bot]" that REST shows.
  login: scalar((it) => it.login.replace(/\[bot\]$/, '')),
  url: scalar((it, { hub }) => `${hub.url}/${it.login}`),
});

export const organization = fields<Account>({
  id: scalar((it) => it.nodeId),
  databaseId: scalar((it) => it.id),
  login: scalar((it) => it.login),
  team: {
    type: 'Team',
    args: { slug: true },
    read: (it, args, { hub }) => teamBySlug(hub.state, it, String(args['slug'])) ?? null,
  },
});

export const team = fields<Team>({
  id: scalar((it) => it.nodeId),
  databaseId: scalar((it) => it.id),
  slug: scalar((it) => it.slug),
  name: scalar((it) => it.name),
  members: {
    type: 'TeamMemberConnection',
    args: { ...PAGE, membership: false },
    read: (it, args, { hub }) => {
      const all = [...it.members]
        .filter(([, one]) => one.state === 'active')
        .map(([id]) => accountById(hub.state, id));
      return paged('User', () => all).read(it, args, {
        hub,
        as: { user: accountById(hub.state, it.orgId), app: null, installation: null },
      });
    },
  },
});
