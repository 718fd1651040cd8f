/** Every route but the webhook's, in one list. */
import { Hono } from 'hono';
import type { Database } from '../ledger/database.ts';
import { epicRoutes } from './api/epics.ts';
import { homeRoutes } from './dashboard/home.ts';
import { healthRoutes, type Readiness } from './health.ts';
import type { Metrics } from './metrics.ts';

/** What routes are built from. */
export interface Porch {
  readonly db: Database;
  /** Where issues are read by people, for links. */
  readonly web: string;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly failed: (failure: unknown) => void;
}

/** Errors are logged and answered without their text (threats T94). */
export const buildRoutes = ({ db, web, readiness, metrics, failed }: Porch): Hono => {
  const routes = new Hono();
  for (const part of [healthRoutes(readiness), metrics.routes, epicRoutes(db), homeRoutes(db, web)])
    routes.route('/', part);
  routes.notFound((context) => context.text('There is nothing here. The first page is /.\n', 404));
  routes.onError((error, context) => {
    failed(error);
    return context.text('Something went wrong on our side; it is in the log.\n', 500);
  });
  return routes;
};
