/** Turns what Octokit throws or answers into a GitHubFailure; decides whether a write may have been applied. */
import type { Answer } from './client.ts';
import { GitHubFailure } from './failure.ts';

/** What was asked: whether it changes something, and how to name it in a message. */
interface Asked {
  readonly write: boolean;
  readonly url: string;
}

/** Errors of a connection that never stood: the request cannot have arrived. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const causes = function* (error: unknown): Generator<Error> {
  for (let one = error; one instanceof Error; one = one.cause) yield one;
};

const wasNeverSent = (error: unknown): boolean =>
  [...causes(error)].some((one) => 'code' in one && neverSent.has(String(one.code)));

/** In these words, and with 404, GitHub says of every request that it knows no App of this number. */
const noSuchApp = /\bintegration not found\b/i;

const short = (message: string): string => (message.length <= 300 ? message : `${message.slice(0, 300)}…`);

/** Who has no tokens to give, and answers with a page, is no API: GITHUB_API_URL is wrong, and nothing is known of the App. */
const isNoApi = ({ url }: Asked, error: Error): boolean =>
  url.endsWith('/access_tokens') &&
  'response' in error &&
  typeof error.response === 'object' &&
  error.response !== null &&
  'data' in error.response &&
  typeof error.response.data === 'string';

const lost = (asked: Asked, status: number, message: string, cause?: unknown): GitHubFailure =>
  new GitHubFailure({
    kind: asked.write ? 'unknown-outcome' : 'unavailable',
    status,
    message,
    url: asked.url,
    cause,
  });

/** A complete answer with an error status, not a rate limit → the failure it stands for. */
const refusal = (asked: Asked, status: number, message: string): GitHubFailure => {
  // 501 says that the endpoint does not exist; any other 5xx may come from behind the write.
  if (status >= 500 && status !== 501) return lost(asked, status, message);
  // A 401 that outlived a fresh token is a clock or an outage of GitHub's, and nothing was applied.
  // An App that GitHub does not know is a wrong APP_ID: it says nothing about what was asked for.
  const nobody = status === 401 || status === 408 || (status === 404 && noSuchApp.test(message));
  const kind = nobody ? 'unavailable' : 'refused';
  return new GitHubFailure({ kind, status, message, url: asked.url });
};

/** What a request threw → GitHubFailure. `limitedUntil` is set when the governor read a rate limit in the answer. */
export const failureFrom = (error: unknown, asked: Asked, limitedUntil: number | null): GitHubFailure => {
  if (error instanceof GitHubFailure) return error;
  const message = short(error instanceof Error ? error.message : String(error));
  const answered = error instanceof Error && 'response' in error && error.response !== undefined;
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  if (limitedUntil !== null) {
    return new GitHubFailure({ kind: 'limited', status, message, url: asked.url, until: limitedUntil });
  }
  if (answered && isNoApi(asked, error))
    return new GitHubFailure({ kind: 'unavailable', status, message, url: asked.url });
  if (answered) return refusal(asked, status, message);
  if (wasNeverSent(error)) {
    return new GitHubFailure({ kind: 'unavailable', message, url: asked.url, cause: error });
  }
  return lost(asked, 0, message, error);
};

/** A 2xx or 3xx answer that is no good after all → its failure: cut off in the middle, a login page, a redirected write. */
export const failureIn = (answer: Answer, asked: Asked): GitHubFailure | null => {
  const { status, headers, data } = answer;
  if (status >= 300 && status < 400 && status !== 304) {
    const location = String(headers['location'] ?? '');
    return new GitHubFailure({ kind: 'refused', status, message: 'Moved', url: asked.url, location });
  }
  const type = String(headers['content-type'] ?? '');
  // Octokit hands over the bare text where JSON was promised and could not be read.
  if (typeof data === 'string' && type.startsWith('application/json')) {
    return lost(asked, status, 'The answer broke off');
  }
  if (typeof data === 'string' && type.startsWith('text/html')) {
    const kind = asked.write ? 'refused' : 'unavailable';
    return new GitHubFailure({
      kind,
      status,
      message: 'Answered with a page, not with data',
      url: asked.url,
    });
  }
  return null;
};
