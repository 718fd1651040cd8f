/** `/healthz` and `/readyz` (contract §1). */
import { Hono } from 'hono';

/** What readiness is made of: each part answers undefined when well, else what is not. */
export interface Readiness {
  readonly check: () => Promise<string | undefined>;
}

export const healthRoutes = ({ check }: Readiness): Hono => {
  const routes = new Hono();
  routes.get('/healthz', (context) => context.json({ ok: true }));
  routes.get('/readyz', async (context) => {
    const problem = await check();
    return problem === undefined ? context.json({ ok: true }) : context.json({ ok: false, problem }, 503);
  });
  return routes;
};
