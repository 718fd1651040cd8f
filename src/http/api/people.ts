/** `/api/v1/people/:login/waiting`: what waits for somebody on epics that are not over, so many epics at a time, the oldest duty first. */
import { Hono } from 'hono';
import { z } from 'zod';
import { replay } from '../../core/epic/evolve.ts';
import type { Person } from '../../core/epic/person.ts';
import { rolesByName } from '../../core/query/roles-by-name.ts';
import { type Waiting, waitingOn } from '../../core/query/waiting-on.ts';
import { readEvents } from '../../ledger/read-models/history.ts';
import { openEpics } from '../../ledger/read-models/live-epics.ts';
import { readPinnedPeople } from '../../ledger/read-models/pinned-people.ts';
import type { Enquiries } from './enquiries.ts';

/** Streams read by one statement, and replayed before anybody else has a turn. */
const atOnce = 20;

const login = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,38}(?:\[bot\])?$/);
const team = /^@[\w.-]{1,40}\/[\w.-]{1,100}$/;

const parameters = z.object({
  teams: z
    .string()
    .max(2_000)
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((teams) => teams.every((one) => team.test(one)), 'teams as `@org/team`, with commas between them')
    .default([]),
  limit: z.coerce.number().int().min(1).max(300).default(100),
  after: z
    .string()
    .regex(/^\w{1,40}$/)
    .default(''),
});

/** Which epics, by their ids, and when. */
interface Page {
  readonly at: string;
  readonly limit: number;
  readonly after: string;
}

/** One person over many epics. */
interface Whose {
  readonly login: string;
  readonly teams: readonly string[];
}

const overEpics = async (db: Enquiries['db'], { login: name, teams }: Whose, { limit, after, at }: Page) => {
  const open = await openEpics(db, after, limit + 1);
  const asked = open.slice(0, limit);
  const people = new Map<number, readonly Person[]>();
  const waiting: Waiting[] = [];
  const unasked = new Set<string>();
  for (let from = 0; from < asked.length; from += atOnce) {
    const some = asked.slice(from, from + atOnce);
    const streams = await readEvents(
      db,
      some.map(({ id }) => id),
    );
    for (const { id, repositoryId } of some) {
      const epic = replay(streams.get(id) ?? []);
      if (epic.status === 'unopened') continue;
      const known = people.get(repositoryId) ?? (await readPinnedPeople(db, repositoryId));
      people.set(repositoryId, known);
      const own = known.find((person) => person.login.toLowerCase() === name.toLowerCase());
      const held = rolesByName(epic, name, teams);
      for (const one of held.teams) unasked.add(one);
      const who = { login: name, roles: held.roles, ...(own === undefined ? {} : { id: own.id }) };
      waiting.push(...waitingOn({ id, epic }, who, at));
    }
  }
  const next = open.length > limit ? (asked.at(-1)?.id ?? null) : null;
  return {
    login: name,
    complete: after === '' && next === null,
    /** Where the next request goes on, as `?after=`; null where there are no more epics. */
    next,
    /** Teams that hold further roles: name those the person is in with `?teams=`, since only GitHub knows. */
    teamsNotCounted: [...unasked].sort(),
    waiting: waiting.toSorted((one, other) => one.since.localeCompare(other.since)),
  };
};

/** Roles count where the rules name the login, or a team that `teams` names. 400 says what is wrong. */
export const peopleRoutes = ({ db, now, asked }: Enquiries): Hono => {
  const routes = new Hono();
  routes.get('/api/v1/people/:login/waiting', async (context) => {
    const name = login.safeParse(context.req.param('login'));
    if (!name.success) return context.json({ error: 'This is no login.' }, 400);
    const given = parameters.safeParse(context.req.query());
    if (!given.success) return context.json({ error: z.prettifyError(given.error) }, 400);
    asked({ query: 'getWaiting' });
    const { teams, ...pages } = given.data;
    const page = { ...pages, at: now().toISOString() };
    return context.json(await overEpics(db, { login: name.data, teams }, page));
  });
  return routes;
};
