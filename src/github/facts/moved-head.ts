/** How a pull request's change differs between two heads: both are compared with the base, file by file. */
import { z } from 'zod';
import type { MovedHead } from '../../core/epic/moved-head.ts';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { GitHubFailure, isGone } from '../failure.ts';
import { countInVain, forgetInVain, type InVain } from './in-vain.ts';

const comparison = z.object({
  merge_base_commit: z.object({ sha: z.string() }).nullish(),
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

/** Where a hunk stands changes when the base moves below it; what it says may not. */
const withoutPlaces = (patch: string): string =>
  patch.replaceAll(/^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@.*$/gm, '@@');

/**
 * One file's part of the change. On one and the same base it must be the same file to the letter; on another one the same
 * patch, and a file shown without its patch is known by what it has become.
 */
const digestOf = ({ status, previous_filename: before, sha, patch }: Entry, exact: boolean): string => {
  const what = exact ? [sha, patch] : [patch == null ? sha : null, withoutPlaces(patch ?? '')];
  return JSON.stringify([status, before, what]);
};

/** GitHub says of a difference that is too large to be made that it was away (500, 503), in these words. */
const tooLarge = /\bdiff (?:is taking too long|exceeded)/i;
/** After so many tries and so long it is the comparison that fails, not GitHub. */
const mostTries = 5;
const longest = 30_000;
/** A commit that was pushed this moment may not be seen everywhere yet; one that is gone stays gone. */
const mostLooks = 2;

/** A commit that is gone, and a difference that cannot be made; an outage tells nothing, and passes. */
const isUnknown = (failure: unknown, inVain: () => InVain): boolean => {
  if (!(failure instanceof GitHubFailure) || failure.kind === 'limited') return false;
  if (tooLarge.test(failure.message)) return true;
  if (failure.kind === 'refused') return !isGone(failure) || inVain().times > mostLooks;
  const { times, since } = inVain();
  return times > mostTries && Date.now() - since >= longest;
};

interface Change {
  /** Where it branched off. */
  readonly from: string | undefined;
  readonly files: ReadonlyMap<string, Entry>;
}

const changeAt = async (
  client: Client,
  repository: RepositoryRef,
  base: string,
  head: string,
): Promise<Change | undefined> => {
  const question = `compare ${repository.id} ${base}...${head}`;
  try {
    const { data } = await client.get('GET /repos/{owner}/{repo}/compare/{basehead}', {
      owner: repository.owner,
      repo: repository.name,
      basehead: `${base}...${head}`,
    });
    forgetInVain(client, question);
    const { files, merge_base_commit: branchedOff } = comparison.parse(data);
    if (files === undefined || files.length >= mostFiles) return undefined;
    return { from: branchedOff?.sha, files: new Map(files.map((file) => [file.filename, file])) };
  } catch (failure) {
    if (isUnknown(failure, () => countInVain(client, question))) return undefined;
    throw failure;
  }
};

/** The move with the files that differ, under their names of before and after; without files where GitHub cannot tell: approvals are then lost, never kept. Throws GitHubFailure where we are held back or GitHub is away. */
export const movedHead = async (
  client: Client,
  repository: RepositoryRef,
  base: string,
  { from, to }: Pick<MovedHead, 'from' | 'to'>,
): Promise<MovedHead> => {
  const [old, now] = await Promise.all([
    changeAt(client, repository, base, from),
    changeAt(client, repository, base, to),
  ]);
  if (old === undefined || now === undefined) return { from, to };
  const exact = old.from === now.from;
  const digest = (entry: Entry | undefined): string | undefined => entry && digestOf(entry, exact);
  const names = [...new Set([...old.files.keys(), ...now.files.keys()])];
  const touched = names.flatMap((name) => {
    const [before, after] = [old.files.get(name), now.files.get(name)];
    if (digest(before) === digest(after)) return [];
    return [name, before?.previous_filename ?? undefined, after?.previous_filename ?? undefined];
  });
  const files = touched.filter((name): name is string => name !== undefined);
  return { from, to, files: [...new Set(files)].sort() };
};
