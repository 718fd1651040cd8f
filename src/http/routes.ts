/** Every route but the webhook's, in one list. */
import { Hono } from 'hono';
import type { Database } from '../ledger/database.ts';
import { deadLetterRoutes } from './api/dead-letters.ts';
import { epicRoutes } from './api/epics.ts';
import { peopleRoutes } from './api/people.ts';
import { queryRoutes } from './api/queries.ts';
import { repairRoutes } from './api/repairs.ts';
import { ruleRoutes } from './api/rules.ts';
import { homeRoutes } from './dashboard/home.ts';
import type { Queues } from './dashboard/limits.ts';
import { healthRoutes, type Readiness } from './health.ts';
import type { Metrics } from './metrics.ts';

/** What routes are built from. */
export interface Porch {
  readonly db: Database;
  /** Where issues are read by people, for links. */
  readonly web: string;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  /** What waits for GitHub in this process; absent where nobody sends. */
  readonly queues?: () => Queues;
  /** Told what failed, and which path was asked for. */
  readonly failed: (failure: unknown, of?: { readonly path: string }) => void;
  readonly now?: () => Date;
  /** Told what is asked of the ledger (requirements Q-01). */
  readonly asked?: (question: object) => void;
}

/** Nothing of ours is framed, cached, guessed at or linked to with an address (threats T90); a page may say more. */
const guarded: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const sentence = (problem: string): string => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;

/** Errors are logged and answered without their text (threats T94): 503 while this process is not ready, else 500. */
export const buildRoutes = (porch: Porch): Hono => {
  const { db, web, readiness, metrics, queues = () => new Map(), failed } = porch;
  const routes = new Hono();
  routes.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(guarded))
      if (!context.res.headers.has(name)) context.header(name, value);
  });
  const { now = () => new Date(), asked = () => undefined } = porch;
  const enquiries = { db, now, asked };
  const home = homeRoutes({ db, web, queues });
  const api = [
    epicRoutes(db),
    queryRoutes(enquiries),
    peopleRoutes(enquiries),
    ruleRoutes(db),
    deadLetterRoutes(db),
    repairRoutes(db),
  ];
  for (const part of [healthRoutes(readiness), metrics.routes, ...api, home]) routes.route('/', part);
  routes.notFound((context) =>
    context.req.path.startsWith('/api/')
      ? context.json({ error: 'There is nothing here.' }, 404)
      : context.text('There is nothing here. The first page is /.\n', 404),
  );
  routes.onError(async (error, context) => {
    const { path } = context.req;
    failed(error, { path });
    const problem = await readiness.check();
    const status = problem === undefined ? 500 : 503;
    const says =
      problem === undefined ? 'Something went wrong on our side; it is in the log.' : sentence(problem);
    if (status === 503) context.header('retry-after', '10');
    return path.startsWith('/api/')
      ? context.json({ error: says }, status)
      : context.text(`${says}\n`, status);
  });
  return routes;
};
