/** Who holds a role, asked of a GitHub that has changed since: names taken over, teams made anew, people invited or gone (threats §2.2). */
import { expect, test } from 'vitest';
import { readMembers } from '../../../src/core/workflow/member.ts';
import type { Client } from '../../../src/github/client.ts';
import { heldNow } from '../../../src/github/facts/held-now.ts';
import { permissionOf } from '../../../src/github/facts/permission.ts';
import { type Pins, rolesHeld } from '../../../src/github/facts/roles-held.ts';
import { GitHubFailure } from '../../../src/github/failure.ts';
import { asking, pinsWith } from '../../github/asking.ts';

const held = (names: readonly string[], person: { id: number; login: string }, github: Client, pins: Pins) =>
  rolesHeld(github, pins, {
    entries: [{ role: 'EM', members: readMembers(names) }],
    relevant: ['EM'],
    person,
  });

const nobody = asking({});
const team = (state: string, id = 7): Client =>
  asking({ '/orgs/acme/teams/managers': { id }, '/orgs/acme/teams/managers/memberships/erin': { state } });

test('T24: whoever takes over an old login gets no role, and whoever gave it up keeps theirs', async () => {
  const pins = pinsWith({ erin: 3 });
  expect(await held(['erin'], { id: 99, login: 'erin' }, nobody, pins)).toEqual([]);
  expect(await held(['erin'], { id: 3, login: 'erin-new' }, nobody, pins)).toEqual(['EM']);
});

test('T24: the first to bear a name is bound to it, and the second one is not', async () => {
  const pins = pinsWith();
  expect(await held(['Erin'], { id: 3, login: 'erin' }, nobody, pins)).toEqual(['EM']);
  expect(await held(['Erin'], { id: 99, login: 'erin' }, nobody, pins)).toEqual([]);
});

test('T25: a team deleted and made anew under its name gives nobody a role', async () => {
  const pins = pinsWith({ 'acme/managers': 7 });
  expect(await held(['@acme/managers'], { id: 3, login: 'erin' }, team('active', 7), pins)).toEqual(['EM']);
  expect(await held(['@acme/managers'], { id: 3, login: 'erin' }, team('active', 8), pins)).toEqual([]);
  const deleted = asking({ '/orgs/acme/teams/managers/memberships/erin': { state: 'active' } });
  expect(await held(['@acme/managers'], { id: 3, login: 'erin' }, deleted, pins)).toEqual([]);
});

test('T26: a member who was removed holds nothing from the next question on', async () => {
  const pins = pinsWith();
  expect(await held(['@acme/managers'], { id: 3, login: 'erin' }, team('active'), pins)).toEqual(['EM']);
  const removed = asking({ '/orgs/acme/teams/managers': { id: 7 } });
  expect(await held(['@acme/managers'], { id: 3, login: 'erin' }, removed, pins)).toEqual([]);
});

test.each(['pending', 'inactive', ''])('T27: a membership that is "%s" is none', async (state) => {
  expect(await held(['@acme/managers'], { id: 3, login: 'erin' }, team(state), pinsWith())).toEqual([]);
});

test('T28: a team that cannot be read lets nobody pass: no answer is no role, and an outage is thrown, not guessed', async () => {
  expect(await held(['@acme/managers'], { id: 3, login: 'erin' }, nobody, pinsWith())).toEqual([]);
  const away = asking({
    '/orgs/acme/teams/managers': 503,
    '/orgs/acme/teams/managers/memberships/erin': 503,
  });
  await expect(held(['@acme/managers'], { id: 3, login: 'erin' }, away, pinsWith())).rejects.toBeInstanceOf(
    GitHubFailure,
  );
  expect(await held([], { id: 3, login: 'erin' }, nobody, pinsWith())).toEqual([]);
});

test('T20, T74: a bot is in no team, whatever the team says, and holds a role only where it is listed itself', async () => {
  const agent = { id: 50, login: 'agent[bot]' };
  const members = asking({
    '/orgs/acme/teams/managers': { id: 7 },
    '/orgs/acme/teams/managers/memberships/agent[bot]': { state: 'active' },
  });
  expect(await held(['@acme/managers'], agent, members, pinsWith())).toEqual([]);
  expect(await held(['agent[bot]'], agent, nobody, pinsWith())).toEqual(['EM']);
  expect(await held(['agent[bot]'], { id: 51, login: 'github-actions[bot]' }, nobody, pinsWith())).toEqual(
    [],
  );
});

