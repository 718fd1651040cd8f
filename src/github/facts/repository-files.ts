/** The configuration and workflow files of a repository's default branch, at a known commit (contract §2, threats T34, T52). */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { extendsOrganization } from '../../core/workflow/lay-configuration.ts';
import { GitHubFailure, unlessGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

/** One file as read: its text, and GitHub's blob id. */
export interface FileRead {
  readonly path: string;
  readonly text: string;
  readonly sha: string;
  /** What stands there instead of a text that could be read whole; then `text` is empty (threats T53, T59). */
  readonly instead?: Instead;
}

/** `shadow`: another spelling of the name, which nobody would read. */
export type Instead = 'link' | 'submodule' | 'folder' | 'pointer' | 'too-large' | 'shadow';

/** Where rules come from, and which commit they were read at. */
export interface RepositoryFiles {
  /** The default branch's commit; null for an empty repository. */
  readonly commit: string | null;
  /** The repository's gatehouse.yml. */
  readonly own: FileRead | null;
  /** That of the owner's `.github` repository: read where there is no own one, or where that extends it. */
  readonly organization: FileRead | null;
  /** `.github/gatehouse/*.yml` and `*.yaml`, in name order, the first fifty. */
  readonly workflows: readonly FileRead[];
}

const folder = '.github';
const configurationName = 'gatehouse.yml';
/** More files than anybody needs; a limit so that one repository cannot cost us everything. */
const mostWorkflows = 50;

interface Place {
  readonly owner: string;
  readonly repo: string;
  readonly ref?: string;
}

const contents = 'GET /repos/{owner}/{repo}/contents/{+path}';

const entry = z.object({ name: z.string(), path: z.string(), type: z.string(), sha: z.string() });
type Entry = z.infer<typeof entry>;

const asFile = z.object({
  type: z.literal('file'),
  sha: z.string(),
  content: z.string(),
  encoding: z.string(),
});

/** The entries of a folder; null where there is no such folder. Links and submodules are only told apart here. */
const list = async (client: Client, place: Place, path: string): Promise<readonly Entry[] | null> => {
  const answer = await unlessGone(client.get(contents, { ...place, path }), null);
  if (answer === null) return null;
  return Array.isArray(answer.data) ? z.array(entry).parse(answer.data) : [];
};

/** What `.github` holds. A server that has never listed a folder may still have the files: they are asked for by name. */
const listRules = async (client: Client, place: Place): Promise<readonly Entry[]> => {
  const entries = await list(client, place, folder);
  if (entries !== null) client.features.learn('folders', 'yes');
  if (entries !== null || client.features.has('folders') === 'yes') return entries ?? [];
  const path = `${folder}/${configurationName}`;
  const answer = await unlessGone(client.get(contents, { ...place, path }), null);
  const file = asFile.safeParse(answer?.data);
  return [
    { name: 'gatehouse', path: `${folder}/gatehouse`, type: 'dir', sha: '' },
    ...(file.success ? [{ name: configurationName, path, type: 'file', sha: file.data.sha }] : []),
  ];
};

const kinds: Readonly<Record<string, Instead>> = { symlink: 'link', submodule: 'submodule', dir: 'folder' };
const lfs = 'version https://git-lfs.github.com/spec/';

/** GitHub follows a link and empties what is larger than a megabyte without a word: neither is a file that says rules (threats T59). */
const readFile = async (
  client: Client,
  place: Place,
  { path, type, sha }: Entry,
): Promise<FileRead | null> => {
  const unread = (instead: Instead): FileRead => ({ path, sha, text: '', instead });
  const kind = kinds[type];
  if (kind !== undefined) return unread(kind);
  const answer = await unlessGone(client.get(contents, { ...place, path }), null);
  if (answer === null) return null;
  const file = asFile.safeParse(answer.data);
  if (!file.success) return unread('link');
  if (file.data.encoding !== 'base64') return unread('too-large');
  // A listing may call a link a file; what is then read is another blob. Without a commit it may be a newer one.
  if (place.ref !== undefined && file.data.sha !== sha) return unread('link');
  const text = Buffer.from(file.data.content, 'base64').toString('utf8');
  return text.startsWith(lfs) ? unread('pointer') : { path, sha, text };
};

/** gatehouse.yml of one place. Beside it, or instead of it, no other spelling may stand (threats T53). */
const readConfiguration = async (
  client: Client,
  place: Place,
  entries: readonly Entry[],
): Promise<FileRead | null> => {
  const other = entries.find(
    ({ name }) => name !== configurationName && /^gatehouse\.(?:ya?ml|json)$/i.test(name),
  );
  if (other !== undefined) return { path: other.path, sha: other.sha, text: '', instead: 'shadow' };
  const there = entries.find(({ name }) => name === configurationName);
  return there === undefined ? null : readFile(client, place, there);
};

const readWorkflows = async (
  client: Client,
  place: Place,
  entries: readonly Entry[],
): Promise<readonly FileRead[]> => {
  if (!entries.some(({ name, type }) => name === 'gatehouse' && type === 'dir')) return [];
  const found = ((await list(client, place, `${folder}/gatehouse`)) ?? [])
    .filter(({ path }) => /\.ya?ml$/i.test(path))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .slice(0, mostWorkflows);
  const files = await Promise.all(found.map((one) => readFile(client, place, one)));
  return files.filter((file): file is FileRead => file !== null);
};

/** An empty repository answers 409; 422 says that no branch is called so, which GitHub knows better than we do. */
const withoutCommit: ReadonlySet<number> = new Set([404, 409, 422]);

/** The default branch's commit now; null where there is none, as in an empty repository. Throws GitHubFailure. */
export const headCommit = async (
  client: Client,
  repository: RepositoryRef,
  branch: string,
): Promise<string | null> => {
  const place = { owner: repository.owner, repo: repository.name, ref: branch };
  try {
    const { data } = await client.get('GET /repos/{owner}/{repo}/commits/{ref}', place);
    return z.object({ sha: z.string() }).safeParse(data).data?.sha ?? null;
  } catch (failure) {
    if (failure instanceof GitHubFailure && failure.kind === 'refused' && withoutCommit.has(failure.status))
      return null;
    throw failure;
  }
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
  const entries = await listRules(client, place);
  const [own, workflows] = await Promise.all([
    readConfiguration(client, place, entries),
    readWorkflows(client, place, entries),
  ]);
  if (own !== null && !extendsOrganization(own.text)) return { commit, own, organization: null, workflows };
  const owners = { owner: repository.owner, repo: '.github' };
  const organization = await readConfiguration(client, owners, await listRules(client, owners));
  return { commit, own, organization, workflows };
};
