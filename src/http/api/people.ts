/** `/api/v1/people/:login/waiting`: what waits for somebody on every epic that is not over, the oldest first. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Person } from '../../core/epic/person.ts';
import { rolesByName } from '../../core/query/roles-by-name.ts';
import { type Waiting, waitingOn } from '../../core/query/waiting-on.ts';
import { openEpics } from '../../ledger/read-models/live-epics.ts';
import { readPinnedPeople } from '../../ledger/read-models/pinned-people.ts';
import { type Enquiries, epicNow } from './enquiries.ts';

/** A question is worth this many epics. */
const mostEpics = 300;

const login = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,38}(?:\[bot\])?$/);
const team = /^@[\w.-]{1,40}\/[\w.-]{1,100}$/;

const parameters = z.object({
  teams: z
    .string()
    .max(2_000)
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((teams) => teams.every((one) => team.test(one)), 'teams as `@org/team`, with commas between them')
    .default([]),
});

/** One person over many epics. */
interface Whose {
  readonly login: string;
  readonly teams: readonly string[];
}

const overEpics = async (db: Enquiries['db'], { login: name, teams }: Whose) => {
  const open = await openEpics(db, '', mostEpics + 1);
  const people = new Map<number, readonly Person[]>();
  const waiting: Waiting[] = [];
  const unasked = new Set<string>();
  for (const { id, repositoryId } of open.slice(0, mostEpics)) {
    const found = await epicNow(db, id);
    if (found === undefined) continue;
    const known = people.get(repositoryId) ?? (await readPinnedPeople(db, repositoryId));
    people.set(repositoryId, known);
    const own = known.find((person) => person.login.toLowerCase() === name.toLowerCase());
    const held = rolesByName(found.epic, name, teams);
    for (const one of held.teams) unasked.add(one);
    const who = { login: name, roles: held.roles, ...(own === undefined ? {} : { id: own.id }) };
    waiting.push(...waitingOn({ id, epic: found.epic }, who));
  }
  return {
    login: name,
    complete: open.length <= mostEpics,
    /** Teams that hold further roles: name those the person is in with `?teams=`, since only GitHub knows. */
    teamsNotCounted: [...unasked].sort(),
    waiting: waiting.toSorted((one, other) => one.since.localeCompare(other.since)),
  };
};

/** Roles count where the rules name the login, or a team that `teams` names. 400 says what is wrong. */
export const peopleRoutes = ({ db, asked }: Enquiries): Hono => {
  const routes = new Hono();
  routes.get('/api/v1/people/:login/waiting', async (context) => {
    const name = login.safeParse(context.req.param('login'));
    if (!name.success) return context.json({ error: 'This is no login.' }, 400);
    const given = parameters.safeParse(context.req.query());
    if (!given.success) return context.json({ error: z.prettifyError(given.error) }, 400);
    asked({ query: 'getWaiting' });
    return context.json(await overEpics(db, { login: name.data, teams: given.data.teams }));
  });
  return routes;
};
