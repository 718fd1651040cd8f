/** The post office: signs what happened, sends it, writes down how it went, and sends again only when asked. */
import { createHmac, randomUUID } from 'node:crypto';
import { type Faults, type WebhookFate, webhookFateOf } from './faults.ts';
import { installationFor } from './find.ts';
import type { Announcement, Hub, Shape } from './hub.ts';
import { post } from './post.ts';
import { organizationShape, userShape } from './shapes/account.ts';
import { repositoryShape } from './shapes/repository.ts';
import type { Installation, State } from './state.ts';

/** One attempt to tell the app something; a redelivery is a new entry with the old GUID. */
export type Delivery = {
  id: number;
  guid: string;
  event: string;
  action: string | null;
  payload: Shape;
  text: string;
  at: string;
  redelivery: boolean;
  status: string;
  statusCode: number;
  duration: number;
  installationId: number | null;
  repositoryId: number | null;
};

export type PostOffice = {
  readonly deliveries: Delivery[];
  /** Where webhooks go; null holds them back until it is set. */
  target: string | null;
  announce(what: Announcement): void;
  /** Sends an old delivery again under the same GUID; undefined when there is no such delivery. */
  redeliver(id: number): Delivery | undefined;
  /** Resolves when nothing is queued, held by a fault or in flight. */
  settled(): Promise<void>;
  close(): void;
};

export type PostOptions = {
  hub: Hub;
  secret: string;
  faults: Faults;
  serial: boolean;
  concurrency: number;
  timeout: number;
  check: (delivery: Delivery) => void;
};

/** The installation that hears an announcement, if the app is there and awake. */
function listener(state: State, what: Announcement): Installation | undefined {
  if (what.installation !== undefined) return what.installation;
  const { repo, org } = what;
  const heard =
    repo === undefined
      ? [...state.installations.values()].find((one) => one.accountId === org?.id)
      : installationFor(state, repo);
  return heard?.suspendedAt === null ? heard : undefined;
}

function payloadOf(hub: Hub, what: Announcement, installation: Installation): Shape {
  const owner = hub.state.accounts.get(what.repo?.ownerId ?? what.org?.id ?? installation.accountId);
  const repository = what.repo === undefined ? {} : { repository: repositoryShape(hub, what.repo) };
  const organization = owner?.type === 'Organization' ? { organization: organizationShape(hub, owner) } : {};
  const action = what.action === null ? {} : { action: what.action };
  const mention = { id: installation.id, node_id: installation.nodeId };
  const sender = userShape(hub, what.sender);
  return { ...action, installation: mention, ...what.body, ...repository, ...organization, sender };
}

/** Opens a post office over a hub. */
export function openPostOffice(options: PostOptions): PostOffice {
  const { hub } = options;
  const deliveries: Delivery[] = [];
  const queue: { delivery: Delivery; fate?: WebhookFate }[] = [];
  const late = new Set<NodeJS.Timeout>();
  let held: Delivery | undefined;
  let target: string | null = null;
  let inFlight = 0;
  let lastId = 1_000_000;
  let closed = false;
  let waiting: (() => void)[] = [];

  const enter = (delivery: Delivery) => {
    options.check(delivery);
    const fate = webhookFateOf(options.faults, delivery);
    if (fate === 'vanished') return;
    deliveries.push(delivery);
    if (fate === 'lost')
      return void Object.assign(delivery, { status: 'failed to connect to host', statusCode: 502 });
    if (fate === 'reordered' && held === undefined) {
      held = delivery;
      return;
    }
    if (typeof fate === 'object') return void wait(delivery, fate.late);
    queue.push({ delivery });
    if (fate === 'doubled') queue.push({ delivery: again(delivery) });
    if (held !== undefined) queue.push({ delivery: held });
    held = undefined;
    pump();
  };

  const wait = (delivery: Delivery, ms: number) => {
    const timer = setTimeout(() => {
      late.delete(timer);
      queue.push({ delivery });
      pump();
    }, ms);
    late.add(timer);
  };

  const again = (old: Delivery): Delivery => {
    lastId += 1;
    const fresh = {
      ...old,
      id: lastId,
      redelivery: true,
      status: 'pending',
      statusCode: 0,
      duration: 0,
      at: hub.now(),
    };
    deliveries.push(fresh);
    return fresh;
  };

  const pump = () => {
    const most = options.serial ? 1 : options.concurrency;
    while (target !== null && !closed && inFlight < most) {
      const next = queue.shift();
      if (next === undefined) break;
      inFlight += 1;
      void send(target, next.delivery).finally(() => {
        inFlight -= 1;
        pump();
      });
    }
    if (idle()) for (const wake of waiting.splice(0)) wake();
  };

  const send = async (url: string, delivery: Delivery) => {
    const bytes = Buffer.from(delivery.text);
    const started = performance.now();
    const result = await post(url, bytes, headersOf(hub, options.secret, delivery, bytes), options.timeout);
    delivery.duration = Math.round(performance.now() - started) / 1000;
    delivery.statusCode = result.status;
    delivery.status = result.status >= 200 && result.status < 300 ? 'OK' : result.reason;
    delivery.at = hub.now();
  };

  const idle = () => inFlight === 0 && late.size === 0 && (queue.length === 0 || target === null || closed);

  return {
    deliveries,
    get target() {
      return target;
    },
    set target(url) {
      target = url;
      pump();
    },
    announce(what) {
      const installation = listener(hub.state, what);
      if (installation === undefined) return;
      const payload = payloadOf(hub, what, installation);
      lastId += 1;
      enter({
        id: lastId,
        guid: randomUUID(),
        event: what.event,
        action: what.action,
        payload,
        text: JSON.stringify(payload),
        at: hub.now(),
        redelivery: false,
        status: 'pending',
        statusCode: 0,
        duration: 0,
        installationId: installation.id,
        repositoryId: what.repo?.id ?? null,
      });
    },
    redeliver(id) {
      const old = deliveries.find((one) => one.id === id);
      if (old === undefined) return undefined;
      const fresh = again(old);
      queue.push({ delivery: fresh });
      pump();
      return fresh;
    },
    settled() {
      if (held !== undefined) {
        queue.push({ delivery: held });
        held = undefined;
        pump();
      }
      if (idle()) return Promise.resolve();
      return new Promise((resolve) => {
        waiting = [...waiting, resolve];
      });
    },
    close() {
      closed = true;
      for (const timer of late) clearTimeout(timer);
      late.clear();
      for (const wake of waiting.splice(0)) wake();
    },
  };
}

function headersOf(hub: Hub, secret: string, delivery: Delivery, bytes: Buffer): Record<string, string> {
  const sign = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, secret).update(bytes).digest('hex')}`;
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    'user-agent': 'GitHub-Hookshot/standin',
    'x-github-delivery': delivery.guid,
    'x-github-event': delivery.event,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': String(hub.state.app?.id ?? 0),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': sign('sha1'),
    'x-hub-signature-256': sign('sha256'),
  };
}
