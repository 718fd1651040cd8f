/** The stand-in against GitHub's own description: every route once, everything said held to the letter. */
import { expect, test } from 'vitest';
import { asApp, asInstallation, asPerson, type Called, type Caller } from './caller.ts';
import { checkAnswer, checkRequest, checkWebhook } from './openapi.ts';
import { restRoutes } from './rest/index.ts';
import { makeRouter } from './router.ts';
import { issueShape } from './shapes/issue.ts';
import { type StandIn, startGitHub } from './stand-in.ts';
import { type Acme, seedAcme } from './world.ts';

const SHOP = '/repos/acme/shop';
const router = makeRouter(restRoutes);

async function world(): Promise<{ github: StandIn; acme: Acme; app: Caller }> {
  const github = await startGitHub({ appId: 7, webhookSecret: 's', verifyAnswers: true });
  const acme = seedAcme(github);
  return { github, acme, app: await asInstallation(github, acme.installation) };
}

test('a made-up answer would go unnoticed if the checker did not bite', async () => {
  const { github, acme } = await world();
  const issue = github.person('octo-pm').opensIssue({ title: 'real' });
  const template = '/repos/{owner}/{repo}/issues/{issue_number}';
  const real = issueShape(github.hub, issue);
  expect(checkAnswer('GET', template, 200, real)).toEqual([]);
  const { labels_url: _, ...without } = real;
  expect(checkAnswer('GET', template, 200, without).join()).toContain("'labels_url'");
  expect(checkAnswer('GET', template, 200, { ...real, user: 'octo-pm' })).not.toEqual([]);
  expect(checkAnswer('GET', template, 299, real)).not.toEqual([]);
  expect(checkAnswer('GET', '/repos/{owner}/{repo}/made-up', 200, {})).not.toEqual([]);
  expect(checkRequest('POST', '/repos/{owner}/{repo}/issues', { body: 'no title' })).not.toEqual([]);
  const opened = { action: 'opened', issue: real, sender: 'octo-pm', repository: { id: acme.shop.id } };
  expect(checkWebhook('issues', 'opened', opened)).not.toEqual([]);
  expect(checkWebhook('issues', 'sneezed', {})).not.toEqual([]);
  await github.close();
});

test('every route of the stand-in answers as GitHub describes it', async () => {
  const { github, acme, app: asked } = await world();
  const seen = new Set<string>();
  const noting =
    (caller: Caller): Caller =>
    async (method, path, ...rest) => {
      const answer = await caller(method, path, ...rest);
      const route = router(method, path.split('?')[0] ?? '')?.route;
      if (route !== undefined && answer.status < 300) seen.add(`${method} ${route.path}`);
      return answer;
    };
  const app = noting(asked);
  await tourOfIssues(app);
  await tourOfPulls(github, app, noting(asPerson(github, 'octo-eng')));
  await tourOfTheRest(acme, app, noting(asApp(github)));
  await tourOfRules(acme, app, noting(asPerson(github, 'octo-admin')));
  await github.close();
  expect(github.violations).toEqual([]);
  expect(restRoutes.map(({ method, path }) => `${method} ${path}`).filter((one) => !seen.has(one))).toEqual(
    [],
  );
});

const id = (answer: Called) => Number(answer.body['id']);

