/** Teams, memberships and names of people, as organisation owners change them. */
import { accountById } from '../find.ts';
import type { Actor, Hub, Shape } from '../hub.ts';
import { userOrNull } from '../shapes/account.ts';
import { teamShape } from '../shapes/team.ts';
import type { Account, Repository, Team } from '../state.ts';

function announce(
  hub: Hub,
  actor: Actor,
  team: Team,
  what: { event: string; action: string; more?: Shape },
): void {
  const org = accountById(hub.state, team.orgId);
  const body = { team: teamShape(hub, team), ...what.more };
  hub.announce({ event: what.event, action: what.action, sender: actor.user, org, body });
}

/** Puts a person into a team; a pending one is not announced until they accept. */
export function addToTeam(
  hub: Hub,
  actor: Actor,
  team: Team,
  user: Account,
  state: 'active' | 'pending' = 'active',
): void {
  team.members.set(user.id, { state, role: 'member' });
  if (state === 'pending') return;
  announce(hub, actor, team, {
    event: 'membership',
    action: 'added',
    more: { scope: 'team', member: userOrNull(hub, user.id) },
  });
}

export function removeFromTeam(hub: Hub, actor: Actor, team: Team, user: Account): void {
  team.members.delete(user.id);
  announce(hub, actor, team, {
    event: 'membership',
    action: 'removed',
    more: { scope: 'team', member: userOrNull(hub, user.id) },
  });
}

export function renameTeam(hub: Hub, actor: Actor, team: Team, name: string): void {
  const changes = { name: { from: team.name } };
  Object.assign(team, { name, slug: name.toLowerCase().replace(/[^a-z0-9]+/g, '-') });
  announce(hub, actor, team, { event: 'team', action: 'edited', more: { changes } });
}

export function deleteTeam(hub: Hub, actor: Actor, team: Team): void {
  hub.state.teams.delete(team.id);
  hub.state.nodes.delete(team.nodeId);
  announce(hub, actor, team, { event: 'team', action: 'deleted' });
}

/** A person takes another login: the id stays, the old login is free for others. Nobody is told. */
export function renameAccount(hub: Hub, user: Account, login: string): void {
  hub.state.logins.delete(user.login.toLowerCase());
  user.login = login;
  hub.state.logins.set(login.toLowerCase(), user.id);
}

/** A repository takes another name: the old one redirects until somebody takes it. */
export function renameRepository(hub: Hub, actor: Actor, repo: Repository, name: string): void {
  const owner = accountById(hub.state, repo.ownerId).login.toLowerCase();
  const old = repo.name;
  hub.state.fullNames.delete(`${owner}/${old.toLowerCase()}`);
  hub.state.oldFullNames.set(`${owner}/${old.toLowerCase()}`, repo.id);
  repo.name = name;
  hub.state.fullNames.set(`${owner}/${name.toLowerCase()}`, repo.id);
  const body = { changes: { repository: { name: { from: old } } } };
  hub.announce({ event: 'repository', action: 'renamed', sender: actor.user, repo, body });
}
