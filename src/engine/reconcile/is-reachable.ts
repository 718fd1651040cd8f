/** Telling what is gone from what is only out of our reach, before anything is made again. */
import { repositoryNow } from '../../github/facts/repository-now.ts';
import type { IssueNow } from '../../github/outgoing/read-issue.ts';
import type { Planning } from '../effects/job.ts';

/** Whether the App has the repository at this moment. Throws GitHubFailure. */
export const isReachable = async ({ engine, site }: Planning): Promise<boolean> => {
  const { private: isPrivate, installationId, ...known } = site.known;
  const now = await repositoryNow(engine.github, {
    repository: { ...known, ...site.ref, isPrivate },
    installationId,
  });
  return now !== null;
};

/** The repository bears another name, and the issue is where it was (threats T104). */
export const isRenamed = ({ site }: Planning, now: IssueNow, number: number): boolean =>
  now.kind === 'moved' && now.repositoryId === site.known.id && now.number === number;
