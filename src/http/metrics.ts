/** `/metrics` for Prometheus: what comes in, what waits and why, how epics stand. No repository, person or epic is named. */
import { Hono } from 'hono';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { Queues } from './dashboard/limits.ts';
import { type Ended, measureGateWaits, type OpenGatesNow } from './gate-waits.ts';
import { type Figure, gaugesOn } from './gauges.ts';
import { oneAtATime } from './one-at-a-time.ts';

type By = Readonly<Record<string, number>>;
type Gauges = ReturnType<typeof gaugesOn>;

/** Figures asked for when somebody looks. */
export interface Figures {
  readonly epics: () => Promise<By>;
  /** Rounds that were opened again, by workflow; absent where nobody counts. */
  readonly reworks?: () => Promise<By>;
  /** Whether the database answers; absent where there is none. */
  readonly reachable?: () => Promise<boolean>;
  /** What waits, by what it is: `unread`, `due`, `setAside`, `givenUp`. */
  readonly backlog: () => Promise<object>;
  /** Seconds that the oldest unread delivery and the oldest promise due have waited. */
  readonly ages?: () => Promise<object>;
  readonly replicas?: () => Promise<readonly { readonly version: string; readonly count: number }[]>;
  /** Content made by installation, within the last minute and hour. */
  readonly spent?: () => Promise<
    readonly { readonly installation: number; readonly minute: number; readonly hour: number }[]
  >;
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

/** `{running: 3}` → one figure for each word, under this label. */
const by = (label: string, counts: object): readonly Figure[] =>
  Object.entries(counts).map(([word, count]) => [{ [label]: word }, Number(count)]);

/** Names that people choose, at most so many series of them: those with most, and all others as one. */
const mostNames = 50;

const byName = (label: string, counts: By): readonly Figure[] => {
  const ordered = Object.entries(counts).toSorted(([, one], [, other]) => other - one);
  const rest = ordered.slice(mostNames).reduce((sum, [, count]) => sum + count, 0);
  const figures = ordered.slice(0, mostNames).map(([name, count]): Figure => [{ [label]: name }, count]);
  return rest === 0 ? figures : [...figures, [{ [label]: '(others)' }, rest]];
};

/** What waits for GitHub and why. Installations are numbers, not names; those that do not wait are not listed. */
const measureQueues = (gauge: Gauges, queues: () => Queues): void => {
  const entries = () => [...queues()].map(([id, queue]) => ({ ...queue, installation: String(id) }));
  gauge({
    name: 'gatehouse_requests_waiting',
    help: 'Requests waiting for their turn at GitHub, by installation.',
    labels: ['installation'],
    read: () =>
      entries().flatMap(({ installation, waiting }) => (waiting > 0 ? [[{ installation }, waiting]] : [])),
  });
  gauge({
    name: 'gatehouse_paused_until_seconds',
    help: 'When GitHub takes requests of an installation again (seconds since 1970), and why it does not now.',
    labels: ['installation', 'why'],
    read: () =>
      entries().flatMap(({ installation, until, why }) =>
        until === null ? [] : [[{ installation, why: why ?? 'unknown' }, until / 1_000]],
      ),
  });
};

/** What an operator is woken for: the database, what nobody will try again by itself, and what has waited too long. */
const measureHealth = (gauge: Gauges, { reachable, backlog, ages, replicas, spent }: Figures): void => {
  if (reachable !== undefined)
    gauge({
      name: 'gatehouse_database_up',
      help: '1 while the database answers this process, else 0; figures that only it knows are then left out.',
      read: async () => [[{}, (await reachable().catch(() => false)) ? 1 : 0]],
    });
  gauge({
    name: 'gatehouse_backlog',
    help: 'Deliveries unread (unread) or set aside (setAside), promises due (due) or given up (givenUp); setAside and givenUp wait for an operator.',
    labels: ['what'],
    read: async () => by('what', await backlog()),
  });
  if (ages !== undefined)
    gauge({
      name: 'gatehouse_backlog_oldest_seconds',
      help: 'How long the oldest unread delivery (unread) and the oldest promise due (due) have waited; 0 while none does. Not where the App is suspended or uninstalled.',
      labels: ['what'],
      read: async () => by('what', await ages()),
    });
  if (replicas !== undefined)
    gauge({
      name: 'gatehouse_replicas',
      help: 'Processes that work on this ledger, by version; those that only receive are not counted.',
      labels: ['version'],
      read: async () => (await replicas()).map(({ version, count }) => [{ version }, count]),
    });
  if (spent !== undefined)
    gauge({
      name: 'gatehouse_content_made',
      help: 'Issues and comments made within the last minute (GitHub allows 80) and hour (500), by installation, all replicas together.',
      labels: ['installation', 'within'],
      read: async () =>
        (await spent()).flatMap(({ installation, minute, hour }): Figure[] => [
          [{ installation: String(installation), within: 'minute' }, minute],
          [{ installation: String(installation), within: 'hour' }, hour],
        ]),
    });
};

const measureEpics = (gauge: Gauges, { epics, signals, bypasses, reworks }: Figures): void => {
  gauge({
    name: 'gatehouse_epics',
    help: 'Epics by status.',
    labels: ['status'],
    read: async () => by('status', await epics()),
  });
  // What nobody should have to look for: stops, and gates passed by force with or without a review.
  if (signals !== undefined)
    gauge({
      name: 'gatehouse_signals',
      help: 'Emergency stops and break-glasses so far, and those nobody has reviewed yet or in time.',
      labels: ['what'],
      read: async () => by('what', await signals()),
    });
  if (bypasses !== undefined)
    gauge({
      name: 'gatehouse_gate_bypasses',
      help: 'Pull requests merged while their check was not passed.',
      read: async () => [[{}, await bypasses()]],
    });
  if (reworks !== undefined)
    gauge({
      name: 'gatehouse_stage_reworks',
      help: 'Rounds of stages that were opened again because somebody went back, by workflow, in the present batch of each epic.',
      labels: ['workflow'],
      read: async () => byName('workflow', await reworks()),
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
  const gauge = gaugesOn(registers);
  measureHealth(gauge, figures);
  measureEpics(gauge, figures);
  gauge({
    name: 'gatehouse_lanes_busy',
    help: 'Lanes at work or waiting for a place in this process.',
    read: () => [[{}, figures.busyLanes()]],
  });
  gauge({
    name: 'gatehouse_github_requests_waiting',
    help: 'Requests waiting for their turn at GitHub in this process.',
    read: () => [[{}, figures.waitingRequests()]],
  });
  if (figures.queues !== undefined) measureQueues(gauge, figures.queues);
  const waited = measureGateWaits(registers, figures.openGates);
  const routes = new Hono();
  // A scrape costs a dozen statements on the pool that deliveries are stored by.
  const scrape = oneAtATime(() => registry.metrics());
  routes.get('/metrics', async (context) =>
    context.text(await scrape(), 200, { 'content-type': registry.contentType }),
  );
  return {
    routes,
    answered: (status) => deliveries.inc({ status: String(status) }),
    usedPrevious: () => previous.inc(),
    waited,
  };
};
