/** `/api/v1/repairs`: what Gatehouse found different on GitHub and put right, as JSON. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Database } from '../../ledger/database.ts';
import { readRepairs } from '../../ledger/read-models/repairs.ts';

const query = z.object({
  epic: z
    .string()
    .regex(/^\w{1,40}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** The newest first, of one epic or of all. 400 says which parameter is wrong. */
export const repairRoutes = (db: Database): Hono => {
  const routes = new Hono();
  routes.get('/api/v1/repairs', async (context) => {
    const asked = query.safeParse(context.req.query());
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    const { epic: epicId, limit } = asked.data;
    return context.json({ repairs: await readRepairs(db, { epicId, limit }) });
  });
  return routes;
};
