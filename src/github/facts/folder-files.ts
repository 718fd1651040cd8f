/** Files of a folder on the default branch, or one file by its path: for looking, not for deciding. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { unlessGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

const route = 'GET /repos/{owner}/{repo}/contents/{+path}';
const file = z.object({ type: z.literal('file'), content: z.string() });
const listing = z.array(z.object({ type: z.string(), path: z.string() }));
const mostFiles = 30;

/** The text of one file; null where there is none. Throws GitHubFailure. */
export const fileNow = async (
  client: Client,
  { owner, name: repo }: RepositoryRef,
  path: string,
): Promise<string | null> => {
  const seen = file.safeParse((await unlessGone(client.get(route, { owner, repo, path }), null))?.data);
  return seen.success ? Buffer.from(seen.data.content, 'base64').toString('utf8') : null;
};

/** The paths of a folder's files, the first thirty; none where there is no such folder. Throws GitHubFailure. */
export const pathsNow = async (
  client: Client,
  { owner, name: repo }: RepositoryRef,
  path: string,
): Promise<readonly string[]> => {
  const seen = listing.safeParse((await unlessGone(client.get(route, { owner, repo, path }), null))?.data);
  const files = seen.success ? seen.data.filter((one) => one.type === 'file') : [];
  return files.slice(0, mostFiles).map((one) => one.path);
};
