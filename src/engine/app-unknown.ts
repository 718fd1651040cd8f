/** GitHub does not take us for the App of our environment: for that there is one answer, in the log at a start and from `gatehouse doctor`. */
import type { GitHubFailure } from '../github/failure.ts';

/** What to put right, in this order of likelihood. */
export const appUnknownMend =
  "APP_ID (the App's number, not an installation's or a client id) and PRIVATE_KEY must belong together, GITHUB_API_URL must be the " +
  "REST root of that App's server (GHES: https://HOST/api/v3), and this machine's clock must be right to the minute";

/** True where the App's own question, which needs nothing but number and key, was answered with 401 or 404. */
export const isAppUnknown = ({ status, url }: GitHubFailure): boolean =>
  (status === 401 || status === 404) && /^GET \/app(?:\/installations)?$/.test(url);
