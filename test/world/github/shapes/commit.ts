/** How GitHub writes commits, files and comparisons. */
import { createHash } from 'node:crypto';
import { accountById, fullName } from '../find.ts';
import type { Hub, Shape } from '../hub.ts';
import { blobSha, nodeId } from '../ids.ts';
import type { Commit, Repository } from '../state.ts';
import { userOrNull } from './account.ts';

type FileChange = { path: string; status: 'added' | 'modified' | 'removed' };

function signature(hub: Hub, id: number | null, at: string): Shape & { name: string; email: string } {
  const login = id === null ? 'somebody' : accountById(hub.state, id).login;
  return { name: login, email: `${login}@users.noreply.example`, date: at };
}

/** GitHub's `commit`. */
export function commitShape(hub: Hub, repo: Repository, commit: Commit): Shape {
  const name = fullName(hub.state, repo);
  const at = `${hub.url}/repos/${name}`;
  return {
    url: `${at}/commits/${commit.sha}`,
    sha: commit.sha,
    node_id: commit.nodeId,
    html_url: `${hub.url}/${name}/commit/${commit.sha}`,
    comments_url: `${at}/commits/${commit.sha}/comments`,
    commit: {
      url: `${at}/git/commits/${commit.sha}`,
      author: signature(hub, commit.authorId, commit.at),
      committer: signature(hub, commit.committerId, commit.at),
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.treeSha, url: `${at}/git/trees/${commit.treeSha}` },
      verification: {
        verified: false,
        reason: 'unsigned',
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    author: userOrNull(hub, commit.authorId),
    committer: userOrNull(hub, commit.committerId),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${at}/commits/${sha}`,
      html_url: `${hub.url}/${name}/commit/${sha}`,
    })),
  };
}

/** The commit as `push` and `merge_group` webhooks write it. */
export function pushedCommitShape(
  hub: Hub,
  repo: Repository,
  commit: Commit,
  files: readonly FileChange[],
): Shape {
  const paths = (status: string) => files.filter((file) => file.status === status).map((file) => file.path);
  const person = (id: number | null) => ({
    ...signature(hub, id, commit.at),
    username: id === null ? undefined : accountById(hub.state, id).login,
  });
  return {
    id: commit.sha,
    tree_id: commit.treeSha,
    distinct: true,
    message: commit.message,
    timestamp: commit.at,
    url: `${hub.url}/${fullName(hub.state, repo)}/commit/${commit.sha}`,
    author: person(commit.authorId),
    committer: person(commit.committerId),
    added: paths('added'),
    removed: paths('removed'),
    modified: paths('modified'),
  };
}

/** GitHub's `diff-entry`. */
export function diffEntryShape(hub: Hub, repo: Repository, commit: Commit, file: FileChange): Shape {
  const name = fullName(hub.state, repo);
  const removed = file.status === 'removed';
  return {
    sha: blobSha(commit.files.get(file.path) ?? ''),
    filename: file.path,
    status: file.status,
    additions: removed ? 0 : 1,
    deletions: removed ? 1 : 0,
    changes: 1,
    blob_url: `${hub.url}/${name}/blob/${commit.sha}/${encodeURIComponent(file.path)}`,
    raw_url: `${hub.url}/${name}/raw/${commit.sha}/${encodeURIComponent(file.path)}`,
    contents_url: `${hub.url}/repos/${name}/contents/${encodeURIComponent(file.path)}?ref=${commit.sha}`,
  };
}

/** GitHub's `content-file` (with the text) or one entry of a `content-directory` (without). */
export function fileShape(
  hub: Hub,
  repo: Repository,
  at: { path: string; ref: string },
  text: string | null,
): Shape {
  const name = fullName(hub.state, repo);
  const url = `${hub.url}/repos/${name}/contents/${at.path}?ref=${at.ref}`;
  const sha =
    text === null ? createHash('sha1').update(`tree ${at.path} ${at.ref}`).digest('hex') : blobSha(text);
  const page = `${hub.url}/${name}/${text === null ? 'tree' : 'blob'}/${at.ref}/${at.path}`;
  const git = `${hub.url}/repos/${name}/git/${text === null ? 'trees' : 'blobs'}/${sha}`;
  return {
    name: at.path.slice(at.path.lastIndexOf('/') + 1),
    path: at.path,
    sha,
    size: text === null ? 0 : Buffer.byteLength(text),
    url,
    html_url: page,
    git_url: git,
    download_url: text === null ? null : `${hub.url}/${name}/raw/${at.ref}/${at.path}`,
    type: text === null ? 'dir' : 'file',
    _links: { self: url, git, html: page },
  };
}

/** GitHub's `git-ref` for a branch. */
export function branchRefShape(hub: Hub, repo: Repository, branch: string, sha: string): Shape {
  const at = `${hub.url}/repos/${fullName(hub.state, repo)}/git`;
  return {
    ref: `refs/heads/${branch}`,
    node_id: nodeId('Ref', `${repo.id}/${branch}`),
    url: `${at}/refs/heads/${branch}`,
    object: { type: 'commit', sha, url: `${at}/commits/${sha}` },
  };
}
