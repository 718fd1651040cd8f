/** Which roles somebody holds, and which id a name of the configuration is bound to: what GitHub's answers may and may not change. */
import { expect, test } from 'vitest';
import { readMembers } from '../../src/core/workflow/member.ts';
import type { Client } from '../../src/github/client.ts';
import { heldNow } from '../../src/github/facts/held-now.ts';
import { type Pins, pinMembers, rolesHeld } from '../../src/github/facts/roles-held.ts';
import { asking, pinsWith } from './asking.ts';

const erin = { id: 3, login: 'erin' };
const nobody = asking({});
const team = (name: string, id: number, ...members: readonly string[]): Record<string, object> => ({
  [`/orgs/acme/teams/${name}`]: { id },
  ...Object.fromEntries(
    members.map((login) => [`/orgs/acme/teams/${name}/memberships/${login}`, { state: 'active' }]),
  ),
});
const asEm = (...names: readonly string[]) => [{ role: 'EM', members: readMembers(names) }];
const held = (github: Client, pins: Pins, names: readonly string[], person = erin) =>
  rolesHeld(github, pins, { entries: asEm(...names), relevant: ['EM'], person });

test('only the roles that matter for the decision are answered, and each by its own members', async () => {
  const entries = [...asEm('erin'), { role: 'PM', members: readMembers(['erin']) }];
  const other = { role: 'QA', members: readMembers(['sam']) };
  const asked = { entries: [...entries, other], relevant: ['PM', 'QA'], person: erin };
  expect(await rolesHeld(nobody, pinsWith(), asked)).toEqual(['PM']);
});

test('one team among several is enough, and a name in the list that is a person is never looked for as a team', async () => {
  const github = asking({ ...team('managers', 7), ...team('leads', 8, 'erin') });
  expect(await held(github, pinsWith(), ['@acme/managers', 'sam', '@acme/leads'])).toEqual(['EM']);
  const undefinedTeam = asking({
    '/orgs/undefined/teams/undefined': { id: 9 },
    '/orgs/undefined/teams/undefined/memberships/erin': { state: 'active' },
  });
  expect(await held(undefinedTeam, pinsWith(), ['sam'])).toEqual([]);
});

test('teams are told apart by their names: one that was seen first does not stand for another', async () => {
  const pins = pinsWith();
  const github = asking({ ...team('managers', 7, 'erin'), ...team('leads', 8, 'erin') });
  expect(await held(github, pins, ['@acme/managers'])).toEqual(['EM']);
  expect(await held(github, pins, ['@acme/leads'])).toEqual(['EM']);
  expect([await pins.team('acme/managers'), await pins.team('acme/leads')]).toEqual([7, 8]);
});

test('a secret team whose memberships can be read counts, unless it was seen before and is gone', async () => {
  const hidden = asking({ '/orgs/acme/teams/managers/memberships/erin': { state: 'active' } });
  expect(await held(hidden, pinsWith(), ['@acme/managers'])).toEqual(['EM']);
  expect(await held(hidden, pinsWith({ 'acme/managers': 7 }), ['@acme/managers'])).toEqual([]);
});

test('a team that cannot be read for now is neither trusted nor doubted: the question is asked again', async () => {
  const github = asking({
    '/orgs/acme/teams/managers': 502,
    '/orgs/acme/teams/managers/memberships/erin': { state: 'active' },
  });
  await expect(held(github, pinsWith(), ['@acme/managers'])).rejects.toThrow();
});

test.each([{}, '', { id: '7' }])('a team described as %j is no team anybody can be in', async (answer) => {
  const github = asking({ ...team('managers', 7, 'erin'), '/orgs/acme/teams/managers': answer });
  expect(await held(github, pinsWith(), ['@acme/managers'])).toEqual([]);
});

test.each([{}, '', { status: 'active' }])('a membership that reads %j is none', async (answer) => {
  const github = asking({
    ...team('managers', 7),
    '/orgs/acme/teams/managers/memberships/erin': answer,
  });
  expect(await held(github, pinsWith(), ['@acme/managers'])).toEqual([]);
});

