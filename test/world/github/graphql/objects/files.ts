/** GraphQL commits, branches, trees and blobs. */
import { resolveRef } from '../../acts/commits.ts';
import { accountById } from '../../find.ts';
import { blobSha } from '../../ids.ts';
import { Refused } from '../../refusal.ts';
import type { Commit, Repository } from '../../state.ts';
import { type Concrete, type Fields, fields, paged, scalar } from '../schema.ts';

export type File = { path: string; commit: Commit };
export type Named = { name: string; sha: string; repo: Repository };

export function commitIn(repo: Repository, sha: string | null | undefined): Commit | null {
  return repo.commits.get(sha ?? '') ?? null;
}

function treeEntries(at: File): { name: string; file: File; isFile: boolean }[] {
  const prefix = at.path === '' ? '' : `${at.path}/`;
  const names = new Map<string, boolean>();
  for (const path of at.commit.files.keys()) {
    if (!path.startsWith(prefix)) continue;
    const [name, ...deeper] = path.slice(prefix.length).split('/');
    if (name !== undefined) names.set(name, deeper.length === 0);
  }
  return [...names].map(([name, isFile]) => ({
    name,
    isFile,
    file: { path: prefix + name, commit: at.commit },
  }));
}

function fileLike(file: File): Concrete | null {
  if (file.commit.files.has(file.path)) return { concrete: 'Blob', it: file };
  return treeEntries(file).length > 0 ? { concrete: 'Tree', it: file } : null;
}

/** `main`, `main:`, `main:path`, or a sha: the git object, or null. */
export function objectAt(repo: Repository, expression: string): Concrete | null {
  const colon = expression.indexOf(':');
  try {
    const commit = resolveRef(repo, colon < 0 ? expression : expression.slice(0, colon));
    return colon < 0
      ? { concrete: 'Commit', it: commit }
      : fileLike({ commit, path: expression.slice(colon + 1) });
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

export function branch(repo: Repository, name: string): Named | null {
  const sha = repo.branches.get(name);
  return sha === undefined ? null : { name, sha, repo };
}

export const files: Record<string, Fields> = {
  Ref: fields<Named>({
    name: scalar((it) => it.name),
    target: { type: 'GitObject', read: (it) => ({ concrete: 'Commit', it: commitIn(it.repo, it.sha) }) },
  }),
  Blob: fields<File>({
    oid: scalar((it) => blobSha(it.commit.files.get(it.path) ?? '')),
    text: scalar((it) => it.commit.files.get(it.path)),
    byteSize: scalar((it) => Buffer.byteLength(it.commit.files.get(it.path) ?? '')),
    isBinary: scalar(() => false),
    isTruncated: scalar(() => false),
  }),
  Tree: fields<File>({
    oid: scalar((it) => it.commit.treeSha),
    entries: { type: 'TreeEntry', read: treeEntries },
  }),
  TreeEntry: fields<{ name: string; file: File; isFile: boolean }>({
    name: scalar((it) => it.name),
    path: scalar((it) => it.file.path),
    type: scalar((it) => (it.isFile ? 'blob' : 'tree')),
    object: { type: 'GitObject', read: (it) => fileLike(it.file) },
  }),
  GitObject: fields<Commit>({ oid: scalar((it) => it.sha) }),
  Commit: fields<Commit>({
    id: scalar((it) => it.nodeId),
    oid: scalar((it) => it.sha),
    message: scalar((it) => it.message),
    committedDate: scalar((it) => it.at),
    author: { type: 'GitActor', read: (it) => it.authorId },
    committer: { type: 'GitActor', read: (it) => it.committerId },
    authors: paged('GitActor', (it) => [it.authorId]),
  }),
  GitActor: fields<number | null>({
    user: { type: 'User', read: (id, _, { hub }) => (id === null ? null : accountById(hub.state, id)) },
    name: scalar((id, { hub }) => (id === null ? 'somebody' : accountById(hub.state, id).login)),
    email: scalar(() => null),
  }),
  PullRequestCommit: fields<Commit>({ commit: { type: 'Commit', read: (it) => it } }),
};
