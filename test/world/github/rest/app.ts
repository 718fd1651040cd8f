/** The app's own routes: tokens, installations and its webhook deliveries. */
import { randomBytes } from 'node:crypto';
import { installationFor } from '../find.ts';
import { notFound, Refused } from '../refusal.ts';
import { appAsking, asker, type Call, cut, ok, page, param, type Route, repoOf, route } from '../request.ts';
import { appShape, installationShape } from '../shapes/app.ts';
import { repositoryShape } from '../shapes/repository.ts';
import type { Installation, Repository } from '../state.ts';

const HOUR = 3_600_000;

function installationOf(call: Call): Installation {
  const installation = call.hub.state.installations.get(Number(param(call, 'installation_id')));
  if (installation === undefined || installation.appId !== appAsking(call).id) throw notFound();
  return installation;
}

function visible(call: Call, installation: Installation): Repository[] {
  const ids = installation.repositoryIds;
  return [...call.hub.state.repositories.values()].filter(
    (repo) => repo.ownerId === installation.accountId && (ids === 'all' || ids.has(repo.id)),
  );
}

function createToken(call: Call) {
  const installation = installationOf(call);
  if (installation.suspendedAt !== null) throw new Refused(403, 'This installation has been suspended');
  const token = `ghs_${randomBytes(18).toString('hex')}`;
  const expiresAt = `${new Date(Date.parse(call.hub.now()) + HOUR).toISOString().slice(0, 19)}Z`;
  call.hub.state.tokens.set(token, { installationId: installation.id, expiresAt });
  const repository_selection = installation.repositoryIds === 'all' ? 'all' : 'selected';
  return ok(
    { token, expires_at: expiresAt, permissions: installation.permissions, repository_selection },
    201,
  );
}

function listInstallations(call: Call) {
  const app = appAsking(call);
  const all = [...call.hub.state.installations.values()].filter((one) => one.appId === app.id);
  return page(call, '/app/installations', all, (one) => installationShape(call.hub, one));
}

/** An old name answers 301 to the same path under the repository's id. */
function repositoryAsked(call: Call): Repository {
  try {
    return repoOf(call);
  } catch (error) {
    const to = error instanceof Refused ? error.headers['location'] : undefined;
    if (to === undefined) throw error;
    const url = `${to}/installation`;
    throw new Refused(301, 'Moved Permanently', { url }, { location: url });
  }
}

function repositoryInstallation(call: Call) {
  appAsking(call);
  const installation = installationFor(call.hub.state, repositoryAsked(call));
  if (installation === undefined) throw notFound();
  return ok(installationShape(call.hub, installation));
}

function listRepositories(call: Call) {
  const installation = asker(call).installation;
  if (installation === null)
    throw new Refused(403, 'You must authenticate with an installation access token');
  const all = visible(call, installation);
  const { items, headers } = cut(call, '/installation/repositories', all);
  const repositories = items.map((repo) => repositoryShape(call.hub, repo));
  const repository_selection = installation.repositoryIds === 'all' ? 'all' : 'selected';
  return { status: 200, body: { total_count: all.length, repository_selection, repositories }, headers };
}

function accountInstallation(call: Call) {
  appAsking(call);
  const id = call.hub.state.logins.get(param(call, 'name').toLowerCase());
  const installation = [...call.hub.state.installations.values()].find((one) => one.accountId === id);
  if (installation === undefined) throw notFound();
  return ok(installationShape(call.hub, installation));
}

export const appRoutes: readonly Route[] = [
  route('GET', '/app', (call) => ok(appShape(call.hub, appAsking(call)))),
  route('GET', '/app/installations', listInstallations),
  route('GET', '/app/installations/{installation_id}', (call) =>
    ok(installationShape(call.hub, installationOf(call))),
  ),
  route('POST', '/app/installations/{installation_id}/access_tokens', createToken),
  route('GET', '/repos/{owner}/{repo}/installation', repositoryInstallation),
  route('GET', '/repositories/{repository_id}/installation', repositoryInstallation),
  route('GET', '/orgs/{name}/installation', accountInstallation),
  route('GET', '/installation/repositories', listRepositories),
];
