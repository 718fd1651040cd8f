/** People and teams. */
import { accountById, accountByLogin, teamBySlug } from '../find.ts';
import { notFound } from '../refusal.ts';
import { type Answer, asker, type Call, ok, page, param, type Route, route } from '../request.ts';
import { publicUserShape, userShape } from '../shapes/account.ts';
import { teamFullShape, teamShape } from '../shapes/team.ts';
import type { Account, Team } from '../state.ts';

function orgOf(call: Call): Account {
  asker(call);
  const org = accountByLogin(call.hub.state, param(call, 'org'));
  if (org === undefined || org.type !== 'Organization') throw notFound();
  return org;
}

function teamOf(call: Call): Team {
  const team = teamBySlug(call.hub.state, orgOf(call), param(call, 'team_slug'));
  if (team === undefined) throw notFound();
  return team;
}

/** A team's members include those of its child teams. */
function membersOf(call: Call, team: Team): Team['members'] {
  const all = new Map(team.members);
  for (const child of call.hub.state.teams.values()) {
    if (child.parentId !== team.id) continue;
    for (const [id, membership] of membersOf(call, child)) if (!all.has(id)) all.set(id, membership);
  }
  return all;
}

function membership(call: Call): Answer {
  const team = teamOf(call);
  const user = accountByLogin(call.hub.state, param(call, 'username'));
  const found = user === undefined ? undefined : membersOf(call, team).get(user.id);
  if (user === undefined || found === undefined) throw notFound();
  const url = `${call.hub.url}/organizations/${team.orgId}/team/${team.id}/memberships/${user.login}`;
  return ok({ state: found.state, role: found.role, url });
}

function members(call: Call): Answer {
  const team = teamOf(call);
  const active = [...membersOf(call, team)].filter(([, one]) => one.state === 'active').map(([id]) => id);
  const path = `/organizations/${team.orgId}/team/${team.id}/members`;
  return page(call, path, active, (id) => userShape(call.hub, accountById(call.hub.state, id)));
}

function teams(call: Call): Answer {
  const org = orgOf(call);
  const all = [...call.hub.state.teams.values()].filter((team) => team.orgId === org.id);
  return page(call, `/orgs/${org.login}/teams`, all, (team) => teamShape(call.hub, team));
}

function user(call: Call, found: Account | undefined): Answer {
  asker(call);
  if (found === undefined || found.gone) throw notFound();
  return ok(publicUserShape(call.hub, found));
}

export const teamRoutes: readonly Route[] = [
  route('GET', '/orgs/{org}/teams', teams),
  route('GET', '/orgs/{org}/teams/{team_slug}', (call) => ok(teamFullShape(call.hub, teamOf(call)))),
  route('GET', '/orgs/{org}/teams/{team_slug}/members', members),
  route('GET', '/orgs/{org}/teams/{team_slug}/memberships/{username}', membership),
  route('GET', '/users/{username}', (call) =>
    user(call, accountByLogin(call.hub.state, param(call, 'username'))),
  ),
  route('GET', '/user/{account_id}', (call) =>
    user(call, call.hub.state.accounts.get(Number(param(call, 'account_id')))),
  ),
];
