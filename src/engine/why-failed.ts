/** What a log says of a failure: of GitHub's answers the answer, of anything else where in our code it was. */
import { GitHubFailure } from '../github/failure.ts';

/** Fields for a line of the log. The way through our code says nothing about what GitHub refused. */
export const whyFailed = (failure: unknown): Readonly<Record<string, unknown>> =>
  failure instanceof GitHubFailure
    ? { kind: failure.kind, status: failure.status, url: failure.url, problem: failure.message }
    : { err: failure };
