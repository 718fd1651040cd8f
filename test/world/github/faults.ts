/** The plan of what goes wrong: requests refused, delayed or answered into the void; webhooks lost, doubled, late, reordered. */
import type { Delivery } from './webhooks.ts';

/** What is known of a request when its fate is decided; `text` is the raw body (the GraphQL document is in it). */
export type Asked = { method: string; path: string; text: string };

export type Fate =
  | { refuse: number; message?: string; retryAfter?: number }
  | { limit: 'primary' | 'secondary'; retryAfter?: number }
  | { delay: number }
  /** 200 and this, whatever is true: a list that lags behind, an answer nobody can read. */
  | { answer: unknown }
  | 'drop-before'
  | 'apply-then-drop';

export type RequestFault = {
  method?: string;
  /** Matched against the path, such as `/repos/acme/shop/issues` or `/graphql`. */
  path?: RegExp | string;
  /** Matched against the raw request body: how one picks a GraphQL mutation. */
  text?: RegExp;
  /** How many matching requests pass before this begins; default 0. */
  after?: number;
  /** How many it hits; default 1. */
  times?: number;
  fate: Fate;
};

export type WebhookFate = 'lost' | 'vanished' | 'doubled' | 'reordered' | { late: number };

export type WebhookFault = {
  event?: string;
  action?: string;
  match?: (delivery: Delivery) => boolean;
  after?: number;
  times?: number;
  fate: WebhookFate;
};

/** Mutable: push a fault when its time comes, `clear()` when it is over; a function decides freely. */
export type Faults = {
  requests: (RequestFault | ((asked: Asked) => Fate | undefined))[];
  webhooks: (WebhookFault | ((delivery: Delivery) => WebhookFate | undefined))[];
  clear(): void;
};

export function noFaults(): Faults {
  const faults: Faults = {
    requests: [],
    webhooks: [],
    clear() {
      faults.requests.length = 0;
      faults.webhooks.length = 0;
    },
  };
  return faults;
}

/** The fate of a request, counting down the fault that decided it. */
export function fateOf(faults: Faults, asked: Asked): Fate | undefined {
  for (const fault of faults.requests) {
    if (typeof fault === 'function') {
      const fate = fault(asked);
      if (fate !== undefined) return fate;
      continue;
    }
    if (fault.method !== undefined && fault.method !== asked.method) continue;
    if (typeof fault.path === 'string' && fault.path !== asked.path) continue;
    if (fault.path instanceof RegExp && !fault.path.test(asked.path)) continue;
    if (fault.text !== undefined && !fault.text.test(asked.text)) continue;
    if (hits(fault)) return fault.fate;
  }
  return undefined;
}

/** The fate of a webhook that is about to be sent. */
export function webhookFateOf(faults: Faults, delivery: Delivery): WebhookFate | undefined {
  for (const fault of faults.webhooks) {
    if (typeof fault === 'function') {
      const fate = fault(delivery);
      if (fate !== undefined) return fate;
      continue;
    }
    if (fault.event !== undefined && fault.event !== delivery.event) continue;
    if (fault.action !== undefined && fault.action !== delivery.action) continue;
    if (fault.match !== undefined && !fault.match(delivery)) continue;
    if (hits(fault)) return fault.fate;
  }
  return undefined;
}

function hits(fault: { after?: number; times?: number }): boolean {
  if ((fault.after ?? 0) > 0) {
    fault.after = (fault.after ?? 0) - 1;
    return false;
  }
  const left = fault.times ?? 1;
  if (left <= 0) return false;
  fault.times = left - 1;
  return true;
}
