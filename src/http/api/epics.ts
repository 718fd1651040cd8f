/** `/api/v1/epics`: epics and their history as JSON, from read models. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Database } from '../../ledger/database.ts';
import { type EpicRow, getEpic, listEpics } from '../../ledger/read-models/epics.ts';
import { readHistory } from '../../ledger/read-models/history.ts';
import { idOf } from './enquiries.ts';

const query = z.object({
  status: z.enum(['running', 'paused', 'done', 'cancelled']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** The last epic of the page before. */
  after: z
    .string()
    .regex(/^\w{1,40}$/)
    .optional(),
});

const rounds = z.looseObject({
  stages: z.array(z.looseObject({ round: z.number().default(1), past: z.array(z.unknown()).default([]) })),
});

/** Rows say a stage's rounds only where somebody went back; readers are told of every stage. */
const withRounds = (row: EpicRow): EpicRow => {
  const read = rounds.safeParse(row.summary);
  return read.success ? { ...row, summary: read.data } : row;
};

/** Lists by last change, a page at a time (`next` is the next page's `after`); one by id; its events in order. 400 says which parameter is wrong, 404 that there is none. */
export const epicRoutes = (db: Database): Hono => {
  const routes = new Hono();
  routes.get('/api/v1/epics', async (context) => {
    const asked = query.safeParse(context.req.query());
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    const { after, limit, status } = asked.data;
    const before = after === undefined ? undefined : await getEpic(db, after);
    if (after !== undefined && before === undefined)
      return context.json({ error: `There is no epic ${after} to go on after.` }, 400);
    const rows = await listEpics(db, { status, before, limit: limit + 1 });
    const epics = rows.slice(0, limit);
    const next = rows.length > limit ? (epics.at(-1)?.id ?? null) : null;
    return context.json({ epics: epics.map(withRounds), next });
  });
  routes.get('/api/v1/epics/:id', async (context) => {
    const epic = await getEpic(db, idOf(context.req.param('id')));
    return epic === undefined
      ? context.json({ error: 'There is no epic with this id.' }, 404)
      : context.json(withRounds(epic));
  });
  routes.get('/api/v1/epics/:id/events', async (context) => {
    const events = await readHistory(db, idOf(context.req.param('id')));
    return events.length === 0
      ? context.json({ error: 'There is no epic with this id.' }, 404)
      : context.json({ events });
  });
  return routes;
};