async function tourOfIssues(app: Caller): Promise<void> {
  const ask = (method: string, path: string, body?: unknown) => app(method, SHOP + path, body);
  const wanted = { title: 'one', body: 'b', labels: ['a', 'b'], assignees: ['octo-eng', 'nobody'] };
  await ask('POST', '/issues', wanted);
  const child = await ask('POST', '/issues', { title: 'two' });
  const second = await ask('POST', '/issues', { title: 'three' });
  await ask('GET', '/issues?labels=a&creator=gatehouse[bot]&since=2020-01-01T00:00:00Z&state=all');
  await ask('GET', '/issues/1');
  const change = {
    title: 'One',
    labels: ['b', 'c'],
    assignees: ['octo-qa'],
    state: 'closed',
    state_reason: 'not_planned',
  };
  await ask('PATCH', '/issues/1', change);
  await ask('PATCH', '/issues/1', { state: 'open' });
  await ask('POST', '/issues/1/assignees', { assignees: ['octo-pm'] });
  await ask('DELETE', '/issues/1/assignees', { assignees: ['octo-pm'] });
  await ask('PUT', '/issues/1/lock', { lock_reason: 'resolved' });
  await ask('DELETE', '/issues/1/lock');
  await ask('POST', '/labels', { name: 'role:SRE', color: 'f29513', description: 'd' });
  await ask('GET', '/labels');
  await ask('GET', '/labels/role:SRE');
  await ask('PATCH', '/labels/role:SRE', { color: '000000' });
  await ask('POST', '/issues/1/labels', { labels: ['role:SRE'] });
  await ask('GET', '/issues/1/labels');
  await ask('GET', '/issues/1/events');
  await ask('GET', '/assignees/octo-pm');
  await ask('DELETE', '/issues/1/labels/role:SRE');
  await ask('PUT', '/issues/1/labels', { labels: ['z'] });
  await ask('DELETE', '/labels/role:SRE');
  const comment = id(await ask('POST', '/issues/1/comments', { body: 'said' }));
  await ask('GET', '/issues/1/comments?since=2020-01-01T00:00:00Z');
  await ask('GET', '/issues/comments');
  await ask('GET', `/issues/comments/${comment}`);
  await ask('PATCH', `/issues/comments/${comment}`, { body: 'said again' });
  for (const on of [`/issues/comments/${comment}`, '/issues/1']) {
    const reaction = await ask('POST', `${on}/reactions`, { content: '+1' });
    expect((await ask('POST', `${on}/reactions`, { content: '+1' })).status).toBe(200);
    await ask('GET', `${on}/reactions`);
    await ask('DELETE', `${on}/reactions/${id(reaction)}`);
  }
  await ask('DELETE', `/issues/comments/${comment}`);
  for (const one of [child, second]) await ask('POST', '/issues/1/sub_issues', { sub_issue_id: id(one) });
  await ask('GET', '/issues/1/sub_issues');
  await ask('PATCH', '/issues/1/sub_issues/priority', { sub_issue_id: id(second), before_id: id(child) });
  await ask('GET', '/issues/2/parent');
  await ask('DELETE', '/issues/1/sub_issue', { sub_issue_id: id(second) });
  await ask('POST', '/issues/3/dependencies/blocked_by', { issue_id: id(child) });
  await ask('GET', '/issues/3/dependencies/blocked_by');
  await ask('GET', '/issues/2/dependencies/blocking');
  await ask('DELETE', `/issues/3/dependencies/blocked_by/${id(child)}`);
}

