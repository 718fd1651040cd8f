/** One repository's rules out of two files: what holds, where it comes from, and what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyConfiguration, parseConfiguration } from '../../../src/core/workflow/configuration.ts';
import { configurationSchema } from '../../../src/core/workflow/configuration-schema.ts';
import { extendsOrganization, layConfiguration } from '../../../src/core/workflow/lay-configuration.ts';
import { settings, settingsTable } from '../../../src/core/workflow/settings.ts';

const organization = `roles:
  EM: [octo-em]
  QA: [octo-qa]
policy:
  self_approval: false
  override_roles: [EM]
  close_epic: false
locked: [policy.self_approval, policy.stale_on_push, roles.QA]
`;
const own = (text: string) => ({ path: '.github/gatehouse.yml', text });
const theirs = { path: 'acme/.github/.github/gatehouse.yml', text: organization };
const lay = (text: string | null, beneath: string | null = organization) =>
  layConfiguration(text === null ? null : own(text), beneath === null ? null : { ...theirs, text: beneath });
const right = (text: string | null, beneath?: string | null) => {
  const laid = lay(text, beneath);
  if ('problems' in laid) throw new Error(laid.problems.map((one) => one.message).join());
  return laid;
};
const wrong = (text: string | null, beneath?: string | null) => {
  const laid = lay(text, beneath);
  return 'problems' in laid
    ? laid.problems.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`)
    : [];
};
const rolesOf = (text: string | null, beneath?: string | null) =>
  right(text, beneath).configuration.roles.map(({ role }) => role);

describe('without `extends` all is as the contract says', () => {
  test('no file at all: the defaults', () => {
    expect(right(null, null).configuration).toEqual(emptyConfiguration);
  });
  test('no file of its own: the organisation’s holds whole', () => {
    expect(right(null)).toMatchObject(parseConfiguration(organization, ''));
    expect(right(null).origins['policy.close_epic']).toBe('organization');
  });
  test('a file of its own holds alone, whatever the organisation’s says or locks', () => {
    const laid = right('policy: {self_approval: true}');
    expect(laid.configuration).toMatchObject({ roles: [], policy: { selfApproval: true, closeEpic: true } });
    expect([laid.overruled, laid.locked]).toEqual([[], []]);
  });
});

describe('laid over, key by key', () => {
  const text =
    'extends: organization\nroles: {EM: [octo-boss], DEV: [octo-dev]}\npolicy: {close_epic: true}\n';
  test('its roles and policies replace those of the same name; the others stay', () => {
    const { configuration, origins } = right(text);
    expect(configuration.roles).toMatchObject([
      { role: 'EM', members: [{ login: 'octo-boss' }] },
      { role: 'QA', members: [{ login: 'octo-qa' }] },
      { role: 'DEV' },
    ]);
    expect(configuration.policy).toMatchObject({ closeEpic: true, overrideRoles: ['EM'] });
    expect(origins).toMatchObject({
      'roles.EM': 'repository',
      'roles.QA': 'organization',
      'policy.close_epic': 'repository',
      'policy.override_roles': 'organization',
    });
    expect(origins['policy.distinct_approvers']).toBeUndefined();
  });
  test('an override role may stand in either file, but in one of them it must', () => {
    expect(right('extends: organization\npolicy: {override_roles: [QA]}').configuration.policy).toMatchObject(
      {
        overrideRoles: ['QA'],
      },
    );
    expect(wrong('extends: organization\npolicy:\n  override_roles: [NOBODY]')).toEqual([
      'unknown-role .github/gatehouse.yml:3:20',
    ]);
  });
  test('a key left empty says nothing', () => {
    expect(
      right('extends: organization\npolicy: {override_roles: }').configuration.policy.overrideRoles,
    ).toEqual(['EM']);
  });
});

describe('what is locked holds', () => {
  test('set otherwise it is a problem with its place, and the organisation’s value holds', () => {
    const laid = right('extends: organization\npolicy:\n  self_approval: true\nroles:\n  QA: [octo-me]\n');
    expect(laid.overruled.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['locked', 3, 3],
      ['locked', 5, 3],
    ]);
    expect(laid.configuration.policy.selfApproval).toBe(false);
    expect(laid.configuration.roles[1]).toMatchObject({ members: [{ login: 'octo-qa' }] });
    expect(laid.configuration.notes?.[0]).toContain('gatehouse.yml:3:3 `policy.self_approval` is locked');
    expect(laid.origins).toMatchObject({
      'policy.self_approval': 'organization',
      'roles.QA': 'organization',
    });
  });
  test('a default can be locked too', () => {
    const laid = right('extends: organization\npolicy: {stale_on_push: false}');
    expect(laid.configuration.policy.staleOnPush).toBe(true);
    expect(laid.overruled).toHaveLength(1);
  });
  test('said the same it is no problem', () => {
    expect(
      right('extends: organization\npolicy: {self_approval: false, stale_on_push: true}').overruled,
    ).toEqual([]);
    expect(right('extends: organization\nroles: {QA: [octo-qa]}').overruled).toEqual([]);
  });
  test('`policy` locks every policy, `roles` every role, new ones too', () => {
    const all = 'roles: {EM: [a]}\nlocked: [policy, roles]\n';
    expect(
      right('extends: organization\npolicy: {close_epic: false}', all).configuration.policy.closeEpic,
    ).toBe(true);
    expect(rolesOf('extends: organization\nroles: {DEV: [b]}', all)).toEqual(['EM']);
  });
  test('T33: a locked role is not handed on by a repository, and an agent works for whom the organisation says', () => {
    const beneath = `${organization}agents: {robot: {principal: octo-dev}}\n`;
    const away = (roles: string) =>
      `{from: octo-qa, to: octo-me, after: 2020-01-01, before: 2099-01-01${roles}}`;
    const agents = '{Robot: {principal: octo-me}, other: {principal: octo-me}}';
    const delegations = `[${away('')}, ${away(', roles: [QA]')}]`;
    const laid = right(`extends: organization\nagents: ${agents}\ndelegations: ${delegations}\n`, beneath);
    expect(laid.configuration.delegations?.map(({ roles }) => roles)).toEqual([['EM']]);
    expect(laid.configuration.agents).toEqual([
      { login: 'robot', principal: 'octo-dev' },
      { login: 'other', principal: 'octo-me' },
    ]);
    expect(laid.configuration.notes?.join()).toMatch(/Robot.*locked.*roles\.QA.*locked.*roles\.QA.*locked/);
    const free = right(
      `extends: organization\ndelegations: [${away('')}]`,
      'roles: {QA: [octo-qa], EM: [octo-em]}',
    );
    expect(free.configuration.delegations?.[0]).toMatchObject({ to: 'octo-me', roles: ['QA', 'EM'] });
  });
  test('whatever a repository writes, no locked value moves', () => {
    const value = fc.constantFrom('true', 'false', 'null', '~');
    fc.assert(
      fc.property(value, value, fc.constantFrom('[octo-qa]', '[a, b]', '[]'), (one, two, holders) => {
        const text = `extends: organization\nroles: {QA: ${holders}}\npolicy: {self_approval: ${one}, stale_on_push: ${two}}`;
        const { policy, roles } = right(text).configuration;
        expect([policy.selfApproval, policy.staleOnPush]).toEqual([false, true]);
        expect(roles.find(({ role }) => role === 'QA')?.members).toEqual([
          { kind: 'user', login: 'octo-qa' },
        ]);
      }),
    );
  });
});

describe('what is refused, with its place', () => {
  test.each([
    ['nothing to extend', 'extends: organization', null, 'no-organization .github/gatehouse.yml:1:10'],
    [
      'the organisation’s file is broken',
      'extends: organization',
      'polcy: {}',
      'unknown-field acme/.github/.github/gatehouse.yml:1:1',
    ],
    ['it extends something else', 'extends: other', organization, 'bad-value .github/gatehouse.yml:1:10'],
    [
      'locks in a file that extends',
      'extends: organization\nlocked: [policy]',
      organization,
      'bad-value .github/gatehouse.yml:2:1',
    ],
  ] as const)('%s', (_, text, beneath, problem) => {
    expect(wrong(text, beneath)).toEqual([problem]);
  });
  test.each([
    ['self_approval', 'did you mean `policy.self_approval`?'],
    ['policy.self_aproval', 'did you mean `policy.self_approval`?'],
    ['roles.NOBODY', 'write `policy.<key>`'],
    ['everything', 'write `policy.<key>`'],
  ])('a lock on %s locks nothing, and says so', (name, hint) => {
    const parsed = parseConfiguration(`locked: [${name}]`, 'x.yml');
    expect('problems' in parsed && parsed.problems[0]).toMatchObject({
      code: 'bad-value',
      line: 1,
      column: 10,
    });
    expect('problems' in parsed && parsed.problems[0]?.hint).toContain(hint);
  });
  test('what cannot be read asks for nothing', () => {
    expect(extendsOrganization('extends: [')).toBe(false);
    expect(extendsOrganization('extends: organization\nnonsense: 1')).toBe(false);
  });
});

describe('every key is documented', () => {
  test('the language reference shows the table the code prints', () => {
    const readme = readFileSync(new URL('../../../workflows/README.md', import.meta.url), 'utf8');
    const shown = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme)?.[1];
    expect(shown, 'put what settingsTable() prints between the markers').toBe(settingsTable());
  });
  test('no key is without a meaning, and every policy there is has its row', () => {
    expect(settings.filter(({ meaning }) => meaning.length < 8)).toEqual([]);
    const policies = Object.keys(configurationSchema.shape.policy.unwrap().unwrap().shape);
    expect(policies.filter((name) => !settings.some(({ key }) => key === `policy.${name}`))).toEqual([]);
  });
  test('an editor explains every key', () => {
    const schema = readFileSync(new URL('../../../workflows/gatehouse.schema.json', import.meta.url), 'utf8');
    expect(settings.filter(({ meaning }) => !schema.includes(JSON.stringify(meaning)))).toEqual([]);
  });
  test('the default the table tells is the one that holds', () => {
    const said = Object.fromEntries(
      settings.flatMap(({ key, standard }) => {
        const name = /^policy\.([^.]+)$/.exec(key)?.[1];
        return name === undefined || standard === undefined ? [] : [[name, standard]];
      }),
    );
    expect(parseConfiguration(JSON.stringify({ policy: said }), 'x.yml')).toEqual({
      configuration: emptyConfiguration,
    });
  });
});
