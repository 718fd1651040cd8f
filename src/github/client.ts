/** How the house talks to GitHub on behalf of one installation (or the App): a few verbs, and only GitHubFailures thrown. */
import type { Features } from './features.ts';
import type { GraphqlError } from './graphql-answer.ts';

export type Params = Readonly<Record<string, unknown>>;

/** What was answered; `data` is for a zod schema to read. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

interface GraphqlResult {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphqlError[];
  readonly headers: Answer['headers'];
  /** Until when the installation is limited, where an error says so. */
  readonly limitedUntil: number | null;
}

/** `priority`: see governor.ts. `redirect: 'manual'`: a 301 is thrown as `refused` with its location, also of a GET. */
interface Manner {
  readonly priority?: number;
  readonly redirect?: 'follow' | 'manual';
}

/**
 * All verbs throw GitHubFailure and nothing else. `route` is `GET /repos/{owner}/{repo}`; what `params` has beyond
 * the braces goes into the query or the body.
 */
export interface Client {
  readonly get: (route: string, params?: Params, manner?: Manner) => Promise<Answer>;
  /** A write. A redirect is never followed (threats T104): it is `refused` with status 301 and a location. */
  readonly request: (route: string, params?: Params, manner?: Manner) => Promise<Answer>;
  /** A GraphQL document. Throws where the server answered no GraphQL; errors of single fields are in `errors`. */
  readonly graphql: (query: string, variables?: Params, manner?: Manner) => Promise<GraphqlResult>;
  /** A read that costs no quota when nothing changed since `etag`. */
  readonly getIfChanged: (
    route: string,
    params: Params,
    etag?: string | null,
  ) => Promise<
    | { readonly changed: false }
    | { readonly changed: true; readonly data: unknown; readonly etag: string | null }
  >;
  readonly features: Features;
  readonly appId: number;
  /** `<slug>[bot]`: who our comments and issues are by. */
  readonly botLogin: () => Promise<string>;
}
