/** Which roles somebody holds now: by numeric id, asked of GitHub for the decision at hand (threats T24–T28). */
import { z } from 'zod';
import type { Person } from '../../core/epic/person.ts';
import type { Role } from '../../core/workflow/definition.ts';
import type { Member, RoleEntry } from '../../core/workflow/member.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';
import { isUser } from './is-user.ts';

/** The ledger's memory of which id a name had when it was first seen; the first id stays. */
export interface Pins {
  readonly user: (login: string) => Promise<number | undefined>;
  readonly team: (name: string) => Promise<number | undefined>;
  /** Remembers an id for a name not seen before; answers the id that is remembered. */
  readonly pinUser: (login: string, id: number) => Promise<number>;
  readonly pinTeam: (name: string, id: number) => Promise<number>;
}

const numbered = z.object({ id: z.number() });
const membership = z.object({ state: z.string() });

const idIn = (data: unknown): number | undefined => numbered.safeParse(data).data?.id;

type Team = Extract<Member, { kind: 'team' }>;

/**
 * Whether the team of that name is still the one it was: deleted, or another one under the same name, and nobody in it
 * holds anything (threats T25). A server that does not show teams but does answer memberships has nothing pinned to betray.
 */
const isTrusted = async (client: Client, pins: Pins, team: Team): Promise<boolean> => {
  const name = `${team.org}/${team.slug}`;
  try {
    const answer = await client.get('GET /orgs/{org}/teams/{team_slug}', {
      org: team.org,
      team_slug: team.slug,
    });
    const id = idIn(answer.data);
    return id !== undefined && (await pins.pinTeam(name, id)) === id;
  } catch (failure) {
    if (isGone(failure)) return (await pins.team(name)) === undefined;
    throw failure;
  }
};

const inTeam = async (client: Client, pins: Pins, team: Team, person: Person): Promise<boolean> => {
  try {
    const [trusted, { data }] = await Promise.all([
      isTrusted(client, pins, team),
      client.get('GET /orgs/{org}/teams/{team_slug}/memberships/{username}', {
        org: team.org,
        team_slug: team.slug,
        username: person.login,
      }),
    ]);
    // `pending` is an invitation, not a membership (threats T27).
    return trusted && membership.safeParse(data).data?.state === 'active';
  } catch (failure) {
    if (isGone(failure)) return false;
    throw failure;
  }
};

const holds = async (
  client: Client,
  pins: Pins,
  members: readonly Member[],
  person: Person,
): Promise<boolean> => {
  for (const member of members) {
    if (member.kind === 'user' && (await isUser(pins, member.login, person))) return true;
  }
  // A bot is never a team's member: it counts only where it is listed (contract §4).
  if (person.login.endsWith('[bot]')) return false;
  const teams = members.filter((member) => member.kind === 'team');
  const answers = await Promise.all(teams.map((team) => inTeam(client, pins, team, person)));
  return answers.some(Boolean);
};

/** The roles among `relevant` that the person holds now. What GitHub cannot say is thrown, never guessed. */
export const rolesHeld = async (
  client: Client,
  pins: Pins,
  asked: {
    readonly entries: readonly RoleEntry[];
    readonly relevant: readonly Role[];
    readonly person: Person;
  },
): Promise<readonly Role[]> => {
  const entries = asked.entries.filter((entry) => asked.relevant.includes(entry.role));
  const held = await Promise.all(entries.map((entry) => holds(client, pins, entry.members, asked.person)));
  return entries.filter((_, index) => held[index]).map((entry) => entry.role);
};

/** Binds every login and team of the configuration to the id it has now, so that a name taken over later gains nothing. */
export const pinMembers = async (
  client: Client,
  pins: Pins,
  entries: readonly RoleEntry[],
): Promise<void> => {
  const pinOne = async (member: Member): Promise<void> => {
    if (member.kind === 'team') {
      if ((await pins.team(`${member.org}/${member.slug}`)) === undefined)
        await isTrusted(client, pins, member);
      return;
    }
    if ((await pins.user(member.login)) !== undefined) return;
    try {
      const id = idIn((await client.get('GET /users/{username}', { username: member.login })).data);
      if (id !== undefined) await pins.pinUser(member.login, id);
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
  };
  const names = new Map(
    entries.flatMap((entry) => entry.members).map((member) => [JSON.stringify(member), member]),
  );
  await Promise.all([...names.values()].map(pinOne));
};
