/** How a pull request's change differs between two heads: both are compared with the base, file by file. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MovedHead } from '../../core/epic/moved-head.ts';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { GitHubFailure } from '../failure.ts';

const comparison = z.object({
  files: z
    .array(
      z.object({
        filename: z.string(),
        previous_filename: z.string().nullish(),
        status: z.string(),
        sha: z.string().nullish(),
        patch: z.string().nullish(),
      }),
    )
    .optional(),
});
type Entry = NonNullable<z.infer<typeof comparison>['files']>[number];

/** GitHub lists at most so many files of a comparison; what is behind them nobody knows. */
const mostFiles = 300;

/** Where a hunk stands may change when the base moves; what it says may not. */
const withoutPlaces = (patch: string): string =>
  patch.replaceAll(/^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@.*$/gm, '@@');

/** One file's part of the change; a file shown without its patch is known by what it has become. */
const digestOf = ({ status, previous_filename: before, sha, patch }: Entry): string =>
  createHash('sha256')
    .update(JSON.stringify([status, before ?? '', patch == null ? ['blob', sha] : withoutPlaces(patch)]))
    .digest('hex');

/** A commit that is gone, and a difference too large to be made: GitHub says the latter as if it were away. */
const unknown: ReadonlySet<GitHubFailure['kind']> = new Set(['refused', 'unavailable']);

type Change = ReadonlyMap<string, { readonly digest: string; readonly before: string | undefined }>;

const changeAt = async (
  client: Client,
  repository: RepositoryRef,
  base: string,
  head: string,
): Promise<Change | undefined> => {
  try {
    const { data } = await client.get('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner: repository.owner,
      repo: repository.name,
      basehead: `${base}...${head}`,
    });
    const { files } = comparison.parse(data);
    if (files === undefined || files.length >= mostFiles) return undefined;
    return new Map(
      files.map((file) => [
        file.filename,
        { digest: digestOf(file), before: file.previous_filename ?? undefined },
      ]),
    );
  } catch (failure) {
    if (failure instanceof GitHubFailure && unknown.has(failure.kind)) return undefined;
    throw failure;
  }
};

/** The move with the files that differ, under their names of before and after; without files where GitHub cannot tell: approvals are then lost, never kept. Throws GitHubFailure where we are held back. */
export const movedHead = async (
  client: Client,
  repository: RepositoryRef,
  base: string,
  move: Pick<MovedHead, 'from' | 'to'>,
): Promise<MovedHead> => {
  const { from, to } = move;
  const [old, now] = await Promise.all([
    changeAt(client, repository, base, from),
    changeAt(client, repository, base, to),
  ]);
  if (old === undefined || now === undefined) return { from, to };
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const differing = names.filter((name) => old.get(name)?.digest !== now.get(name)?.digest);
  const touched = differing.flatMap((name) => [name, old.get(name)?.before, now.get(name)?.before]);
  const files = touched.filter((name): name is string => name !== undefined);
  return { from, to, files: [...new Set(files)].sort() };
};
