/** What is not set as it must be is found before it does harm, and what cannot be seen is never called fine. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ownersOf } from '../../src/engine/doctor/code-owners.ts';
import { wanted } from '../../src/engine/doctor/wanted.ts';
import { commitTo } from '../world/github/acts/commits.ts';
import { addRepository } from '../world/github/acts/seed.ts';
import { acmeConfig } from '../world/github/world.ts';
import { app } from '../world/house.ts';
import { openPlay, type Play } from '../world/play.ts';
import { runGatehouse } from './run-gatehouse.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
  await play.starts('feature');
}, 60_000);
afterAll(async () => {
  await play.ends();
  // GitHub's own description of webhooks does not know merge_group among an app's events.
  expect(play.github.violations.filter((line) => !line.includes('performed_via_github_app'))).toEqual([]);
});

const environment = (): Record<string, string> => ({
  APP_ID: String(app.id),
  PRIVATE_KEY: app.key.privateKey,
  WEBHOOK_SECRET: app.secret,
  GITHUB_API_URL: play.github.url,
  DATABASE_URL: play.databaseUrl,
  GATEHOUSE_THROTTLE: 'off',
});

interface Line {
  readonly about: string;
  readonly check: string;
  readonly verdict: string;
  readonly says: string;
  readonly mend?: string;
}

const examine = async (
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; lines: readonly Line[] }> => {
  const { code, out } = await runGatehouse(['doctor', '--json', ...args], { ...environment(), ...env });
  const answer: { ok: boolean; findings: readonly Line[] } = JSON.parse(out);
  expect(answer.ok).toBe(code === 0);
  return { code, lines: answer.findings };
};

const of = (lines: readonly Line[], check: string): readonly string[] =>
  lines.filter((line) => line.check === check).map(({ verdict, says }) => `${verdict}: ${says}`);

const write = (files: Record<string, string>): void => {
  const { shop } = play.acme;
  commitTo(play.github.hub, shop, { branch: 'main', files, message: 'set up' });
};

/** Everything as the README asks for it. */
const sound = (): void => {
  const { state } = play.github;
  const { shop, installation } = play.acme;
  const granted = { permissions: { ...wanted.permissions }, events: [...wanted.events] };
  if (state.app !== null) Object.assign(state.app, granted);
  installation.permissions = { ...wanted.permissions };
  installation.suspendedAt = null;
  Object.assign(state.hook, { contentType: 'json', secret: true, insecureSsl: '0' });
  play.github.webhookTarget = play.house.webhooks;
  shop.requiredChecks = [{ context: 'gatehouse', appId: app.id }];
  shop.rules = {
    reviews: { approvals: 1, dismissStale: true, lastPush: true, codeOwners: true },
    bypass: [],
  };
  write({ '.github/gatehouse.yml': acmeConfig(), '.github/CODEOWNERS': '* @acme/managers\n' });
};
beforeEach(sound);

