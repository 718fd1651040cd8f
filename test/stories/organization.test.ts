/** One organisation, two repositories' worth of rules: what is laid over what, what is locked, and where people see it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCollaborator, addRepository } from '../world/github/acts/seed.ts';
import type { Issue, Repository } from '../world/github/state.ts';
import { openPlay, type Play } from '../world/play.ts';

const organization = `roles:
  PRODUCT_MANAGER: [octo-pm]
  VP_PRODUCT: [octo-vpp]
policy:
  override_roles: [VP_PRODUCT]
  close_epic: true
locked: [policy.override_roles, roles.VP_PRODUCT]
`;
const own = `extends: organization
roles:
  PRODUCT_MANAGER: [octo-pm, octo-eng]
policy:
  close_epic: false
`;
const greedy = `extends: organization
roles:
  VP_PRODUCT: [octo-eng]
policy:
  close_epic: false
  override_roles: [PRODUCT_MANAGER]
`;
const plan = `name: plan
stages:
  - stage: 1_ask
    role: PRODUCT_MANAGER
    action: ask
    approval_gate: kickoff
    approvers: [VP_PRODUCT]
`;
const path = '.github/gatehouse.yml';

let play: Play;
let epic: Issue;
let defaults: Repository;
beforeAll(async () => {
  play = await openPlay({ config: own, files: { '.github/gatehouse/plan.yml': plan } });
  defaults = addRepository(play.github.hub, {
    owner: play.acme.org,
    name: '.github',
    private: false,
    files: { [path]: organization },
  });
  addCollaborator(defaults, play.person('octo-admin').user, 'admin');
}, 60_000);
afterAll(() => play.ends());

const push = async (text: string, repo?: Repository): Promise<void> => {
  play.person('octo-admin').pushesFile(path, text, undefined, repo);
  await play.settles();
};
const rules = async () =>
  (await fetch(`${play.house.url}/api/v1/repositories/${play.acme.shop.id}/rules`)).json();

test('a role of the organisation and one of the repository’s own serve the same gate', async () => {
  epic = await play.starts('plan');
  const ask = play.stage('1_ask');
  expect((await play.says('octo-eng', ask, '/claim')).reactions).toEqual(['+1']);
  expect((await play.says('octo-eng', ask, '/release')).reactions).toEqual(['+1']);
  expect(await rules()).toMatchObject({
    problems: [],
    policy: {
      close_epic: { value: false, from: 'repository', locked: false },
      override_roles: { value: ['VP_PRODUCT'], from: 'organization', locked: true },
      stale_on_push: { value: true, from: 'default', locked: false },
    },
    roles: {
      PRODUCT_MANAGER: { value: ['octo-pm', 'octo-eng'], from: 'repository' },
      VP_PRODUCT: { value: ['octo-vpp'], from: 'organization', locked: true },
    },
    workflows: [{ name: 'plan', path: '.github/gatehouse/plan.yml' }],
  });
});

test('what the organisation locked is said with its place, and holds: nobody makes themselves an overrider', async () => {
  await push(greedy);
  expect(play.checklist().body).toContain('gatehouse.yml:6:3');
  expect(play.checklist().body).toContain('is locked by the organisation');
  const said = await play.says('octo-pm', play.stage('1_ask'), '/skip because I can');
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies.join()).toContain('octo-vpp');
  expect(await rules()).toMatchObject({
    overruled: [expect.stringContaining(':3:'), expect.stringContaining(':6:')],
  });
});

test('the organisation changes its mind: the repository follows, and the warning goes', async () => {
  await push(organization.replace(/locked.*\n/, ''), defaults);
  await play.says('octo-pm', epic, '/pause');
  await play.says('octo-pm', epic, '/resume');
  expect(play.checklist().body).not.toContain('is locked');
  const said = await play.says('octo-pm', play.stage('1_ask'), '/skip because I may');
  expect(said.reactions).toEqual(['+1']);
});

test('the organisation’s file is broken: nothing is decided by half of the rules, and the answer names that file', async () => {
  await push('roles: 3\n', defaults);
  const next = await play.starts('plan', 'Another one');
  const told = play.comments(next).map((one) => one.body);
  expect(told.join()).toContain('acme/.github/.github/gatehouse.yml:1:8');
  expect(told.join()).toContain('so nothing was done');
});

test('somebody who asks for a repository nobody knows is told so', async () => {
  for (const id of ['1', 'x', '0', '9'.repeat(30)]) {
    const answer = await fetch(`${play.house.url}/api/v1/repositories/${id}/rules`);
    expect(answer.status).toBe(404);
  }
});
