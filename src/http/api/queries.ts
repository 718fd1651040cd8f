/** `/api/v1/epics/:id/queries`: what can be asked of an epic, and the answers as JSON; asking changes nothing (requirements Q-01). */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { OpenedEpic } from '../../core/epic/state.ts';
import { findQuery, queries } from '../../core/query/index.ts';
import type { Asked, Somebody } from '../../core/query/query.ts';
import { rolesByName } from '../../core/query/roles-by-name.ts';
import { suggest } from '../../core/workflow/suggest.ts';
import { readPinnedPeople } from '../../ledger/read-models/pinned-people.ts';
import { type Enquiries, epicNow, idOf } from './enquiries.ts';

const parameters = z.object({
  stage: z.string().max(200).optional(),
  person: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,38}(?:\[bot\])?$/, 'a login')
    .optional(),
});

const names = queries.map((query) => query.name);

const list = (id: string) =>
  queries.map(({ name, word, summary, ofStage }) => ({
    name,
    word,
    summary,
    ofStage,
    href: `/api/v1/epics/${id}/queries/${name}`,
  }));

const none = { error: 'There is no epic with this id.' };

/** What is not there, what is, and what was probably meant. */
const unknown = (context: Context, what: string, asked: string, known: readonly string[]) => {
  const didYouMean = suggest(asked, known) ?? null;
  return context.json({ error: `There is no such ${what}.`, known, didYouMean }, 404);
};

const somebody = (epic: OpenedEpic, login: string, known: Asked['known']): Somebody => {
  const { roles } = rolesByName(epic, login, []);
  const id = known.find((person) => person.login.toLowerCase() === login.toLowerCase())?.id;
  return { login, roles, ...(id === undefined ? {} : { id }) };
};

/** 404 with the known names where there is no such epic, query or stage; 400 says which parameter is wrong. */
export const queryRoutes = (enquiries: Enquiries): Hono => {
  const { db, now, asked: told } = enquiries;
  const routes = new Hono();
  routes.get('/api/v1/epics/:id/queries', async (context) => {
    const id = idOf(context.req.param('id'));
    const epic = await epicNow(db, id);
    return epic === undefined ? context.json(none, 404) : context.json({ epic: id, queries: list(id) });
  });
  routes.get('/api/v1/epics/:id/queries/:name', async (context) => {
    const given = parameters.safeParse(context.req.query());
    if (!given.success) return context.json({ error: z.prettifyError(given.error) }, 400);
    const query = findQuery(context.req.param('name'));
    if (query === undefined) return unknown(context, 'query', context.req.param('name'), names);
    const id = idOf(context.req.param('id'));
    const found = await epicNow(db, id);
    if (found === undefined) return context.json(none, 404);
    const { stage, person } = given.data;
    const keys = found.epic.stages.map(({ definition }) => definition.key);
    if (stage !== undefined && !keys.includes(stage)) return unknown(context, 'stage', stage, keys);
    const known = await readPinnedPeople(db, found.epic.subject.repository.id);
    const at = now().toISOString();
    const answer = query.answer({
      id,
      ...found,
      at,
      known,
      ...(stage === undefined ? {} : { stage }),
      ...(person === undefined ? {} : { by: somebody(found.epic, person, known) }),
    });
    told({ epic: id, query: query.name });
    return context.json({ query: query.name, epic: id, at, answer });
  });
  return routes;
};
