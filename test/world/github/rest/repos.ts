/** Repositories, and who may do what in them. */
import { accountByLogin, roleOf } from '../find.ts';
import { notFound } from '../refusal.ts';
import { type Answer, asker, type Call, ok, param, type Route, repoOf, route } from '../request.ts';
import { userShape } from '../shapes/account.ts';
import { repositoryShape } from '../shapes/repository.ts';

const FOLDED: Record<string, string> = { maintain: 'write', triage: 'read' };

function permission(call: Call): Answer {
  const repo = repoOf(call);
  const user = accountByLogin(call.hub.state, param(call, 'username'));
  if (user === undefined || user.gone) throw notFound();
  const role = roleOf(repo, user);
  const role_name = role === 'none' ? '' : role;
  const at = ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role);
  const permissions = { pull: at >= 0, triage: at >= 1, push: at >= 2, maintain: at >= 3, admin: at >= 4 };
  const person = { ...userShape(call.hub, user), permissions, role_name };
  return ok({ permission: FOLDED[role] ?? role, user: person, role_name });
}

function isCollaborator(call: Call): Answer {
  const repo = repoOf(call);
  const user = accountByLogin(call.hub.state, param(call, 'username'));
  if (user === undefined || !repo.collaborators.has(user.id)) throw notFound();
  return { status: 204 };
}

function repository(call: Call): Answer {
  asker(call);
  return ok(repositoryShape(call.hub, repoOf(call)));
}

export const repositoryRoutes: readonly Route[] = [
  route('GET', '/repos/{owner}/{repo}', repository),
  route('GET', '/repositories/{repository_id}', repository),
  route('GET', '/repos/{owner}/{repo}/collaborators/{username}/permission', permission),
  route('GET', '/repos/{owner}/{repo}/collaborators/{username}', isCollaborator),
];