async function tourOfPulls(github: StandIn, app: Caller, eng: Caller): Promise<void> {
  const ask = (method: string, path: string, body?: unknown) => app(method, SHOP + path, body);
  const person = github.person('octo-eng');
  const pr = person.opensPullRequest({ title: 'cart', branch: 'cart' });
  github.person('stranger').opensPullRequest({ title: 'from outside', branch: 'fix', fork: true });
  await eng('POST', `${SHOP}/pulls`, { title: 'again', head: 'cart', base: 'main', draft: true });
  const at = `/pulls/${pr.number}`;
  const sha = pr.pull?.headSha;
  await ask('GET', '/pulls?state=open&head=acme:cart');
  await ask('GET', '/pulls?state=all');
  await ask('GET', at);
  await ask('PATCH', at, { title: 'Cart', body: 'better' });
  await ask('GET', `${at}/commits`);
  await ask('GET', `${at}/files`);
  await ask('POST', `${at}/requested_reviewers`, { reviewers: ['octo-qa'], team_reviewers: ['engineers'] });
  await ask('GET', `${at}/requested_reviewers`);
  const review = id(await ask('POST', `${at}/reviews`, { event: 'APPROVE', body: 'fine' }));
  await ask('GET', `${at}/reviews`);
  await ask('GET', `${at}/reviews/${review}`);
  await ask('PUT', `${at}/reviews/${review}`, { body: 'very fine' });
  await ask('PUT', `${at}/reviews/${review}/dismissals`, { message: 'changed my mind' });
  const output = { title: 't', summary: 's', text: 'x' };
  const run = id(
    await ask('POST', '/check-runs', {
      name: 'gatehouse',
      head_sha: sha,
      status: 'in_progress',
      external_id: 'e',
      output,
    }),
  );
  await ask('GET', `/check-runs/${run}`);
  await ask('POST', `/check-runs/${run}/rerequest`);
  await ask('PATCH', `/check-runs/${run}`, { status: 'completed', conclusion: 'success', output });
  await ask('GET', `/commits/${sha}/check-runs?check_name=gatehouse&app_id=7`);
  await ask('GET', `/commits/${sha}/pulls`);
  await ask('GET', '/compare/main...cart');
  await eng('PUT', `${SHOP}${at}/merge`, { sha });
  await ask('GET', `${at}/merge`);
}

async function tourOfRules({ shop }: Acme, app: Caller, admin: Caller): Promise<void> {
  shop.rules = {
    reviews: { approvals: 1, dismissStale: true, lastPush: true, codeOwners: true },
    mergeQueue: true,
    bypass: [{ actor_type: 'OrganizationAdmin', actor_id: 1, bypass_mode: 'always' }],
    classic: { level: 'everyone', checks: [{ context: 'gatehouse', app_id: 7 }] },
  };
  for (const path of ['/rules/branches/main', '/rulesets/1', '/branches/main'])
    expect([path, (await app('GET', SHOP + path)).status]).toEqual([path, 200]);
  const actions = `${SHOP}/actions/permissions/workflow`;
  expect([(await app('GET', actions)).status, (await admin('GET', actions)).status]).toEqual([403, 200]);
}

async function tourOfTheRest(acme: Acme, app: Caller, jwt: Caller): Promise<void> {
  const { installation, shop } = acme;
  for (const path of ['', `/${installation.id}`]) await jwt('GET', `/app/installations${path}`);
  await jwt('POST', `/app/installations/${installation.id}/access_tokens`);
  const own = [`${SHOP}/installation`, `/repositories/${shop.id}/installation`, '/orgs/acme/installation'];
  for (const path of ['/app', ...own]) await jwt('GET', path);
  const paths = [
    '/installation/repositories',
    SHOP,
    `/repositories/${shop.id}`,
    `/repositories/${shop.id}/issues/1`,
    `${SHOP}/contents`,
    `${SHOP}/contents/.github`,
    `${SHOP}/contents/.github/gatehouse.yml?ref=main`,
    `${SHOP}/commits`,
    `${SHOP}/commits/main`,
    `${SHOP}/git/ref/heads/main`,
    `${SHOP}/rules/branches/main`,
    `${SHOP}/collaborators/octo-pm`,
    `${SHOP}/collaborators/octo-pm/permission`,
    `${SHOP}/collaborators/stranger/permission`,
    '/orgs/acme/teams',
    '/orgs/acme/teams/engineers',
    '/orgs/acme/teams/engineers/members',
    '/orgs/acme/teams/engineers/memberships/octo-eng2',
    '/users/octo-pm',
    `/user/${acme.people[0]?.id}`,
  ];
  for (const path of paths)
    expect([path, (await app('GET', path)).status]).toEqual([
      path,
      path.endsWith('octo-pm') && path.includes('collab') ? 204 : 200,
    ]);
  expect((await app('GET', '/rate_limit')).status).toBe(200);
}
