/** Whether an issue that a write did not find is gone: asked for by itself, because one wrong 404 must not make a second issue. */
import type { IssueRef } from '../../core/epic/subject.ts';
import { GitHubFailure } from '../../github/failure.ts';
import { readIssue } from '../../github/outgoing/read-issue.ts';
import type { Site } from '../site.ts';

/**
 * `failure`: what a write to `issue` came to. True where that says 404 or 410, and a look at the issue says so too or
 * finds it elsewhere; where nobody can look, false: the write is tried again (threats F26, F27, F35).
 */
export const isReallyGone = async (site: Site, issue: IssueRef, failure: GitHubFailure): Promise<boolean> => {
  if (failure.status !== 404 && failure.status !== 410) return false;
  try {
    const seen = await readIssue(site.client, site.ref, issue.number);
    return seen.kind !== 'issue';
  } catch (problem) {
    if (problem instanceof GitHubFailure) return false;
    throw problem;
  }
};
