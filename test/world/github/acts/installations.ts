/** The app being installed, removed, suspended, and given or denied repositories. */
import { accountById } from '../find.ts';
import type { Actor, Hub, Shape } from '../hub.ts';
import { installationShape } from '../shapes/app.ts';
import { repositoryMention } from '../shapes/repository.ts';
import type { Account, Installation, Repository } from '../state.ts';
import { addInstallation } from './seed.ts';

type What = { event: string; action: string; more?: Shape };

function announce(hub: Hub, actor: Actor, installation: Installation, what: What): void {
  const body = { installation: installationShape(hub, installation), ...what.more };
  hub.announce({ event: what.event, action: what.action, sender: actor.user, installation, body });
}

function seen(hub: Hub, installation: Installation): Shape[] {
  const ids = installation.repositoryIds;
  return [...hub.state.repositories.values()]
    .filter((repo) => repo.ownerId === installation.accountId && (ids === 'all' || ids.has(repo.id)))
    .map((repo) => repositoryMention(hub, repo));
}

/** Installs the app on an account. */
export function install(
  hub: Hub,
  actor: Actor,
  account: Account,
  repos: 'all' | readonly Repository[],
): Installation {
  const installation = addInstallation(hub, accountById(hub.state, account.id), repos);
  const more = { repositories: seen(hub, installation), requester: null };
  announce(hub, actor, installation, { event: 'installation', action: 'created', more });
  return installation;
}

/** Uninstalls it: its tokens die at once. */
export function uninstall(hub: Hub, actor: Actor, installation: Installation): void {
  const repositories = seen(hub, installation);
  hub.state.installations.delete(installation.id);
  for (const [token, owner] of hub.state.tokens)
    if (owner.installationId === installation.id) hub.state.tokens.delete(token);
  announce(hub, actor, installation, { event: 'installation', action: 'deleted', more: { repositories } });
}

/** Suspends or wakes it. */
export function suspend(hub: Hub, actor: Actor, installation: Installation, suspended: boolean): void {
  installation.suspendedAt = suspended ? hub.now() : null;
  announce(hub, actor, installation, { event: 'installation', action: suspended ? 'suspend' : 'unsuspend' });
}

/** Adds and removes repositories of a chosen selection. */
export function chooseRepositories(
  hub: Hub,
  actor: Actor,
  installation: Installation,
  change: { add?: readonly Repository[]; remove?: readonly Repository[] },
): void {
  const all = [...hub.state.repositories.values()].filter((repo) => repo.ownerId === installation.accountId);
  const now =
    installation.repositoryIds === 'all' ? new Set(all.map((repo) => repo.id)) : installation.repositoryIds;
  for (const repo of change.add ?? []) now.add(repo.id);
  for (const repo of change.remove ?? []) now.delete(repo.id);
  installation.repositoryIds = now;
  for (const [action, repos] of [
    ['added', change.add],
    ['removed', change.remove],
  ] as const) {
    if (repos === undefined || repos.length === 0) continue;
    const mentions = repos.map((repo) => repositoryMention(hub, repo));
    const more = {
      repository_selection: 'selected',
      repositories_added: action === 'added' ? mentions : [],
      repositories_removed: action === 'removed' ? mentions : [],
      requester: null,
    };
    announce(hub, actor, installation, { event: 'installation_repositories', action, more });
  }
}
