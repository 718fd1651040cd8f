/** How GitHub writes repositories and labels. */
import { accountById, fullName } from '../find.ts';
import type { Hub, Shape } from '../hub.ts';
import type { Label, Repository } from '../state.ts';
import { userShape } from './account.ts';

const PLACES: readonly (readonly [string, string])[] = [
  ['archive', '/{archive_format}{/ref}'],
  ['assignees', '/assignees{/user}'],
  ['blobs', '/git/blobs{/sha}'],
  ['branches', '/branches{/branch}'],
  ['collaborators', '/collaborators{/collaborator}'],
  ['comments', '/comments{/number}'],
  ['commits', '/commits{/sha}'],
  ['compare', '/compare/{base}...{head}'],
  ['contents', '/contents/{+path}'],
  ['contributors', '/contributors'],
  ['deployments', '/deployments'],
  ['downloads', '/downloads'],
  ['events', '/events'],
  ['forks', '/forks'],
  ['git_commits', '/git/commits{/sha}'],
  ['git_refs', '/git/refs{/sha}'],
  ['git_tags', '/git/tags{/sha}'],
  ['hooks', '/hooks'],
  ['issue_comment', '/issues/comments{/number}'],
  ['issue_events', '/issues/events{/number}'],
  ['issues', '/issues{/number}'],
  ['keys', '/keys{/key_id}'],
  ['labels', '/labels{/name}'],
  ['languages', '/languages'],
  ['merges', '/merges'],
  ['milestones', '/milestones{/number}'],
  ['notifications', '/notifications{?since,all,participating}'],
  ['pulls', '/pulls{/number}'],
  ['releases', '/releases{/id}'],
  ['stargazers', '/stargazers'],
  ['statuses', '/statuses/{sha}'],
  ['subscribers', '/subscribers'],
  ['subscription', '/subscription'],
  ['tags', '/tags'],
  ['teams', '/teams'],
  ['trees', '/git/trees{/sha}'],
];
const written = new WeakMap<Repository, { key: string; shape: Shape }>();

/** GitHub's `full-repository`, good for every smaller form too; shared, so never change it. */
export function repositoryShape(hub: Hub, repo: Repository): Shape {
  const name = fullName(hub.state, repo);
  const key = `${hub.url} ${name} ${repo.pushedAt} ${repo.defaultBranch}`;
  const known = written.get(repo);
  if (known?.key === key) return known.shape;
  const at = `${hub.url}/repos/${name}`;
  const page = `${hub.url}/${name}`;
  const shape: Shape = {
    id: repo.id,
    node_id: repo.nodeId,
    name: repo.name,
    full_name: name,
    private: repo.private,
    owner: userShape(hub, accountById(hub.state, repo.ownerId)),
    html_url: page,
    description: null,
    fork: repo.forkOfId !== null,
    url: at,
    ...Object.fromEntries(PLACES.map(([what, where]) => [`${what}_url`, at + where])),
    git_url: `git://localhost/${name}.git`,
    ssh_url: `git@localhost:${name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    ...counts(repo),
    default_branch: repo.defaultBranch,
    visibility: repo.private ? 'private' : 'public',
    pushed_at: repo.pushedAt,
    created_at: repo.createdAt,
    updated_at: repo.pushedAt,
    permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
  };
  written.set(repo, { key, shape });
  return shape;
}

function counts(repo: Repository): Shape {
  return {
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    forks_count: 0,
    open_issues_count: repo.issues.size,
    license: null,
    forks: 0,
    open_issues: repo.issues.size,
    watchers: 0,
    network_count: 0,
    subscribers_count: 0,
    is_template: false,
    topics: [],
    has_issues: repo.issuesOff !== true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    custom_properties: {},
  };
}

/** The five fields GitHub writes where a repository is only mentioned. */
export function repositoryMention(hub: Hub, repo: Repository): Shape {
  const { id, node_id, name, full_name, private: hidden } = repositoryShape(hub, repo);
  return { id, node_id, name, full_name, private: hidden };
}

/** GitHub's `label`. */
export function labelShape(hub: Hub, repo: Repository, label: Label): Shape {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${hub.url}/repos/${fullName(hub.state, repo)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}