test.each(['er1n', 'erin-', '3rin', 'erin[bot]', 'еrin', 'erin\u200b', 'ERIN2'])(
  'T23: %s is not erin',
  async (login) => {
    expect(await held(['erin'], { id: 99, login }, nobody, pinsWith({ erin: 3 }))).toEqual([]);
    expect(await held(['erin'], { id: 99, login }, nobody, pinsWith())).toEqual([]);
  },
);

test('T30: what somebody may do comes from their permission, whatever a payload calls them', async () => {
  const place = { id: 1, nodeId: 'R', owner: 'acme', name: 'shop' };
  const says = (data: object | string) => asking({ '/repos/acme/shop/collaborators/erin/permission': data });
  const erin = { id: 3, login: 'erin' };
  expect(
    await permissionOf(
      says({ permission: 'read', role_name: 'read', author_association: 'OWNER' }),
      place,
      erin,
    ),
  ).toEqual({ triage: false, write: false });
  expect(await permissionOf(says({ permission: 'read', role_name: 'triage' }), place, erin)).toEqual({
    triage: true,
    write: false,
  });
  expect(
    await permissionOf(says({ permission: 'write', role_name: 'release-manager' }), place, erin),
  ).toEqual({ triage: true, write: true });
  for (const role of ['write', 'maintain', 'admin'])
    expect(await permissionOf(says({ role_name: role }), place, erin)).toEqual({ triage: true, write: true });
  for (const other of [nobody, says({}), says(''), says({ role_name: 7 })])
    expect(await permissionOf(other, place, erin)).toEqual({ triage: false, write: false });
  // A role of the organisation's own, based on triage: `read` by its level.
  const gardener = (triage: boolean) =>
    says({ permission: 'read', role_name: 'issue-gardener', user: { permissions: { push: false, triage } } });
  expect(await permissionOf(gardener(true), place, erin)).toEqual({ triage: true, write: false });
  expect(await permissionOf(gardener(false), place, erin)).toEqual({ triage: false, write: false });
  await expect(
    permissionOf(asking({ '/repos/acme/shop/collaborators/erin/permission': 502 }), place, erin),
  ).rejects.toThrow();
});

const away = (pins: Pins, github: Client, person = { id: 6, login: 'sam' }) =>
  heldNow(github, pins, {
    entries: [{ role: 'EM', members: readMembers(['@acme/managers']) }],
    relevant: ['EM'],
    person,
    delegations: [
      { from: 'erin', to: 'sam', roles: ['EM'], after: '', before: '', timeZone: 'UTC', reason: '' },
    ],
  });
const withErin = (id: number, state = 'active'): Client =>
  asking({
    '/users/erin': { id, login: 'erin' },
    '/orgs/acme/teams/managers': { id: 7 },
    '/orgs/acme/teams/managers/memberships/erin': { state },
  });

test('T24: whoever takes over the name of somebody absent hands nothing to anybody, though they are of the team themselves', async () => {
  const erin = { role: 'EM', of: { id: 3, login: 'erin' } };
  const pins = pinsWith({ sam: 6, erin: 3 });
  expect(await away(pins, withErin(3))).toEqual({ roles: ['EM'], instead: [erin] });
  expect(await away(pins, withErin(99))).toEqual({ roles: [], instead: [] });
});

test('T24: whoever takes over the name of a delegate stands for nobody', async () => {
  const pins = pinsWith({ sam: 6, erin: 3 });
  expect((await away(pins, withErin(3), { id: 98, login: 'sam' })).roles).toEqual([]);
});

test('T27: an absent person who has left, or was only invited, hands nothing over', async () => {
  const pins = pinsWith({ sam: 6, erin: 3 });
  expect((await away(pins, withErin(3, 'pending'))).roles).toEqual([]);
  expect((await away(pins, asking({ '/users/erin': { id: 3, login: 'erin' } }))).roles).toEqual([]);
});

test('a server that does not answer hands nothing over silently: it is asked again', async () => {
  await expect(away(pinsWith({ sam: 6, erin: 3 }), asking({ '/users/erin': 502 }))).rejects.toThrow();
});
