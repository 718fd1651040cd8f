/** Putting accounts, repositories, teams and the app into an empty GitHub; nothing here is announced. */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { accountById } from '../find.ts';
import type { Hub } from '../hub.ts';
import { nextId, nodeId, register } from '../ids.ts';
import type { Account, App, Installation, Repository, Role, Team } from '../state.ts';
import { commitTo } from './commits.ts';

/** A person, an organisation or a bot; `id` may be fixed, for stories that need a known one. */
export function addAccount(hub: Hub, login: string, type: Account['type'] = 'User'): Account {
  const id = nextId(hub.state);
  const account = { id, nodeId: nodeId('Account', id), login, type, createdAt: hub.now(), gone: false };
  hub.state.accounts.set(id, account);
  hub.state.logins.set(login.toLowerCase(), id);
  register(hub.state, { type: 'Account', it: account });
  return account;
}

export type NewRepository = {
  owner: Account;
  name: string;
  private?: boolean;
  defaultBranch?: string;
  files?: Record<string, string>;
  forkOfId?: number;
};

/** A repository; with `files` it has a first commit on its default branch, without it is empty. */
export function addRepository(hub: Hub, wanted: NewRepository): Repository {
  const id = nextId(hub.state);
  const repo: Repository = {
    id,
    nodeId: nodeId('Repository', id),
    name: wanted.name,
    ownerId: wanted.owner.id,
    private: wanted.private ?? false,
    defaultBranch: wanted.defaultBranch ?? 'main',
    forkOfId: wanted.forkOfId ?? null,
    createdAt: hub.now(),
    pushedAt: hub.now(),
    labels: [],
    branches: new Map(),
    commits: new Map(),
    issues: new Map(),
    pulls: [],
    lastNumber: 0,
    deletedNumbers: new Set(),
    movedNumbers: new Map(),
    collaborators: new Map(),
    requiredChecks: [],
    mergeGroups: [],
    checkRuns: new Map(),
  };
  hub.state.repositories.set(id, repo);
  hub.state.fullNames.set(`${wanted.owner.login}/${wanted.name}`.toLowerCase(), id);
  register(hub.state, { type: 'Repository', it: repo });
  if (wanted.files !== undefined) {
    commitTo(hub, repo, { branch: repo.defaultBranch, files: wanted.files, message: 'first commit' });
  }
  return repo;
}

/** Gives `user` a role in `repo`. */
export function addCollaborator(repo: Repository, user: Account, role: Role): void {
  repo.collaborators.set(user.id, role);
}

export type NewTeam = { slug: string; members?: readonly Account[]; parent?: Team };

/** A team of `org` whose members are all active. */
export function addTeam(hub: Hub, org: Account, wanted: NewTeam): Team {
  const id = nextId(hub.state);
  const team: Team = {
    id,
    nodeId: nodeId('Team', id),
    orgId: org.id,
    slug: wanted.slug,
    name: wanted.slug,
    parentId: wanted.parent?.id ?? null,
    createdAt: hub.now(),
    members: new Map((wanted.members ?? []).map((user) => [user.id, { state: 'active', role: 'member' }])),
  };
  hub.state.teams.set(id, team);
  register(hub.state, { type: 'Team', it: team });
  return team;
}

/** Registers the one app this GitHub knows, with its bot: it may do what app.yml asks for, and no more. */
export function addApp(hub: Hub, id: number, slug: string): App {
  const owner = addAccount(hub, `${slug}-makers`, 'Organization');
  const bot = addAccount(hub, `${slug}[bot]`, 'Bot');
  const manifest = readFileSync(new URL('../../../../app.yml', import.meta.url), 'utf8');
  const permissions: Record<string, string> = parse(manifest).default_permissions;
  const app: App = {
    id,
    slug,
    nodeId: nodeId('App', id),
    name: slug,
    ownerId: owner.id,
    botId: bot.id,
    createdAt: hub.now(),
    permissions,
    events: [],
  };
  hub.state.app = app;
  return app;
}

/** The app on `account`, for all repositories or the given ones; not announced. */
export function addInstallation(
  hub: Hub,
  account: Account,
  repos: 'all' | readonly Repository[],
): Installation {
  const app = hub.state.app;
  if (app === null) throw new Error('addApp first');
  const id = nextId(hub.state);
  const installation: Installation = {
    id,
    nodeId: nodeId('Installation', id),
    appId: app.id,
    accountId: accountById(hub.state, account.id).id,
    repositoryIds: repos === 'all' ? 'all' : new Set(repos.map((repo) => repo.id)),
    suspendedAt: null,
    permissions: { ...app.permissions },
    createdAt: hub.now(),
  };
  hub.state.installations.set(id, installation);
  return installation;
}
