/** A pull request as GitHub shows it → the ledger's row of it, its link left for the epic to say. */
import type { PullSeen } from '../github/incoming/news.ts';
import type { KnownPullRequest } from '../ledger/pull-requests.ts';

/** `seq` orders what deliveries say; 0 where GitHub was asked just now. */
export const pullRow = (repositoryId: number, pull: PullSeen, seq: number): KnownPullRequest => ({
  repositoryId,
  number: pull.number,
  headSha: pull.head,
  baseRef: pull.base,
  state: pull.state,
  fork: pull.fork,
  authorId: pull.author.id,
  draft: pull.draft,
  epicId: null,
  stage: null,
  link: 'none',
  updatedSeq: seq,
});
