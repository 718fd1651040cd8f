/** The stand-in's REST: no kinder than GitHub, so that a product that cheats is caught here. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addRepository } from './acts/seed.ts';
import { asApp, asInstallation, asPerson, type Caller, callerWith } from './caller.ts';
import { type StandIn, startGitHub } from './stand-in.ts';
import { type Acme, seedAcme } from './world.ts';

const SHOP = '/repos/acme/shop';
let github: StandIn;
let acme: Acme;
let app: Caller;

beforeEach(async () => {
  github = await startGitHub({ appId: 7, webhookSecret: 's', verifyAnswers: true });
  acme = seedAcme(github);
  app = await asInstallation(github, acme.installation);
});

afterEach(async () => {
  await github.close();
  expect(github.violations).toEqual([]);
});

const opens = async (title: string) => (await app('POST', `${SHOP}/issues`, { title })).body;

test('a sub-issue linked by its number instead of its database id is refused', async () => {
  const parent = await opens('parent');
  const child = await opens('child');
  const path = `${SHOP}/issues/${String(parent['number'])}/sub_issues`;
  expect((await app('POST', path, { sub_issue_id: child['number'] })).status).toBe(404);
  expect((await app('POST', path, { sub_issue_id: child['id'] })).status).toBe(201);
  expect((await app('GET', path)).list.map((one) => one['id'])).toEqual([child['id']]);
});

test('a child has one parent, unless the new one is to replace the old', async () => {
  const [a, b, child] = [await opens('a'), await opens('b'), await opens('child')];
  const under = (parent: typeof a, more = {}) =>
    app('POST', `${SHOP}/issues/${String(parent['number'])}/sub_issues`, {
      sub_issue_id: child['id'],
      ...more,
    });
  expect((await under(a)).status).toBe(201);
  expect((await under(b)).status).toBe(422);
  expect((await under(b, { replace_parent: true })).status).toBe(201);
  const parent = await app('GET', `${SHOP}/issues/${String(child['number'])}/parent`);
  expect(parent.body['id']).toBe(b['id']);
});

test('the hundred and first sub-issue is refused, closed children or not', async () => {
  const parent = await opens('parent');
  const path = `${SHOP}/issues/${String(parent['number'])}/sub_issues`;
  const pm = github.person('octo-pm');
  for (let i = 0; i < 100; i += 1) {
    const child = pm.opensIssue({ title: `${i}` });
    pm.closes(child);
    expect((await app('POST', path, { sub_issue_id: child.id })).status).toBe(201);
  }
  const one = pm.opensIssue({ title: 'too many' });
  expect((await app('POST', path, { sub_issue_id: one.id })).status).toBe(422);
});

test('what has not changed answers 304, and costs no reading again', async () => {
  const issue = await opens('calm');
  const path = `${SHOP}/issues/${String(issue['number'])}`;
  const first = await app('GET', path);
  const etag = first.headers.get('etag') ?? '';
  expect((await app('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304);
  github.person('octo-pm').editsIssue([...acme.shop.issues.values()][0] ?? fail(), { title: 'restless' });
  expect((await app('GET', path, undefined, { 'if-none-match': etag })).status).toBe(200);
});

test('a pull request cannot be merged past the required check, nor with a check somebody else made', async () => {
  const eng = github.person('octo-eng');
  const pr = eng.opensPullRequest({ title: 'cart', branch: 'cart' });
  const merge = () => asPerson(github, 'octo-eng')('PUT', `${SHOP}/pulls/${pr.number}/merge`, {});
  expect((await merge()).status).toBe(405);
  eng.forgesCheck(pr, 'gatehouse');
  expect((await merge()).status).toBe(405);
  const run = { name: 'gatehouse', head_sha: pr.pull?.headSha, conclusion: 'success' };
  expect((await app('POST', `${SHOP}/check-runs`, run)).status).toBe(201);
  eng.pushes(pr);
  expect((await merge()).status).toBe(405);
  expect((await app('POST', `${SHOP}/check-runs`, { ...run, head_sha: pr.pull?.headSha })).status).toBe(201);
  expect((await merge()).body['merged']).toBe(true);
});

test('merging closes the issues the pull request names, which is how a stage gets closed behind our back', async () => {
  acme.shop.requiredChecks = [];
  const issue = github.person('octo-pm').opensIssue({ title: 'stage' });
  const eng = github.person('octo-eng');
  eng.merges(eng.opensPullRequest({ title: 'work', branch: 'w', body: `Closes #${issue.number}` }));
  expect(issue.state).toBe('closed');
});

test('lists come in pages, and the pages say where the next one is', async () => {
  const pm = github.person('octo-pm');
  for (let i = 0; i < 5; i += 1) pm.opensIssue({ title: `${i}`, labels: ['gatehouse:stage'] });
  const first = await app('GET', `${SHOP}/issues?labels=gatehouse:stage&state=all&per_page=2`);
  expect(first.list).toHaveLength(2);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await app('GET', next.slice(github.url.length));
  expect(second.list.map((one) => one['number'])).not.toContain(first.list[0]?.['number']);
});

test('texts GitHub would refuse are refused here', async () => {
  const long = (length: number) => 'x'.repeat(length);
  expect((await app('POST', `${SHOP}/issues`, { title: long(257) })).status).toBe(422);
  expect((await app('POST', `${SHOP}/issues`, { title: 'ok', body: long(65_537) })).status).toBe(422);
  expect((await app('POST', `${SHOP}/issues`, { title: 'ok', body: long(65_536) })).status).toBe(201);
});

test('deleted issues answer 410, transferred and renamed ones show the way', async () => {
  const admin = github.person('octo-admin');
  const [gone, moved, kept] = ['gone', 'moved', 'kept'].map((title) => admin.opensIssue({ title }));
  if (gone === undefined || moved === undefined || kept === undefined) throw fail();
  admin.deletesIssue(gone);
  expect((await app('GET', `${SHOP}/issues/${gone.number}`)).status).toBe(410);
  admin.renamesRepository(acme.shop, 'store');
  const away = await app('GET', `${SHOP}/issues/${kept.number}`);
  expect(away.status).toBe(301);
  expect((await app('GET', `/repos/acme/store/issues/${kept.number}`)).body['title']).toBe('kept');
});

test('a server without sub-issues, dependencies and GraphQL does not know their routes', async () => {
  const old = await startGitHub({
    appId: 7,
    webhookSecret: 's',
    features: { graphql: false, subIssues: false, dependencies: false },
  });
  const { installation } = seedAcme(old);
  const call = await asInstallation(old, installation);
  const issue = old.person('octo-pm').opensIssue({ title: 'x' });
  expect((await call('GET', `/api/v3${SHOP}/issues/${issue.number}`)).status).toBe(200);
  expect((await call('GET', `${SHOP}/issues/${issue.number}/sub_issues`)).status).toBe(404);
  expect((await call('GET', `${SHOP}/issues/${issue.number}/dependencies/blocked_by`)).status).toBe(404);
  expect((await call('POST', '/api/graphql', { query: '{ viewer { login } }' })).status).toBe(404);
  await old.close();
});

test('strangers may talk but not label, and their labels are dropped without a word', async () => {
  const stranger = github.person('stranger');
  const issue = stranger.opensIssue({ title: 'please', labels: ['workflow:feature'] });
  expect(issue.labels).toEqual([]);
  stranger.says(issue, '/claim');
  expect(() => stranger.labels(issue, 'workflow:feature')).toThrow('403');
  const form = stranger.opensIssue({ title: 'form', labels: ['workflow:feature'], viaForm: true });
  expect(form.labels).toHaveLength(1);
});

test('a fault plan refuses, limits, and applies a request whose answer then gets lost', async () => {
  github.faults.requests.push(
    { method: 'POST', path: `${SHOP}/issues`, fate: { refuse: 502 } },
    { method: 'POST', path: `${SHOP}/issues`, fate: { limit: 'secondary', retryAfter: 7 } },
    { method: 'POST', path: `${SHOP}/issues`, fate: 'apply-then-drop' },
  );
  expect((await app('POST', `${SHOP}/issues`, { title: 'a' })).status).toBe(502);
  const limited = await app('POST', `${SHOP}/issues`, { title: 'b' });
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '7']);
  await expect(app('POST', `${SHOP}/issues`, { title: 'c' })).rejects.toThrow();
  expect([...acme.shop.issues.values()].map((issue) => issue.title)).toEqual(['c']);
});

test('a client that creates too fast is told to wait', async () => {
  const strict = await startGitHub({ appId: 7, webhookSecret: 's', limits: { contentPerMinute: 2 } });
  const call = await asInstallation(strict, seedAcme(strict).installation);
  const statuses: number[] = [];
  for (const title of ['a', 'b', 'c'])
    statuses.push((await call('POST', `${SHOP}/issues`, { title })).status);
  expect(statuses).toEqual([201, 201, 403]);
  expect((await call('GET', `${SHOP}/issues`)).status).toBe(200);
  await strict.close();
});

test('nobody gets in with a made-up token, an expired one, or one of an app that was removed', async () => {
  expect((await callerWith(github, 'token ghs_nonsense')('GET', SHOP)).status).toBe(401);
  github.person('octo-admin').uninstalls(acme.installation);
  expect((await app('GET', SHOP)).status).toBe(401);
  expect((await asApp(github)('GET', `${SHOP}/installation`)).status).toBe(404);
});

test('an app JWT signed with another key is refused when the real key is known', async () => {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [ours, theirs] = [pair(), pair()];
  const publicKey = ours.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const strict = await startGitHub({ appId: 7, webhookSecret: 's', publicKey });
  const status = async (key: KeyObject) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const said = `${part({ alg: 'RS256' })}.${part({ iss: 7, exp: Math.floor(Date.now() / 1000) + 60 })}`;
    const jwt = `${said}.${sign('sha256', Buffer.from(said), key).toString('base64url')}`;
    return (await callerWith(strict, `Bearer ${jwt}`)('GET', '/app')).status;
  };
  expect([await status(ours.privateKey), await status(theirs.privateKey)]).toEqual([200, 401]);
  await strict.close();
});

test('a file is its bytes, and a repository without commits says so', async () => {
  const file = await app('GET', `${SHOP}/contents/.github/gatehouse.yml`);
  const content = Buffer.from(String(file.body['content']), 'base64').toString();
  const raw = await app('GET', `${SHOP}/contents/.github/gatehouse.yml`, undefined, {
    accept: 'application/vnd.github.raw+json',
  });
  expect(content).toBe(raw.text);
  expect(content).toContain('PRODUCT_MANAGER');
  addRepository(github.hub, { owner: acme.org, name: 'empty' });
  expect((await app('GET', '/repos/acme/empty/commits/main')).status).toBe(409);
  expect((await app('GET', '/repos/acme/empty/contents/.github/gatehouse.yml')).status).toBe(404);
  const sha = await app('GET', `${SHOP}/commits/main`, undefined, { accept: 'application/vnd.github.sha' });
  expect(sha.text).toBe(acme.shop.branches.get('main'));
});

function fail(): never {
  throw new Error('the world is not as seeded');
}