const absence = { after: '', before: '', timeZone: 'UTC', reason: '' };
const replacing = (roles: readonly string[], { from = 'erin', to = 'sam' } = {}) => ({
  ...absence,
  ...{ from, to, roles },
});
const both = [...asEm('erin'), { role: 'PM', members: readMembers(['erin', 'sam']) }];
const sam = { id: 6, login: 'sam' };
const erinThere = asking({ '/users/erin': { id: 3, login: 'erin' }, '/users/sam': sam });

test('an absent person hands over the roles they named and no other', async () => {
  const asked = { entries: both, relevant: ['EM', 'PM'], person: sam };
  const given = await heldNow(erinThere, pinsWith(), { ...asked, delegations: [replacing(['EM'])] });
  expect(given).toEqual({ roles: ['PM', 'EM'], instead: [{ role: 'EM', of: erin }] });
  const another = { entries: asEm('erin'), relevant: ['EM'], person: sam };
  expect(await heldNow(nobody, pinsWith(), { ...another, delegations: [replacing(['PM'])] })).toEqual({
    roles: [],
    instead: [],
  });
});

test('what somebody holds themselves they hold for nobody else, so that nobody else’s work bars them', async () => {
  const asked = { entries: both, relevant: ['EM', 'PM'], person: sam };
  const given = await heldNow(erinThere, pinsWith(), { ...asked, delegations: [replacing(['EM', 'PM'])] });
  expect(given.instead).toEqual([{ role: 'EM', of: erin }]);
});

test('nothing about an absent person is asked for a decision their roles have no part in', async () => {
  const asked = { entries: both, relevant: ['PM'], person: sam };
  const down = asking({ '/users/erin': 502 });
  expect(await heldNow(down, pinsWith(), { ...asked, delegations: [replacing(['EM'])] })).toEqual({
    roles: ['PM'],
    instead: [],
  });
});

test('an account that is gone hands nothing over, and nobody stands for themselves', async () => {
  const asked = { entries: both, relevant: ['EM'], person: sam };
  expect(await heldNow(nobody, pinsWith(), { ...asked, delegations: [replacing(['EM'])] })).toEqual({
    roles: [],
    instead: [],
  });
  // Renamed meanwhile: the name away is an older one of the same account.
  const pins = pinsWith({ 'sam-old': 6, sam: 6 });
  const renamed = asking({ '/users/sam-old': sam });
  const own = { entries: asEm('sam-old'), relevant: ['EM'], person: sam };
  const self = replacing(['EM'], { from: 'sam-old' });
  expect(await heldNow(renamed, pins, { ...own, delegations: [self] })).toEqual({
    roles: ['EM'],
    instead: [],
  });
});

test('every name of the configuration is bound to the id it has now, and what nobody bears to none', async () => {
  const pins = pinsWith();
  const github = asking({ '/users/erin': erin, ...team('managers', 7) });
  const entries = [...asEm('erin', '@acme/managers', 'nemo', '@acme/none'), ...asEm('nemo')];
  await pinMembers(github, pins, entries);
  expect(await pins.user('erin')).toBe(3);
  expect(await pins.team('acme/managers')).toBe(7);
  expect([await pins.user('nemo'), await pins.team('acme/none')]).toEqual([undefined, undefined]);
});

test('names that are bound already are not asked about again, so that a new bearer changes nothing', async () => {
  const pins = pinsWith({ erin: 3, 'acme/managers': 7 });
  const github = asking({ '/users/erin': 502, '/orgs/acme/teams/managers': 502 });
  await pinMembers(github, pins, asEm('erin', '@acme/managers'));
  expect([await pins.user('erin'), await pins.team('acme/managers')]).toEqual([3, 7]);
});

test('an answer without an id binds nothing, and an outage is no proof that nobody bears a name', async () => {
  const pins = pinsWith();
  const odd = asking({ '/users/erin': {}, '/orgs/acme/teams/managers': { id: 'x' } });
  await pinMembers(odd, pins, asEm('erin', '@acme/managers'));
  expect([await pins.user('erin'), await pins.team('acme/managers')]).toEqual([undefined, undefined]);
  await expect(pinMembers(asking({ '/users/erin': 502 }), pins, asEm('erin'))).rejects.toThrow();
  await expect(
    pinMembers(asking({ '/orgs/acme/teams/managers': 502 }), pins, asEm('@acme/managers')),
  ).rejects.toThrow();
});
