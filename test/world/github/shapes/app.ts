/** How GitHub writes apps and installations. */
import { accountById } from '../find.ts';
import type { Hub, Shape } from '../hub.ts';
import type { App, Installation } from '../state.ts';
import { userShape } from './account.ts';

/** GitHub's `integration`: the app itself, also as `performed_via_github_app`. */
export function appShape(hub: Hub, app: App): Shape {
  return {
    id: app.id,
    slug: app.slug,
    client_id: `Iv1.${app.id}`,
    node_id: app.nodeId,
    owner: userShape(hub, accountById(hub.state, app.ownerId)),
    name: app.name,
    description: '',
    external_url: 'https://gatehouse.example',
    html_url: `${hub.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

/** The app an object was made with, or `null` when a person made it. */
export function viaApp(hub: Hub, appId: number | null): Shape | null {
  const app = hub.state.app;
  return appId !== null && app?.id === appId ? appShape(hub, app) : null;
}

/** GitHub's `installation`. */
export function installationShape(hub: Hub, installation: Installation): Shape {
  const account = accountById(hub.state, installation.accountId);
  const app = hub.state.app;
  return {
    id: installation.id,
    account: userShape(hub, account),
    repository_selection: installation.repositoryIds === 'all' ? 'all' : 'selected',
    access_tokens_url: `${hub.url}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${hub.url}/installation/repositories`,
    html_url: `${hub.url}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: installation.appId,
    client_id: `Iv1.${installation.appId}`,
    app_slug: app?.slug ?? '',
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: app?.events ?? [],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspendedAt,
  };
}
