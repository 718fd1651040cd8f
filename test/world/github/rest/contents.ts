/** Files, commits, branches and comparisons. */
import { ancestors, changedFiles, commitsBetween, resolveRef } from '../acts/commits.ts';
import { fullName } from '../find.ts';
import { notFound, Refused } from '../refusal.ts';
import { type Answer, type Call, cut, ok, page, param, type Route, repoOf, route } from '../request.ts';
import { branchRefShape, commitShape, diffEntryShape, fileShape } from '../shapes/commit.ts';
import { pullSimpleShape } from '../shapes/pull.ts';
import type { Commit, Repository } from '../state.ts';

const MEGABYTE = 1_048_576;

function commitAt(repo: Repository, ref: string | null): Commit {
  try {
    return resolveRef(repo, ref ?? repo.defaultBranch);
  } catch (error) {
    // Contents answers 404 where commits answers 409 or 422.
    if (error instanceof Refused)
      throw new Refused(
        404,
        repo.branches.size === 0 ? 'This repository is empty.' : `No commit found for the ref ${ref}`,
      );
    throw error;
  }
}

function contents(call: Call): Answer {
  const repo = repoOf(call);
  const ref = call.query.get('ref') ?? repo.defaultBranch;
  const commit = commitAt(repo, ref);
  const path = param(call, 'path').replace(/^\/+|\/+$/g, '');
  const text = commit.files.get(path);
  if (text === undefined) return directory(call, repo, commit, { path, ref });
  if (call.accept.includes('raw'))
    return { status: 200, raw: { text, type: 'application/vnd.github.raw+json; charset=utf-8' } };
  const big = Buffer.byteLength(text) > MEGABYTE;
  const content = big
    ? ''
    : (
        Buffer.from(text)
          .toString('base64')
          .match(/.{1,60}/g) ?? []
      )
        .map((line) => `${line}\n`)
        .join('');
  return ok({
    ...fileShape(call.hub, repo, { path, ref }, text),
    content,
    encoding: big ? 'none' : 'base64',
  });
}

function directory(call: Call, repo: Repository, commit: Commit, at: { path: string; ref: string }): Answer {
  const prefix = at.path === '' ? '' : `${at.path}/`;
  const names = new Set<string>();
  for (const file of commit.files.keys()) {
    if (file.startsWith(prefix)) names.add(file.slice(prefix.length).split('/')[0] ?? '');
  }
  if (names.size === 0) throw notFound();
  const entries = [...names].sort().map((name) => {
    const path = prefix + name;
    return fileShape(call.hub, repo, { path, ref: at.ref }, commit.files.get(path) ?? null);
  });
  return ok(entries);
}

function commit(call: Call): Answer {
  const repo = repoOf(call);
  const found = resolveRef(repo, param(call, 'ref'));
  if (call.accept.includes('.sha'))
    return { status: 200, raw: { text: found.sha, type: 'application/vnd.github.sha; charset=utf-8' } };
  const files = changedFiles(repo, found.parents[0] ?? null, found.sha);
  return ok({
    ...commitShape(call.hub, repo, found),
    stats: { additions: files.length, deletions: 0, total: files.length },
    files: files.map((file) => diffEntryShape(call.hub, repo, found, file)),
  });
}

function branchRef(call: Call): Answer {
  const repo = repoOf(call);
  if (repo.branches.size === 0) throw new Refused(409, 'Git Repository is empty.');
  const branch = param(call, 'ref').replace(/^heads\//, '');
  const sha = repo.branches.get(branch);
  if (sha === undefined) throw notFound();
  return ok(branchRefShape(call.hub, repo, branch, sha));
}

function compare(call: Call): Answer {
  const repo = repoOf(call);
  const [from, to] = param(call, 'basehead').split('...');
  if (from === undefined || to === undefined) throw notFound();
  const base = commitAt(repo, from);
  const head = commitAt(repo, to);
  const ahead = commitsBetween(repo, base.sha, head.sha);
  const behind = commitsBetween(repo, head.sha, base.sha);
  const behindStatus = behind.length > 0 ? 'behind' : 'identical';
  const aheadStatus = behind.length > 0 ? 'diverged' : 'ahead';
  const theirs = ancestors(repo, base.sha);
  const mergeBase = [...ancestors(repo, head.sha)].find((sha) => theirs.has(sha)) ?? base.sha;
  const name = fullName(call.hub.state, repo);
  const page = `${call.hub.url}/${name}/compare/${from}...${to}`;
  const merge = repo.commits.get(mergeBase) ?? base;
  // By pages where it is asked for so; else 250 commits at most.
  const paged = call.query.has('page') || call.query.has('per_page');
  const shown = paged
    ? cut(call, `/repos/${name}/compare/${from}...${to}`, ahead)
    : { items: ahead.slice(0, 250), headers: {} };
  const body = {
    url: `${call.hub.url}/repos/${name}/compare/${from}...${to}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: commitShape(call.hub, repo, base),
    merge_base_commit: commitShape(call.hub, repo, merge),
    status: ahead.length > 0 ? aheadStatus : behindStatus,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: shown.items.map((one) => commitShape(call.hub, repo, one)),
    files: changedFiles(repo, merge.sha, head.sha).map((file) => diffEntryShape(call.hub, repo, head, file)),
  };
  return { status: 200, body, headers: shown.headers };
}

function pullsOfCommit(call: Call): Answer {
  const repo = repoOf(call);
  const sha = resolveRef(repo, param(call, 'commit_sha')).sha;
  const found = repo.pulls.filter(
    ({ pull }) => pull?.commits.includes(sha) === true || pull?.mergeCommitSha === sha,
  );
  const path = `/repos/${fullName(call.hub.state, repo)}/commits/${sha}/pulls`;
  return page(call, path, found, (issue) =>
    issue.pull === null ? {} : pullSimpleShape(call.hub, issue, issue.pull),
  );
}

function listCommits(call: Call): Answer {
  const repo = repoOf(call);
  const head = resolveRef(repo, call.query.get('sha') ?? repo.defaultBranch);
  const all = [...ancestors(repo, head.sha)].flatMap((sha) => repo.commits.get(sha) ?? []);
  const { items, headers } = cut(call, `/repos/${fullName(call.hub.state, repo)}/commits`, all);
  return { status: 200, body: items.map((one) => commitShape(call.hub, repo, one)), headers };
}

export const contentRoutes: readonly Route[] = [
  route('GET', '/repos/{owner}/{repo}/contents/{path}', contents),
  route('GET', '/repos/{owner}/{repo}/contents', contents),
  route('GET', '/repos/{owner}/{repo}/commits', listCommits),
  route('GET', '/repos/{owner}/{repo}/commits/{commit_sha}/pulls', pullsOfCommit),
  route('GET', '/repos/{owner}/{repo}/commits/{ref}', commit),
  route('GET', '/repos/{owner}/{repo}/git/ref/{ref}', branchRef),
  route('GET', '/repos/{owner}/{repo}/compare/{basehead}', compare),
];
