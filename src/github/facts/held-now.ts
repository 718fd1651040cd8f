/** The roles somebody holds now: their own, and those of people who are away and have named them (`delegations`). */
import { z } from 'zod';
import type { Person } from '../../core/epic/person.ts';
import type { Substitution } from '../../core/epic/substitution.ts';
import type { Role } from '../../core/workflow/definition.ts';
import type { Delegation } from '../../core/workflow/delegation.ts';
import type { RoleEntry } from '../../core/workflow/member.ts';
import { unlessGone } from '../failure.ts';
import type { Client } from '../octokit.ts';
import { isUser } from './is-user.ts';
import { type Pins, rolesHeld } from './roles-held.ts';

/** Roles, and which of them only in whose place. */
export interface Held {
  readonly roles: readonly Role[];
  readonly instead: readonly Substitution[];
}

interface Asked {
  readonly entries: readonly RoleEntry[];
  readonly relevant: readonly Role[];
  readonly person: Person;
  /** Those whose windows are open. */
  readonly delegations: readonly Delegation[];
}

const account = z.object({ id: z.number(), login: z.string() });

/** Whoever is away, if the name is still theirs: a name taken over hands nothing on (threats T24). */
const awayNow = async (client: Client, pins: Pins, login: string): Promise<Person | undefined> => {
  const answer = await unlessGone(client.get('GET /users/{username}', { username: login }), undefined);
  if (answer === undefined) return undefined;
  const { id, login: called } = account.parse(answer.data);
  return (await pins.pinUser(login, id)) === id ? { id, login: called } : undefined;
};

/** What one delegation hands to the person: what its giver holds in their own right, so nothing is handed on twice. */
const handed = async (
  client: Client,
  pins: Pins,
  asked: Asked,
  delegation: Delegation,
): Promise<readonly Substitution[]> => {
  const relevant = asked.relevant.filter((role) => delegation.roles.includes(role));
  if (relevant.length === 0 || !(await isUser(pins, delegation.to, asked.person))) return [];
  const away = await awayNow(client, pins, delegation.from);
  if (away === undefined || away.id === asked.person.id) return [];
  const roles = await rolesHeld(client, pins, { entries: asked.entries, relevant, person: away });
  return roles.map((role) => ({ role, of: away }));
};

/** A role held in one's own right is held for nobody else. What GitHub cannot say is thrown, never guessed. */
export const heldNow = async (client: Client, pins: Pins, asked: Asked): Promise<Held> => {
  const own = await rolesHeld(client, pins, asked);
  const places: Substitution[] = [];
  for (const delegation of asked.delegations) places.push(...(await handed(client, pins, asked, delegation)));
  const instead = places.filter(({ role }) => !own.includes(role));
  return { roles: [...new Set([...own, ...instead.map(({ role }) => role)])], instead };
};
