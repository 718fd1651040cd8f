/** Telling what is gone from what is only out of our reach, before anything is made again. */
import { repositoryNow } from '../../github/facts/repository-now.ts';
import { readIssue } from '../../github/outgoing/read-issue.ts';
import type { Planning } from '../effects/job.ts';

/**
 * How an issue was lost; undefined where it is there, where the repository only bears another name (threats T104), or
 * where the App cannot see it: GitHub says 404 in both cases. Looked at after the repository was seen, so that a
 * permission given back in between is no loss. Throws GitHubFailure.
 */
export const howLost = async (
  { engine, site }: Planning,
  number: number,
): Promise<'deleted' | 'transferred' | undefined> => {
  const { private: isPrivate, installationId, ...known } = site.known;
  const repository = { ...known, ...site.ref, isPrivate };
  if ((await repositoryNow(engine.github, { repository, installationId })) === null) return undefined;
  const now = await readIssue(site.client, site.ref, number);
  if (now.kind === 'issue') return undefined;
  if (now.kind === 'gone') return 'deleted';
  return now.repositoryId === site.known.id && now.number === number ? undefined : 'transferred';
};
