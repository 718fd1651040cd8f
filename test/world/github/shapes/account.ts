/** How GitHub writes people, bots and organisations. */

import { accountById } from '../find.ts';
import type { Hub, Shape } from '../hub.ts';
import type { Account } from '../state.ts';

const written = new WeakMap<Account, { key: string; shape: Shape }>();

/** GitHub's `simple-user`; written once per login and shared, so never change it. */
export function userShape(hub: Hub, user: Account): Shape {
  const key = `${hub.url} ${user.login}`;
  const known = written.get(user);
  if (known?.key === key) return known.shape;
  const at = `${hub.url}/users/${encodeURIComponent(user.login)}`;
  const shape: Shape = {
    login: user.login,
    id: user.id,
    node_id: user.nodeId,
    avatar_url: `${hub.url}/avatars/u/${user.id}?v=4`,
    gravatar_id: '',
    url: at,
    html_url: `${hub.url}/${user.type === 'Bot' ? `apps/${user.login.replace('[bot]', '')}` : user.login}`,
    followers_url: `${at}/followers`,
    following_url: `${at}/following{/other_user}`,
    gists_url: `${at}/gists{/gist_id}`,
    starred_url: `${at}/starred{/owner}{/repo}`,
    subscriptions_url: `${at}/subscriptions`,
    organizations_url: `${at}/orgs`,
    repos_url: `${at}/repos`,
    events_url: `${at}/events{/privacy}`,
    received_events_url: `${at}/received_events`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  };
  written.set(user, { key, shape });
  return shape;
}

/** The same by id; `null` where the account is gone, as GitHub writes a ghost in most places. */
export function userOrNull(hub: Hub, id: number | null): Shape | null {
  if (id === null) return null;
  const user = accountById(hub.state, id);
  return user.gone ? null : userShape(hub, user);
}

/** GitHub's `public-user`. */
export function publicUserShape(hub: Hub, user: Account): Shape {
  return {
    ...userShape(hub, user),
    name: user.login,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: user.createdAt,
    updated_at: user.createdAt,
  };
}

/** GitHub's `organization-simple`, as webhooks carry it. */
export function organizationShape(hub: Hub, org: Account): Shape {
  const at = `${hub.url}/orgs/${org.login}`;
  return {
    login: org.login,
    id: org.id,
    node_id: org.nodeId,
    url: at,
    repos_url: `${at}/repos`,
    events_url: `${at}/events`,
    hooks_url: `${at}/hooks`,
    issues_url: `${at}/issues`,
    members_url: `${at}/members{/member}`,
    public_members_url: `${at}/public_members{/member}`,
    avatar_url: `${hub.url}/avatars/u/${org.id}?v=4`,
    description: null,
  };
}
