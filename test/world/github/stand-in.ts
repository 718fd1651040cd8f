/** The stand-in GitHub: starts it, and everything a test, a demo or a bench may do to it from outside. */
import { createServer } from 'node:http';
import { makePerson, type Person } from '../people.ts';
import { addApp } from './acts/seed.ts';
import { type Faults, noFaults } from './faults.ts';
import { accountByLogin } from './find.ts';
import type { Features, Hub } from './hub.ts';
import { type Limits, makeMeter } from './limits.ts';
import { checkAnswer, checkRequest, checkWebhook } from './openapi.ts';
import { hookRoutes } from './rest/hooks.ts';
import { restRoutes } from './rest/index.ts';
import { makeRouter } from './router.ts';
import { type Door, type RequestEntry, serve } from './server.ts';
import { emptyState, type State } from './state.ts';
import { type Delivery, openPostOffice } from './webhooks.ts';

export type StandInOptions = {
  appId: number;
  webhookSecret: string;
  /** Given, app JWTs must be signed with its private half. */
  publicKey?: string;
  appSlug?: string;
  /** All on (and locked issues open to apps) unless said otherwise. */
  features?: Partial<Features>;
  /** Milliseconds before every answer. */
  latency?: number;
  now?: () => Date;
  /** One webhook at a time, in order (default); false for bursts. */
  serial?: boolean;
  concurrency?: number;
  webhookTimeout?: number;
  limits?: Limits;
  /** Holds requests, answers and webhooks against GitHub's OpenAPI description, into `violations`. */
  verifyAnswers?: boolean;
  port?: number;
};

export type StandIn = {
  readonly url: string;
  readonly graphqlUrl: string;
  readonly hub: Hub;
  readonly state: State;
  readonly requests: RequestEntry[];
  clearRequests(): void;
  readonly deliveries: readonly Delivery[];
  webhookTarget: string | null;
  readonly faults: Faults;
  readonly violations: string[];
  latency: number;
  /** Waits until no webhook is queued, late or in flight. */
  settled(): Promise<void>;
  flush(): Promise<void>;
  redeliver(deliveryId: number): void;
  /** Somebody who acts; they must have an account. */
  person(login: string): Person;
  close(): Promise<void>;
};

function makeHub(state: State, options: StandInOptions): Hub {
  const features = {
    graphql: true,
    subIssues: true,
    dependencies: true,
    lockedRefusesApps: false,
    ...options.features,
  };
  const clock = options.now ?? (() => new Date());
  return {
    state,
    features,
    url: '',
    now: () => `${clock().toISOString().slice(0, 19)}Z`,
    announce: () => undefined,
  };
}

/** Starts an empty GitHub that knows one app; seed it through `world.ts` or `acts/seed.ts`. */
export async function startGitHub(options: StandInOptions): Promise<StandIn> {
  const state = emptyState();
  const hub = makeHub(state, options);
  const faults = noFaults();
  const violations: string[] = [];
  const verify = options.verifyAnswers === true;
  const office = openPostOffice({
    hub,
    secret: options.webhookSecret,
    faults,
    serial: options.serial ?? true,
    concurrency: options.concurrency ?? 50,
    timeout: options.webhookTimeout ?? 10_000,
    check: (delivery) => {
      if (verify) violations.push(...checkWebhook(delivery.event, delivery.action, delivery.payload));
    },
  });
  hub.announce = (what) => office.announce(what);
  let latency = options.latency ?? 0;
  const requests: RequestEntry[] = [];
  const door: Door = {
    hub,
    router: makeRouter([...hookRoutes(office), ...restRoutes]),
    meter: makeMeter(options.limits, () => Date.now()),
    faults,
    publicKey: options.publicKey,
    latency: () => latency,
    requests,
    check: (seen) => {
      if (!verify || !seen.typed) return;
      // What a refused request asked for may well be malformed: that is why it was refused.
      if (seen.status < 400) violations.push(...checkRequest(seen.method, seen.template, seen.asked));
      violations.push(...checkAnswer(seen.method, seen.template, seen.status, seen.answered));
    },
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(door, request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stand-in has no port');
  hub.url = `http://127.0.0.1:${address.port}`;
  addApp(hub, options.appId, options.appSlug ?? 'gatehouse');
  return {
    url: hub.url,
    graphqlUrl: `${hub.url}/graphql`,
    hub,
    state,
    requests,
    clearRequests: () => void requests.splice(0),
    deliveries: office.deliveries,
    get webhookTarget() {
      return office.target;
    },
    set webhookTarget(url) {
      office.target = url;
    },
    faults,
    violations,
    get latency() {
      return latency;
    },
    set latency(ms) {
      latency = ms;
    },
    settled: () => office.settled(),
    flush: () => office.settled(),
    redeliver: (id) => void office.redeliver(id),
    person(login) {
      const user = accountByLogin(state, login);
      if (user === undefined) throw new Error(`nobody here is called ${login}`);
      return makePerson(hub, user);
    },
    close() {
      office.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
