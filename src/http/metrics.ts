/** `/metrics` for Prometheus: what comes in, what waits and why, how epics stand. No repository, person or epic is named. */
import { Hono } from 'hono';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Queues } from './dashboard/limits.ts';
import { type Ended, measureGateWaits, type OpenGatesNow } from './gate-waits.ts';

/** Figures asked for when somebody looks. */
export interface Figures {
  readonly epics: () => Promise<Readonly<Record<string, number>>>;
  /** Rounds that were opened again, by workflow; absent where nobody counts. */
  readonly reworks?: () => Promise<Readonly<Record<string, number>>>;
  readonly backlog: () => Promise<{
    readonly unread: number;
    readonly due: number;
    readonly setAside: number;
  }>;
  /** Emergency stops and broken glasses by what they are; absent where nobody counts them. */
  readonly signals?: () => Promise<object>;
  /** Pull requests merged past the gate; absent where nobody counts them. */
  readonly bypasses?: () => Promise<number>;
  readonly busyLanes: () => number;
  /** Requests waiting for GitHub, over all installations. */
  readonly waitingRequests: () => number;
  /** The same by installation, with the pauses GitHub asked for; absent where nobody sends. */
  readonly queues?: () => Queues;
  readonly openGates?: OpenGatesNow;
}

/** See `buildMetrics`. */
export interface Metrics {
  readonly routes: Hono;
  readonly answered: (status: number) => void;
  readonly usedPrevious: () => void;
  readonly waited: (wait: Ended) => void;
}

/** What waits for GitHub and why. Installations are numbers, not names; those that do not wait are not listed. */
const measureQueues = (queues: () => Queues, registers: Registry[]): void => {
  const entries = () => [...queues()].map(([id, queue]) => ({ ...queue, installation: String(id) }));
  new Gauge({
    name: 'gatehouse_requests_waiting',
    help: 'Requests waiting for their turn at GitHub, by installation.',
    labelNames: ['installation'],
    registers,
    collect() {
      this.reset();
      for (const { installation, waiting } of entries()) if (waiting > 0) this.set({ installation }, waiting);
    },
  });
  new Gauge({
    name: 'gatehouse_paused_until_seconds',
    help: 'When GitHub takes requests of an installation again (seconds since 1970), and why it does not now.',
    labelNames: ['installation', 'why'],
    registers,
    collect() {
      this.reset();
      for (const { installation, until, why } of entries())
        if (until !== null) this.set({ installation, why: why ?? 'unknown' }, until / 1_000);
    },
  });
};

const measureReworks = (
  reworks: () => Promise<Readonly<Record<string, number>>>,
  registers: Registry[],
): void => {
  new Gauge({
    name: 'gatehouse_stage_reworks',
    help: 'Rounds of stages that were opened again because somebody went back, by workflow, in the present batch of each epic.',
    labelNames: ['workflow'],
    registers,
    async collect() {
      this.reset();
      for (const [workflow, count] of Object.entries(await reworks())) this.set({ workflow }, count);
    },
  });
};

/** What nobody should have to look for: stops, and gates passed by force with or without a review. */
const measureSignals = (signals: () => Promise<object>, registers: Registry[]): void => {
  new Gauge({
    name: 'gatehouse_signals',
    help: 'Emergency stops and break-glasses so far, and those nobody has reviewed yet or in time.',
    labelNames: ['what'],
    registers,
    async collect() {
      for (const [what, count] of Object.entries(await signals())) this.set({ what }, Number(count));
    },
  });
};

/** One registry per server, so that tests can build several. */
export const buildMetrics = (figures: Figures): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const deliveries = new Counter({
    name: 'gatehouse_webhook_deliveries_total',
    help: 'Webhook requests by answer.',
    labelNames: ['status'],
    registers,
  });
  const previous = new Counter({
    name: 'gatehouse_webhook_previous_secret_total',
    help: 'Deliveries signed with the secret that is being retired; when it stays still, the change is complete.',
    registers,
  });
  const gauge = (name: string, help: string, collect: (set: Gauge) => Promise<void> | void): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        return collect(this);
      },
    });
  new Gauge({
    name: 'gatehouse_epics',
    help: 'Epics by status.',
    labelNames: ['status'],
    registers,
    async collect() {
      for (const [status, count] of Object.entries(await figures.epics())) this.set({ status }, count);
    },
  });
  new Gauge({
    name: 'gatehouse_backlog',
    help: 'Deliveries unread or set aside, and promises due.',
    labelNames: ['what'],
    registers,
    async collect() {
      for (const [what, count] of Object.entries(await figures.backlog())) this.set({ what }, count);
    },
  });
  if (figures.signals !== undefined) measureSignals(figures.signals, registers);
  const { bypasses } = figures;
  if (bypasses !== undefined)
    gauge('gatehouse_gate_bypasses', 'Pull requests merged while their check was not passed.', async (one) =>
      one.set(await bypasses()),
    );
  gauge('gatehouse_lanes_busy', 'Lanes at work or waiting for a place.', (one) =>
    one.set(figures.busyLanes()),
  );
  gauge('gatehouse_github_requests_waiting', 'Requests waiting for their turn at GitHub.', (one) =>
    one.set(figures.waitingRequests()),
  );
  if (figures.reworks !== undefined) measureReworks(figures.reworks, registers);
  if (figures.queues !== undefined) measureQueues(figures.queues, registers);
  const waited = measureGateWaits(registers, figures.openGates);
  const routes = new Hono();
  routes.get('/metrics', async (context) =>
    context.text(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  );
  return {
    routes,
    answered: (status) => deliveries.inc({ status: String(status) }),
    usedPrevious: () => previous.inc(),
    waited,
  };
};
