/** The one way a request to GitHub fails for the rest of the house: typed by what the caller may do next. */

import { withoutSecrets } from '../core/render/without-secrets.ts';

/**
 * `refused`: will not change by asking again (4xx, or a redirect of a write) · `limited`: ask again at `until`, no attempt
 * counted (threats F22, F23) · `unavailable`: ask again with backoff (F21) · `unknown-outcome`: a write whose answer
 * was not read; it may have been applied, so probe before repeating a creation (threats §3.3).
 */
export type FailureKind = 'refused' | 'limited' | 'unavailable' | 'unknown-outcome';

interface Details {
  readonly kind: FailureKind;
  readonly message: string;
  readonly url: string;
  readonly status?: number;
  readonly until?: number | null;
  readonly location?: string | null;
  readonly cause?: unknown;
}

/** What every call to GitHub throws, and nothing else. */
export class GitHubFailure extends Error {
  override readonly name = 'GitHubFailure';
  readonly kind: FailureKind;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Method and address, without credentials. */
  readonly url: string;
  /** For `limited`: when to ask again, in milliseconds since 1970. */
  readonly until: number | null;
  /** For a redirect: where GitHub pointed to (threats T104). */
  readonly location: string | null;

  constructor(details: Details) {
    // Servers and proxies quote what they were sent; this text goes into logs and the ledger.
    super(withoutSecrets(details.message), { cause: details.cause });
    this.kind = details.kind;
    this.status = details.status ?? 0;
    this.url = details.url;
    this.until = details.until ?? null;
    this.location = details.location ?? null;
  }
}

/** In these words GitHub refuses every issue of a repository, also with 410, while somebody has switched its issues off. */
const switchedOff = /\bissues (?:are|has been|have been) disabled\b/i;

/** True when GitHub says that the thing is not there, or not for us: 404 and 410. What is switched off is still there. */
export const isGone = (failure: unknown): boolean =>
  failure instanceof GitHubFailure &&
  failure.kind === 'refused' &&
  (failure.status === 404 || (failure.status === 410 && !switchedOff.test(failure.message)));

/** What was asked for; `instead` where it is gone. Another failure is thrown. */
export const unlessGone = async <T, U>(asked: Promise<T>, instead: U): Promise<T | U> => {
  try {
    return await asked;
  } catch (failure) {
    if (isGone(failure)) return instead;
    throw failure;
  }
};
