/** Who could be asked as a role now: its people and its teams' members, those who are away replaced by who stands for them. */
import { z } from 'zod';
import type { Person } from '../../core/epic/person.ts';
import type { Delegation } from '../../core/workflow/delegation.ts';
import type { Member, RoleEntry } from '../../core/workflow/member.ts';
import { unlessGone } from '../failure.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';
import type { Pins } from './roles-held.ts';

/** Somebody who holds the role, for themselves or in somebody's place. */
export interface RoleMember {
  readonly by: Person;
  readonly instead?: Person;
}

const account = z.object({ id: z.number(), login: z.string(), node_id: z.string().optional() });
const team = z.object({ id: z.number() });

const personOf = (data: unknown): Person => {
  const { id, login } = account.parse(data);
  return { id, login };
};

const orNobody = <T>(asked: () => Promise<readonly T[]>): Promise<readonly T[]> => unlessGone(asked(), []);

/** By number: a name taken over since is nobody (threats T24). */
const userNow = (client: Client, pins: Pins, login: string): Promise<readonly Person[]> =>
  orNobody(async () => {
    const { data } = await client.get('GET /users/{username}', { username: login });
    const person = personOf(data);
    return (await pins.pinUser(login, person.id)) === person.id ? [person] : [];
  });

const teamNow = (client: Client, pins: Pins, at: Extract<Member, { kind: 'team' }>) =>
  orNobody(async () => {
    const where = { org: at.org, team_slug: at.slug };
    const { id } = team.parse((await client.get('GET /orgs/{org}/teams/{team_slug}', where)).data);
    if ((await pins.pinTeam(`${at.org}/${at.slug}`, id)) !== id) return [];
    const people: Person[] = [];
    for await (const page of pages(client, 'GET /orgs/{org}/teams/{team_slug}/members', where)) {
      people.push(...z.array(z.unknown()).parse(page).map(personOf));
    }
    return people;
  });

const isPerson = (person: Person): boolean => !person.login.endsWith('[bot]');

/** The people of one role, each once; `delegations` are those whose windows are open. What GitHub cannot say is thrown. */
export const roleMembersNow = async (
  client: Client,
  pins: Pins,
  entry: RoleEntry,
  delegations: readonly Delegation[],
): Promise<readonly RoleMember[]> => {
  const lists = await Promise.all(
    entry.members.map((member) =>
      member.kind === 'user' ? userNow(client, pins, member.login) : teamNow(client, pins, member),
    ),
  );
  const people = [
    ...new Map(
      lists
        .flat()
        .filter(isPerson)
        .map((one) => [one.id, one]),
    ).values(),
  ];
  const handed = delegations.filter((one) => one.roles.includes(entry.role));
  const places: RoleMember[] = [];
  const away = new Set<number>();
  for (const { from, to } of handed) {
    const [[absent], [delegate]] = await Promise.all([
      userNow(client, pins, from),
      userNow(client, pins, to),
    ]);
    if (absent === undefined || !people.some((one) => one.id === absent.id)) continue;
    away.add(absent.id);
    if (delegate !== undefined) places.push({ by: delegate, instead: absent });
  }
  const here = people.filter((one) => !away.has(one.id));
  const own = new Set(people.map((one) => one.id));
  return [...here.map((by) => ({ by })), ...places.filter(({ by }) => !own.has(by.id))];
};
