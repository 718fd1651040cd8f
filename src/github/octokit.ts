/** The client of one GitHub server: one Octokit per installation on Probot's base, authenticated, paced and typed. */
import { ProbotOctokit } from 'probot';
import { z } from 'zod';
import type { Client } from './client.ts';
import { GitHubFailure } from './failure.ts';
import { detectFeatures } from './features.ts';
import { govern, type Manner } from './govern.ts';
import { createGovernor, type Governor } from './governor.ts';
import { type Token, type TokenSource, tokenSource } from './installation-token.ts';
import { makeClient } from './make-client.ts';
import type { Pace } from './request-queue.ts';

export type { Client } from './client.ts';

type Log = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>['log'];

interface Connection {
  readonly appId: number | string;
  readonly privateKey: string;
  /** REST root, as GITHUB_API_URL (contract §1). */
  readonly apiUrl: string;
  /** GATEHOUSE_THROTTLE: off paces nothing but still obeys retry-after. */
  readonly throttle: boolean;
  readonly log?: Log;
  /** For tests: clock, patience, and the milliseconds one request may take. */
  readonly pace?: Partial<Omit<Pace, 'throttle'>>;
  readonly timeout?: number;
  readonly reach?: Manner['reach'];
  /** Absent: this process shares its limits with nobody. */
  readonly ration?: Manner['ration'];
}

export interface GitHub {
  /** The client of one installation; its token is minted with the first request. */
  readonly installation: (id: number) => Client;
  /** For the App's own endpoints, with its JWT: delivery log, installations. */
  readonly app: Client;
  readonly appId: number;
  readonly botLogin: () => Promise<string>;
  /** Per installation what waits and until when; for /metrics. */
  readonly state: Governor['state'];
  /** While less than a fifth of the hour's requests is left to an installation: until when, in milliseconds since 1970. */
  readonly scarceUntil: (installation: number) => number | null;
  /** Sends nothing for an installation before `until`: another process was told so. */
  readonly hold: (installation: number, until: number, why: string) => void;
  /** Sends nothing more: whatever waits its turn fails as `unavailable`. */
  readonly close: () => void;
}

const requestTimeout = 15_000;
const nothing = (): void => {};
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const minted = z.object({ token: z.string(), expiresAt: z.string() });
const appSeen = z.object({ slug: z.string() });

/** `https://HOST/api/v3` → `https://HOST/api/graphql`; any other root has it right below. */
const graphqlUrlOf = (root: string): string =>
  root.endsWith('/api/v3') ? `${root.slice(0, -'/v3'.length)}/graphql` : `${root}/graphql`;

/** An auth strategy of Octokit's that takes its token from `tokens` and asks for a newer one after a 401, once. */
const withTokens = (tokens: TokenSource, timeout: number) => () => ({
  hook: async <O extends { headers: object; request?: object }, A>(
    request: (options: O) => Promise<A>,
    options: O,
  ) => {
    // Minting has its own time; a write must not run out of it before it is sent.
    const send = (token: string): Promise<A> =>
      request({
        ...options,
        headers: { ...options.headers, authorization: `token ${token}` },
        request: { ...options.request, signal: AbortSignal.timeout(timeout) },
      });
    const token = await tokens.current();
    try {
      return await send(token);
    } catch (error) {
      if (!(error instanceof Error) || !('status' in error) || error.status !== 401) throw error;
      return send(await tokens.renew(token));
    }
  },
});

/** How to ask for a token → how to mint one. Whatever goes wrong here, the write it was for has not been sent. */
const minting = (ask: () => Promise<unknown>) => async (): Promise<Token> => {
  try {
    const { token, expiresAt } = minted.parse(await ask());
    return { token, expiresAt: Date.parse(expiresAt) };
  } catch (cause) {
    const message = `No installation token: ${cause instanceof Error ? cause.message : 'unreadable'}`;
    const url = 'POST /app/installations/{installation_id}/access_tokens';
    if (!(cause instanceof GitHubFailure) || cause.kind === 'unknown-outcome') {
      throw new GitHubFailure({ kind: 'unavailable', message, url, cause });
    }
    // 404 means that the App was uninstalled; it must not be taken for a missing issue or a missing GraphQL (F26).
    throw cause.kind === 'refused'
      ? new GitHubFailure({ ...cause, status: 403, message, url, cause })
      : cause;
  }
};

/** `make` is called when first asked, and again only if it failed. */
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((failure: unknown) => {
      made = null;
      throw failure;
    });
    return made;
  };
};

/** Connects nothing yet: the first request does. Throws only where the private key or App id is missing. */
export const connectGitHub = (connection: Connection): GitHub => {
  const { timeout = requestTimeout, log = silent, privateKey, reach, ration } = connection;
  const root = connection.apiUrl.replace(/\/+$/, '');
  const appId = Number(connection.appId);
  const governor = createGovernor({ ...connection.pace, throttle: connection.throttle });
  const now = connection.pace?.now ?? (() => Date.now());
  const common = {
    baseUrl: root,
    log,
    request: { log },
    // Octokit's own pacing knows no installations, and its retries no writes (speed finding 2).
    throttle: { enabled: false },
    retry: { enabled: false },
  };

  const jwt = new ProbotOctokit({ ...common, auth: { appId, privateKey } });
  govern(jwt, governor.queueOf('app'), { installation: 'app', timeout, reach, ration });

  const botLogin = once(async () => {
    const seen = appSeen.safeParse((await app.get('GET /app')).data);
    if (seen.success) return `${seen.data.slug}[bot]`;
    throw new GitHubFailure({ kind: 'unavailable', message: 'No name in the answer', url: 'GET /app' });
  });
  const shared = { features: detectFeatures(now), appId, botLogin };

  const clientFor = (id: number | 'app', octokit: typeof jwt): Client =>
    makeClient({
      send: (route, params) => octokit.request(route, params),
      graphqlUrl: graphqlUrlOf(root),
      sleepsUntil: () => governor.queueOf(id).state().until,
      shared,
    });

  const connect = (installationId: number): Client => {
    const mint = minting(() => jwt.auth({ type: 'installation', installationId, refresh: true }));
    const octokit = new ProbotOctokit({
      ...common,
      authStrategy: withTokens(tokenSource(mint, now), timeout),
    });
    govern(octokit, governor.queueOf(installationId), {
      installation: installationId,
      timeout,
      reach,
      ration,
    });
    return clientFor(installationId, octokit);
  };

  const app = clientFor('app', jwt);
  const installations = new Map<number, Client>();
  const installation = (id: number): Client => {
    const client = installations.get(id) ?? connect(id);
    installations.set(id, client);
    return client;
  };
  const hold: GitHub['hold'] = (id, until, why) => governor.queueOf(id).hold(until, why);
  const scarceUntil: GitHub['scarceUntil'] = (id) => governor.queueOf(id).scarceUntil();
  const { state, close } = governor;
  return { installation, app, appId, botLogin, state, scarceUntil, hold, close };
};
