/** The configuration and workflow files of a repository's default branch, at a known commit (contract §2, threats T34, T52). */
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

/** One file as read: its text, and GitHub's blob id. */
export interface FileRead {
  readonly path: string;
  readonly text: string;
  readonly sha: string;
}

/** Where rules come from, and which commit they were read at. */
export interface RepositoryFiles {
  /** The default branch's commit; null for an empty repository. */
  readonly commit: string | null;
  /** gatehouse.yml of the repository, or else of the owner's `.github` repository. */
  readonly configuration: FileRead | null;
  readonly configurationFrom: 'repository' | 'owner';
  /** `.github/gatehouse/*.yml`, in name order. */
  readonly workflows: readonly FileRead[];
}

const configurationPath = '.github/gatehouse.yml';
const workflowFolder = '.github/gatehouse';
/** More files than anybody needs; a limit so that one repository cannot cost us everything. */
const mostWorkflows = 50;

interface Place {
  readonly owner: string;
  readonly repo: string;
  readonly ref?: string;
}

const contents = 'GET /repos/{owner}/{repo}/contents/{+path}';

const orNull = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (failure) {
    if (isGone(failure)) return null;
    throw failure;
  }
};

const isFile = (data: unknown): data is { type: 'file'; path: string; sha: string; content: string } =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'file' && 'content' in data;

const readFile = async (client: Client, place: Place, path: string): Promise<FileRead | null> => {
  const answer = await orNull(client.get(contents, { ...place, path }));
  // A symlink, a submodule or a folder of that name is not a file (threats T59).
  if (answer === null || !isFile(answer.data)) return null;
  const { sha, content } = answer.data;
  return { path, sha, text: Buffer.from(content, 'base64').toString('utf8') };
};

const readWorkflows = async (client: Client, place: Place): Promise<readonly FileRead[]> => {
  const listing = await orNull(client.get(contents, { ...place, path: workflowFolder }));
  if (listing === null || !Array.isArray(listing.data)) return [];
  const paths = listing.data
    .map((entry: { path?: unknown; type?: unknown }) => (entry.type === 'file' ? String(entry.path) : ''))
    .filter((path) => /\.ya?ml$/.test(path))
    .sort()
    .slice(0, mostWorkflows);
  const files = await Promise.all(paths.map((path) => readFile(client, place, path)));
  return files.filter((file): file is FileRead => file !== null);
};

/** The default branch's commit now: null for an empty repository, `unchanged` where the etag says so. */
export const headCommit = async (
  client: Client,
  repository: RepositoryRef,
  branch: string,
): Promise<string | null> => {
  const place = { owner: repository.owner, repo: repository.name, ref: branch };
  const answer = await orNull(client.get('GET /repos/{owner}/{repo}/commits/{ref}', place));
  const data: unknown = answer?.data;
  return typeof data === 'object' && data !== null && 'sha' in data ? String(data.sha) : null;
};

/**
 * Reads what rules a repository at one commit. A missing file is no failure; anything else GitHub refuses is thrown,
 * so that nothing is decided on half of the rules.
 */
export const readRepositoryFiles = async (
  client: Client,
  repository: RepositoryRef,
  commit: string | null,
): Promise<RepositoryFiles> => {
  const place = {
    owner: repository.owner,
    repo: repository.name,
    ...(commit === null ? {} : { ref: commit }),
  };
  const [own, workflows] = await Promise.all([
    readFile(client, place, configurationPath),
    readWorkflows(client, place),
  ]);
  if (own !== null) return { commit, configuration: own, configurationFrom: 'repository', workflows };
  const owners = { owner: repository.owner, repo: '.github' };
  const inherited = await readFile(client, owners, configurationPath);
  return {
    commit,
    configuration: inherited,
    configurationFrom: inherited === null ? 'repository' : 'owner',
    workflows,
  };
};
