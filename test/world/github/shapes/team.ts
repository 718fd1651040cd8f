/** How GitHub writes teams. */
import { accountById } from '../find.ts';
import type { Hub, Shape } from '../hub.ts';
import type { Team } from '../state.ts';
import { organizationShape } from './account.ts';

/** GitHub's `team` (and `team-simple`), without its parent's parent. */
export function teamShape(hub: Hub, team: Team): Shape {
  const parent = team.parentId === null ? undefined : hub.state.teams.get(team.parentId);
  return { ...simple(hub, team), parent: parent === undefined ? null : simple(hub, parent) };
}

function simple(hub: Hub, team: Team): Shape {
  const org = accountById(hub.state, team.orgId);
  const at = `${hub.url}/organizations/${org.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: team.nodeId,
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    type: 'organization',
    organization_id: org.id,
    url: at,
    html_url: `${hub.url}/orgs/${org.login}/teams/${team.slug}`,
    members_url: `${at}/members{/member}`,
    repositories_url: `${at}/repos`,
  };
}

/** GitHub's `team-full`. */
export function teamFullShape(hub: Hub, team: Team): Shape {
  const org = accountById(hub.state, team.orgId);
  return {
    ...teamShape(hub, team),
    created_at: team.createdAt,
    updated_at: team.createdAt,
    members_count: team.members.size,
    repos_count: 0,
    organization: {
      ...organizationShape(hub, org),
      html_url: `${hub.url}/${org.login}`,
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      type: 'Organization',
      created_at: org.createdAt,
      updated_at: org.createdAt,
      archived_at: null,
    },
  };
}
