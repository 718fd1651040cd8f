/** Looking things up in the state; what is not there is refused as GitHub refuses it. */
import type { Actor, Hub } from './hub.ts';
import { notFound, Refused } from './refusal.ts';
import type { Account, Installation, Issue, Label, Repository, Role, State, Team } from './state.ts';

const RANK: Record<Role | 'none', number> = { none: 0, read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

export function accountByLogin(state: State, login: string): Account | undefined {
  const id = state.logins.get(login.toLowerCase());
  return id === undefined ? undefined : state.accounts.get(id);
}

export function accountById(state: State, id: number): Account {
  const account = state.accounts.get(id);
  if (account === undefined) throw notFound();
  return account;
}

export function fullName(state: State, repo: Repository): string {
  return `${accountById(state, repo.ownerId).login}/${repo.name}`;
}

export function repositoryById(state: State, id: number): Repository {
  const repo = state.repositories.get(id);
  if (repo === undefined) throw notFound();
  return repo;
}

/** The repository of that name; an old name answers 301, as after a rename or a transfer. */
export function repositoryByName(hub: Hub, owner: string, name: string): Repository {
  const key = `${owner}/${name}`.toLowerCase();
  const id = hub.state.fullNames.get(key);
  if (id !== undefined) return repositoryById(hub.state, id);
  const moved = hub.state.oldFullNames.get(key);
  if (moved === undefined) throw notFound();
  throw new Refused(
    301,
    'Moved Permanently',
    { url: `${hub.url}/repositories/${moved}` },
    { location: `${hub.url}/repositories/${moved}` },
  );
}

/** The issue of that number: 410 when deleted, 301 when transferred, else 404. */
export function issueByNumber(hub: Hub, repo: Repository, number: number): Issue {
  const issue = repo.issues.get(number);
  if (issue !== undefined) return issue;
  if (repo.deletedNumbers.has(number)) throw new Refused(410, 'This issue was deleted');
  const movedTo = repo.movedNumbers.get(number);
  const moved = movedTo === undefined ? undefined : hub.state.issues.get(movedTo);
  if (moved === undefined) throw notFound();
  const url = `${hub.url}/repositories/${moved.repoId}/issues/${moved.number}`;
  throw new Refused(301, 'Moved Permanently', { url }, { location: url });
}

export function issueById(state: State, id: number): Issue {
  const issue = state.issues.get(id);
  if (issue === undefined) throw notFound();
  return issue;
}

export function labelsOf(repo: Repository, issue: Issue): Label[] {
  return issue.labels.flatMap((id) => repo.labels.filter((label) => label.id === id));
}

export function teamBySlug(state: State, org: Account, slug: string): Team | undefined {
  for (const team of state.teams.values()) {
    if (team.orgId === org.id && team.slug === slug.toLowerCase()) return team;
  }
  return undefined;
}

/** The installation that sees `repo`, if any. */
export function installationFor(state: State, repo: Repository): Installation | undefined {
  for (const installation of state.installations.values()) {
    if (installation.accountId !== repo.ownerId) continue;
    if (installation.repositoryIds === 'all' || installation.repositoryIds.has(repo.id)) return installation;
  }
  return undefined;
}

/** The role `user` holds; everyone reads a public repository, the owner of a personal one administers it. */
export function roleOf(repo: Repository, user: Account): Role | 'none' {
  if (user.id === repo.ownerId) return 'admin';
  return repo.collaborators.get(user.id) ?? (repo.private ? 'none' : 'read');
}

export function mayAtLeast(actor: Actor, repo: Repository, role: Role, permission = 'issues'): boolean {
  if (actor.app === null) return RANK[roleOf(repo, actor.user)] >= RANK[role];
  const granted = actor.installation?.permissions[permission];
  return role === 'read' ? granted !== undefined : granted === 'write';
}

/** Refuses 403 (404 where the repository is hidden) unless the actor holds `role`, or its app `permission`. */
export function need(actor: Actor, repo: Repository, role: Role, permission = 'issues'): void {
  if (mayAtLeast(actor, repo, role, permission)) return;
  if (actor.app !== null) throw new Refused(403, 'Resource not accessible by integration');
  if (roleOf(repo, actor.user) === 'none') throw notFound();
  throw new Refused(403, 'Must have admin rights to Repository.');
}
