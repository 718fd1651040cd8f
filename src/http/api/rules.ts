/** `/api/v1/repositories/:id/rules`: the rules that hold in a repository and where each comes from, as JSON. */
import { Hono } from 'hono';
import { effectiveRules } from '../../engine/effective-rules.ts';
import type { Database } from '../../ledger/database.ts';

/** By GitHub's numeric id. 404 where the repository is not known, or nothing of it was read yet. */
export const ruleRoutes = (db: Database): Hono => {
  const routes = new Hono();
  routes.get('/api/v1/repositories/:id/rules', async (context) => {
    const given = context.req.param('id');
    const rules = /^[1-9]\d{0,15}$/.test(given) ? await effectiveRules(db, Number(given)) : undefined;
    return rules === undefined
      ? context.json({ error: 'There is no repository with this id whose rules were read.' }, 404)
      : context.json(rules);
  });
  return routes;
};
