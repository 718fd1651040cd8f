/** What organisation owners do, and people with their own account. */
import { chooseRepositories, install, suspend, uninstall } from '../acts/installations.ts';
import { addCollaborator } from '../acts/seed.ts';
import {
  addToTeam,
  deleteTeam,
  removeFromTeam,
  renameAccount,
  renameRepository,
  renameTeam,
} from '../acts/teams.ts';
import { accountByLogin } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import type { Account, Installation, Repository, Role, Team } from '../state.ts';

export type AdminVerbs = {
  addsToTeam(team: Team, login: string, state?: 'active' | 'pending'): void;
  removesFromTeam(team: Team, login: string): void;
  renamesTeam(team: Team, name: string): void;
  deletesTeam(team: Team): void;
  /** Changes somebody's role; null takes it away. */
  grants(repo: Repository, login: string, role: Role | null): void;
  renamesRepository(repo: Repository, name: string): void;
  installs(account: Account, repos?: 'all' | readonly Repository[]): Installation;
  uninstalls(installation: Installation): void;
  suspends(installation: Installation): void;
  unsuspends(installation: Installation): void;
  addsRepositories(installation: Installation, ...repos: Repository[]): void;
  removesRepositories(installation: Installation, ...repos: Repository[]): void;
  /** Takes another login; the id stays. */
  renames(login: string): void;
  /** The account becomes a ghost. */
  leavesGitHub(): void;
};

export function adminVerbs(hub: Hub, actor: Actor): AdminVerbs {
  const named = (login: string): Account => {
    const user = accountByLogin(hub.state, login);
    if (user === undefined) throw new Error(`nobody here is called ${login}`);
    return user;
  };
  return {
    addsToTeam: (team, login, state) => addToTeam(hub, actor, team, named(login), state),
    removesFromTeam: (team, login) => removeFromTeam(hub, actor, team, named(login)),
    renamesTeam: (team, name) => renameTeam(hub, actor, team, name),
    deletesTeam: (team) => deleteTeam(hub, actor, team),
    grants(repo, login, role) {
      if (role === null) repo.collaborators.delete(named(login).id);
      else addCollaborator(repo, named(login), role);
    },
    renamesRepository: (repo, name) => renameRepository(hub, actor, repo, name),
    installs: (account, repos = 'all') => install(hub, actor, account, repos),
    uninstalls: (installation) => uninstall(hub, actor, installation),
    suspends: (installation) => suspend(hub, actor, installation, true),
    unsuspends: (installation) => suspend(hub, actor, installation, false),
    addsRepositories: (installation, ...add) => chooseRepositories(hub, actor, installation, { add }),
    removesRepositories: (installation, ...remove) =>
      chooseRepositories(hub, actor, installation, { remove }),
    renames: (login) => renameAccount(hub, actor.user, login),
    leavesGitHub() {
      actor.user.gone = true;
      hub.state.logins.delete(actor.user.login.toLowerCase());
    },
  };
}