test('a sound set-up: exit 0, nothing wrong, and what only people can see is asked of them', async () => {
  const { code, lines } = await examine();
  expect(lines.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
  expect(code).toBe(0);
  expect(lines.filter(({ verdict }) => verdict === 'unseen').map(({ check }) => check)).toEqual([
    'actions-approve',
    'actions-token',
  ]);
  expect(lines.filter(({ verdict, mend }) => verdict !== 'right' && mend === undefined)).toEqual([]);
  // The stand-in speaks plain HTTP; everything else is as it should be.
  expect(of(lines, 'webhook-url')).toEqual([expect.stringMatching(/^warning: goes to http:/)]);
  expect(lines.filter(({ verdict }) => verdict === 'warning')).toHaveLength(1);
  const { out } = await runGatehouse(['doctor'], environment());
  expect(out).toContain('acme/shop\n  ✓ `gatehouse` from this App is required on main\n');
  expect(out).toContain(
    '  ? Whether GitHub Actions may approve pull requests cannot be seen, check by hand\n    → it must not',
  );
  expect(out).toMatch(/\n0 wrong, 1 to consider, 2 to check by hand, \d+ right\n$/);
  expect(out).not.toContain(app.secret);
}, 60_000);

test('the check required from any source, from another App, or not at all: each is said with its mend', async () => {
  const { shop } = play.acme;
  const said = async (checks: typeof shop.requiredChecks): Promise<readonly string[]> => {
    shop.requiredChecks = checks;
    const { code, lines } = await examine();
    expect(code).toBe(1);
    return of(lines, 'required-check');
  };
  expect(await said([{ context: 'gatehouse', appId: null }])).toEqual([
    'wrong: `gatehouse` is required on main, but from any source: somebody else can set it',
  ]);
  expect(await said([{ context: 'gatehouse', appId: 12 }])).toEqual([
    'wrong: `gatehouse` is required on main, but from App 12: somebody else can set it',
  ]);
  expect(await said([])).toEqual(['wrong: `gatehouse` is not required on main: nothing is held back']);
}, 60_000);

test('bypass lists: empty, full, or hidden are three different answers; classic protection counts too', async () => {
  const rules = play.acme.shop.rules ?? {};
  rules.bypass = [{ actor_type: 'OrganizationAdmin', actor_id: 1, bypass_mode: 'always' }];
  const full = await examine(['--repository', 'ACME/shop']);
  expect(of(full.lines, 'bypass')).toEqual([
    'wrong: ruleset "main" may be bypassed by OrganizationAdmin 1 (always)',
  ]);
  const { bypass: _, reviews: __, ...hidden } = rules;
  play.acme.shop.requiredChecks = [];
  play.acme.shop.rules = {
    ...hidden,
    mergeQueue: true,
    classic: { level: 'non_admins', checks: [{ context: 'gatehouse', app_id: app.id }] },
  };
  const { lines } = await examine();
  expect(of(lines, 'required-check')).toEqual([expect.stringMatching(/^right/)]);
  expect(of(lines, 'bypass')).toEqual([
    'unseen: Who may bypass ruleset "main" cannot be seen, check by hand',
    'wrong: the branch protection does not bind administrators',
  ]);
  for (const check of ['stale-approvals', 'last-push', 'rules-owned'])
    expect(of(lines, check)).toEqual([expect.stringMatching(/^unseen: .*cannot be seen, check by hand$/)]);
}, 60_000);

test('permissions and events the App lacks, has too much of, or an owner has not accepted; a merge queue nobody hears', async () => {
  const { state } = play.github;
  const { installation, shop } = play.acme;
  const { merge_queues: __, ...without } = wanted.permissions;
  if (state.app !== null) {
    state.app.permissions = { ...without, issues: 'read', administration: 'write' };
    state.app.events = wanted.events.filter((event) => event !== 'merge_group');
  }
  installation.permissions = { ...without };
  shop.rules = { ...shop.rules, mergeQueue: true };
  const { code, lines } = await examine();
  expect(code).toBe(1);
  expect(of(lines, 'app-permissions')).toEqual([
    'wrong: lacks issues: write (is read), merge_queues: read (is not granted)',
  ]);
  expect(of(lines, 'app-extra-permissions')).toEqual([expect.stringContaining('administration: write')]);
  expect(of(lines, 'app-events')).toEqual(['wrong: does not hear merge_group']);
  expect(of(lines, 'accepted')).toEqual([
    'wrong: has not granted merge_queues: read (is not granted), events merge_group',
  ]);
  expect(of(lines, 'merge-queue')).toEqual([expect.stringMatching(/^wrong: a merge queue, but/)]);
}, 60_000);

test('the webhook: a wrong path, a form, no secret, no verification, and deliveries that never arrived', async () => {
  Object.assign(play.github.state.hook, { contentType: 'form', secret: false, insecureSsl: '1' });
  play.github.webhookTarget = `${play.house.url}/hooks`;
  play.person('octo-pm').says(play.stage('1_define'), 'Nobody hears me.');
  await play.github.settled();
  const { lines } = await examine();
  const said = ['url', 'content-type', 'secret', 'tls', 'deliveries'].map((one) =>
    of(lines, `webhook-${one}`),
  );
  expect(said).toEqual([
    [expect.stringMatching(/^wrong: goes to .*\/hooks$/)],
    ['wrong: does not send JSON'],
    ['wrong: has no secret'],
    ['wrong: does not verify certificates'],
    [expect.stringMatching(/^wrong: \d+ of \d+ attempts in three days failed, 1 deliveries never arrived/)],
  ]);
  play.github.webhookTarget = play.house.webhooks;
  for (const one of play.github.deliveries.filter(({ statusCode }) => statusCode !== 202))
    play.github.redeliver(one.id);
  await play.settles();
  expect(of((await examine()).lines, 'webhook-deliveries')).toEqual([
    expect.stringMatching(/^right: .* failed, and all are in the inbox by now$/),
  ]);
}, 60_000);

test('a proxy may put something before the webhook’s path', async () => {
  const before = `${play.house.url}/gatehouse`;
  play.github.webhookTarget = `${before}/api/github/webhooks`;
  const { lines } = await examine();
  expect(of(lines, 'webhook-url')).toEqual([expect.stringMatching(/^warning: goes to http:/)]);
  play.github.webhookTarget = `${before}/api/github/webhooks/`;
  expect(of((await examine()).lines, 'webhook-url')).toEqual([expect.stringMatching(/^wrong: goes to/)]);
}, 60_000);

test('roles that resolve to nobody: a login that is gone, a team that is not there, an empty team, a name taken over', async () => {
  const { hub } = play.github;
  const [first] = play.acme.engineers.members.keys();
  const members = new Map(play.acme.engineers.members);
  if (first !== undefined) play.acme.engineers.members.clear();
  const roles =
    'roles:\n  ENGINEER: ["@acme/engineers"]\n  SRE: [nobody-here, "@acme/none"]\n  PM: [octo-pm]\n';
  write({ '.github/gatehouse.yml': roles });
  const { lines } = await examine();
  expect(of(lines, 'holder')).toEqual([
    'warning: @acme/engineers is an empty team',
    'wrong: nobody is called nobody-here',
    'wrong: there is no team @acme/none, or the App may not see it',
  ]);
  expect(of(lines, 'roles')).toEqual(['warning: nobody holds ENGINEER, SRE']);
  expect(of(lines, 'overriders')).toEqual([expect.stringMatching(/^warning: nobody may \/skip/)]);
  play.acme.engineers.members = members;

  const pm = play.person('octo-pm').user;
  await play.says('octo-pm', play.stage('1_define'), '/claim');
  hub.state.logins.set('octo-pm', play.person('stranger').user.id);
  sound();
  expect(of((await examine()).lines, 'holder')).toEqual([
    expect.stringMatching(/^wrong: octo-pm is somebody else than when Gatehouse first saw it/),
  ]);
  hub.state.logins.set('octo-pm', pm.id);
}, 60_000);

test('rules that anybody may change, templates that start workflows, files that cannot be read', async () => {
  play.acme.shop.rules = { bypass: [] };
  write({
    '.github/gatehouse.yml': 'rolse: {}\n',
    '.github/ISSUE_TEMPLATE/feature.md': '---\nname: Feature\nlabels: "bug, workflow:feature"\n---\nHi\n',
    '.github/ISSUE_TEMPLATE/form.yml': 'name: Form\nlabels: [workflow:bug]\n',
    '.github/gatehouse/own.yml': 'name: own\nstages: []\n',
  });
  const { lines } = await examine();
  expect(of(lines, 'rules-owned')).toEqual([
    "wrong: .github/gatehouse.yml may be changed without anybody's review",
  ]);
  expect(of(lines, 'issue-templates')).toEqual([
    'wrong: whoever opens an issue starts a workflow by .github/ISSUE_TEMPLATE/feature.md (workflow:feature), .github/ISSUE_TEMPLATE/form.yml (workflow:bug)',
  ]);
  expect(of(lines, 'configuration')).toEqual([
    expect.stringMatching(/^wrong: .github\/gatehouse.yml:1:1 `rolse` /),
  ]);
  write({ '.github/gatehouse.yml': acmeConfig() });
  expect(of((await examine()).lines, 'workflow')).toEqual([
    expect.stringMatching(/^wrong: .github\/gatehouse\/own.yml:2/),
  ]);
  write({ '.github/gatehouse/own.yml': 'name: own\nstages: [{stage: a, role: SRE, action: x}]\n' });
  write({ '.github/ISSUE_TEMPLATE/feature.md': 'Hi\n', '.github/ISSUE_TEMPLATE/form.yml': 'name: Form\n' });
}, 60_000);

test('a suspended installation, a repository without the App, one that does not use Gatehouse', async () => {
  play.acme.installation.suspendedAt = play.github.hub.now();
  const asleep = await examine();
  expect(of(asleep.lines, 'suspended')).toEqual(['wrong: is suspended: Gatehouse does nothing there']);
  expect(asleep.lines.some(({ about }) => about === 'acme/shop')).toBe(false);
  sound();
  addRepository(play.github.hub, { owner: play.acme.org, name: 'notes', files: { 'a.md': 'a' } });
  const { lines } = await examine();
  expect(lines.filter(({ about }) => about === 'acme/notes')).toMatchObject([
    { check: 'used', verdict: 'right' },
  ]);
  const asked = await examine(['--repository', 'acme/notes']);
  expect([asked.code, of(asked.lines, 'configuration')]).toEqual([
    1,
    ['wrong: there is no .github/gatehouse.yml: nobody holds a role'],
  ]);
  const away = await examine(['--repository', 'acme/none']);
  expect([away.code, of(away.lines, 'installed')]).toEqual([1, ['wrong: the App is not installed here']]);
}, 60_000);

test('a wrong key, no GitHub, no ledger, no environment: said, exit 1, and what can be examined still is', async () => {
  const key = await examine([], { APP_ID: '12' });
  expect(of(key.lines, 'app-key')).toEqual([
    expect.stringMatching(/^wrong: GitHub does not accept this key for App 12/),
  ]);
  const cut = await examine([], { GITHUB_API_URL: 'http://127.0.0.1:1' });
  expect(of(cut.lines, 'app-key')).toEqual([expect.stringMatching(/^wrong: GitHub could not be asked/)]);
  expect(of(cut.lines, 'database')).toEqual(['right: is reachable']);
  const dry = await examine([], { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' });
  expect(of(dry.lines, 'database')).toEqual([
    expect.stringMatching(/^wrong: The database cannot be reached/),
  ]);
  expect(of(dry.lines, 'required-check')).toEqual([expect.stringMatching(/^right/)]);
  expect(JSON.stringify(dry.lines)).not.toContain('hidden');
  const { code, out } = await runGatehouse(['doctor']);
  expect([code, out]).toEqual([1, expect.stringContaining('✗ APP_ID is required')]);
  expect((await runGatehouse(['doctor', '--repository', 'shop'], environment())).code).toBe(2);
}, 60_000);

describe('without a GitHub', () => {
  test('the doctor asks for exactly what app.yml asks for', () => {
    const file = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8'));
    expect(wanted.permissions).toEqual(file.default_permissions);
    expect(wanted.events).toEqual(file.default_events);
  });

  test.each([
    ['* @all', '@all'],
    ['* @all\n/.github/ @ops @sec', '@ops @sec'],
    ['.github/ @ops\n* @all', '@all'],
    ['/.github/gatehouse.yml @ops # who rules', '@ops'],
    ['.github/** @ops', '@ops'],
    ['*.yml @yaml', '@yaml'],
    ['gatehouse.yml @name', '@name'],
    ['/gatehouse.yml @root', ''],
    ['/.github/* @ops\n/.github/gatehouse.yml', ''],
    ['docs/ @docs', ''],
    ['# * @all', ''],
    ['/.github @folder', '@folder'],
    ['**/gatehouse.yml @deep', '@deep'],
  ])('CODEOWNERS %j: gatehouse.yml is owned by %j', (text, owners) => {
    expect(ownersOf(text, '.github/gatehouse.yml').join(' ')).toBe(owners);
  });
});
