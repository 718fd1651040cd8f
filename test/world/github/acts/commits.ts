/** Commits, branches and pushes. */
import { accountByLogin, fullName, installationFor, need } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import { nextId, nodeId, objectSha } from '../ids.ts';
import { notFound, Refused } from '../refusal.ts';
import { pushedCommitShape } from '../shapes/commit.ts';
import type { Commit, Repository, Sha } from '../state.ts';

const ZERO = '0'.repeat(40);

export type NewCommit = {
  branch: string;
  /** Path to text; `null` removes the file. */
  files: Record<string, string | null>;
  message: string;
  authorId?: number | null;
  committerId?: number | null;
  /** Default: the branch's head, or the default branch's head for a new branch. */
  parent?: Sha | null;
};

/** Puts a commit on a branch (made if missing) and says nothing to anybody. */
export function commitTo(hub: Hub, repo: Repository, wanted: NewCommit): Commit {
  const parent =
    wanted.parent ?? repo.branches.get(wanted.branch) ?? repo.branches.get(repo.defaultBranch) ?? null;
  const files = new Map(parent === null ? [] : repo.commits.get(parent)?.files);
  for (const [path, text] of Object.entries(wanted.files)) {
    if (text === null) files.delete(path);
    else files.set(path, text);
  }
  const commit = makeCommit(hub, {
    parents: parent === null ? [] : [parent],
    message: wanted.message,
    authorId: wanted.authorId ?? null,
    committerId: wanted.committerId ?? wanted.authorId ?? null,
    files,
  });
  addCommit(repo, commit);
  repo.branches.set(wanted.branch, commit.sha);
  repo.pushedAt = hub.now();
  return commit;
}

/** A commit object that is on no branch yet. */
export function makeCommit(
  hub: Hub,
  parts: Pick<Commit, 'parents' | 'message' | 'authorId' | 'committerId' | 'files'>,
): Commit {
  // The counter keeps two commits with the same text in the same second apart.
  const sha = objectSha('commit', String(nextId(hub.state)), parts.message, ...parts.parents);
  return { ...parts, sha, treeSha: objectSha('tree', sha), nodeId: nodeId('Commit', sha), at: hub.now() };
}

export function addCommit(repo: Repository, commit: Commit): void {
  repo.commits.set(commit.sha, commit);
}

export type FileChange = { path: string; status: 'added' | 'modified' | 'removed' };

/** What differs between two commits, by path. */
export function changedFiles(repo: Repository, base: Sha | null, head: Sha): FileChange[] {
  const before = (base === null ? undefined : repo.commits.get(base)?.files) ?? new Map<string, string>();
  const after = repo.commits.get(head)?.files ?? new Map<string, string>();
  if (before === after) return [];
  const changes: FileChange[] = [];
  for (const [path, text] of after) {
    const old = before.get(path);
    if (old === undefined) changes.push({ path, status: 'added' });
    else if (old !== text) changes.push({ path, status: 'modified' });
  }
  for (const path of before.keys()) if (!after.has(path)) changes.push({ path, status: 'removed' });
  return changes;
}

/** The commit a branch, `heads/…`, `refs/heads/…`, `HEAD` or (short) sha names; 409 when the repository is empty. */
export function resolveRef(repo: Repository, ref: string): Commit {
  const name = ref === 'HEAD' ? repo.defaultBranch : ref.replace(/^(refs\/)?heads\//, '');
  const sha = repo.branches.get(name) ?? (repo.commits.has(ref) ? ref : undefined) ?? shortSha(repo, ref);
  const commit = sha === undefined ? undefined : repo.commits.get(sha);
  if (commit !== undefined) return commit;
  if (repo.branches.size === 0) throw new Refused(409, 'Git Repository is empty.');
  if (/^[0-9a-f]{7,40}$/.test(ref)) throw new Refused(422, `No commit found for SHA: ${ref}`);
  throw new Refused(422, `No commit found for the ref ${ref}`);
}

function shortSha(repo: Repository, ref: string): Sha | undefined {
  if (!/^[0-9a-f]{7,39}$/.test(ref)) return undefined;
  return [...repo.commits.keys()].find((sha) => sha.startsWith(ref));
}

/** All commits reachable from `head` and not from `base`, oldest first. */
export function commitsBetween(repo: Repository, base: Sha, head: Sha): Commit[] {
  const known = ancestors(repo, base);
  return [...ancestors(repo, head)]
    .filter((sha) => !known.has(sha))
    .flatMap((sha) => repo.commits.get(sha) ?? [])
    .reverse();
}

export function ancestors(repo: Repository, from: Sha): Set<Sha> {
  const seen = new Set<Sha>();
  const open = [from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (seen.has(sha)) continue;
    seen.add(sha);
    open.push(...(repo.commits.get(sha)?.parents ?? []));
  }
  return seen;
}

export type Push = { branch: string; before: Sha | null; after: Sha; forced?: boolean };

/** Tells the app that a branch moved. */
export function announcePush(hub: Hub, actor: Actor, repo: Repository, push: Push): void {
  if (installationFor(hub.state, repo) === undefined) return;
  const head = repo.commits.get(push.after);
  if (head === undefined) throw notFound();
  const commits = push.before === null ? [head] : commitsBetween(repo, push.before, push.after);
  const written = commits.map((commit) =>
    pushedCommitShape(hub, repo, commit, changedFiles(repo, commit.parents[0] ?? null, commit.sha)),
  );
  const page = `${hub.url}/${fullName(hub.state, repo)}/compare/${push.before ?? ZERO}...${push.after}`;
  const body = {
    ref: `refs/heads/${push.branch}`,
    before: push.before ?? ZERO,
    after: push.after,
    base_ref: null,
    created: push.before === null,
    deleted: false,
    forced: push.forced ?? false,
    compare: page,
    commits: written,
    head_commit: written.at(-1) ?? pushedCommitShape(hub, repo, head, []),
    pusher: { name: actor.user.login, email: `${actor.user.login}@users.noreply.example` },
  };
  hub.announce({ event: 'push', action: null, sender: actor.user, repo, body });
}

/** A person commits files straight onto a branch and pushes. */
export function pushFiles(hub: Hub, actor: Actor, repo: Repository, wanted: NewCommit): Commit {
  need(actor, repo, 'write', 'contents');
  const before = repo.branches.get(wanted.branch) ?? null;
  const commit = commitTo(hub, repo, { authorId: actor.user.id, ...wanted });
  announcePush(hub, actor, repo, { branch: wanted.branch, before, after: commit.sha });
  return commit;
}

/** The id of the person with this login, for authorship of commits. */
export function idOf(hub: Hub, login: string | undefined, otherwise: number): number {
  return login === undefined ? otherwise : (accountByLogin(hub.state, login)?.id ?? otherwise);
}
