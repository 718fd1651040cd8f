/** `/api/v1/dead-letters`: what waits for a person, as JSON. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Database } from '../../ledger/database.ts';
import { readDeadLetters } from '../../ledger/read-models/dead-letters.ts';

const query = z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(200) });

/** The oldest first, with how many there are in all. 400 says which parameter is wrong. */
export const deadLetterRoutes = (db: Database): Hono => {
  const routes = new Hono();
  routes.get('/api/v1/dead-letters', async (context) => {
    const asked = query.safeParse(context.req.query());
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    const { total, letters } = await readDeadLetters(db, asked.data.limit);
    return context.json({ total, deadLetters: letters });
  });
  return routes;
};
