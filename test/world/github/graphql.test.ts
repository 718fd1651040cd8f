/** The stand-in's GraphQL: order, partial failure and refusals as GitHub has them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asInstallation, type Caller } from './caller.ts';
import type { Shape } from './hub.ts';
import { type StandIn, startGitHub } from './stand-in.ts';
import { type Acme, seedAcme } from './world.ts';

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

async function ask(query: string, variables: Shape = {}): Promise<Shape & { data: unknown }> {
  const { body } = await app('POST', '/graphql', { query, variables });
  return { data: null, ...body };
}

test('one failing creation among three leaves the other two made, and says which one failed', async () => {
  const answer = await ask(
    `mutation($repo: ID!, $w1: CreateIssueInput!) {
      a: createIssue(input: {repositoryId: $repo, title: "first"}) { issue { number } }
      b: createIssue(input: $w1) { issue { number } }
      c: createIssue(input: {repositoryId: $repo, title: "third"}) { issue { number } }
    }`,
    { repo: acme.shop.nodeId, w1: { repositoryId: 'R_nowhere', title: 'second' } },
  );
  expect(answer.data).toEqual({ a: { issue: { number: 1 } }, b: null, c: { issue: { number: 2 } } });
  expect(answer['errors']).toMatchObject([{ type: 'NOT_FOUND', path: ['b'] }]);
  expect([...acme.shop.issues.values()].map((issue) => issue.title)).toEqual(['first', 'third']);
});

test('an unknown field fails the whole document before anything is done', async () => {
  const answer = await ask(
    `mutation($repo: ID!) {
      createIssue(input: {repositoryId: $repo, title: "x"}) { issue { number colour } }
    }`,
    { repo: acme.shop.nodeId },
  );
  expect(answer).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'undefinedField', typeName: 'Issue', fieldName: 'colour' } }],
  });
  expect(acme.shop.issues.size).toBe(0);
});

test('a misspelt input, written or in a variable, is refused rather than ignored', async () => {
  const written = await ask(
    'mutation { addComment(input: {subjectID: "x", body: "y"}) { clientMutationId } }',
  );
  expect(JSON.stringify(written['errors'])).toContain('argumentNotAccepted');
  const given = await ask(
    'mutation($w0: AddCommentInput!) { w0: addComment(input: $w0) { clientMutationId } }',
    {
      w0: { subjectID: 'x', body: 'y' },
    },
  );
  expect(JSON.stringify(given['errors'])).toContain('Field is not defined on AddCommentInput');
});

test('an issue is made and attached in one call, and a blocker is linked by node id', async () => {
  const epic = github.person('octo-pm').opensIssue({ title: 'epic' });
  const made = await ask(
    `mutation($w: CreateIssueInput!, $v: CreateIssueInput!) {
      a: createIssue(input: $w) { issue { id databaseId number parent { number } } }
      b: createIssue(input: $v) { issue { id } }
    }`,
    {
      w: { repositoryId: acme.shop.nodeId, title: 'one', parentIssueId: epic.nodeId },
      v: { repositoryId: acme.shop.nodeId, title: 'two', parentIssueId: epic.nodeId },
    },
  );
  const [, one, two] = [...acme.shop.issues.values()];
  expect(made.data).toMatchObject({
    a: { issue: { id: one?.nodeId, databaseId: one?.id, parent: { number: epic.number } } },
  });
  const linked = await ask(
    'mutation($i: AddBlockedByInput!) { addBlockedBy(input: $i) { issue { blockedBy(first: 5) { nodes { number } } } } }',
    {
      i: { issueId: two?.nodeId, blockingIssueId: one?.nodeId },
    },
  );
  expect(linked.data).toMatchObject({
    addBlockedBy: { issue: { blockedBy: { nodes: [{ number: one?.number }] } } },
  });
  const summary = await ask(
    'query($n: Int!) { repository(owner: "acme", name: "shop") { issue(number: $n) { subIssuesSummary { total } } } }',
    {
      n: epic.number,
    },
  );
  expect(summary.data).toMatchObject({ repository: { issue: { subIssuesSummary: { total: 2 } } } });
});

test('a server without sub-issues says so, and its schema does not show them', async () => {
  const old = await startGitHub({ appId: 7, webhookSecret: 's', features: { subIssues: false } });
  const call = await asInstallation(old, seedAcme(old).installation);
  const query = 'mutation($w: AddSubIssueInput!) { w: addSubIssue(input: $w) { issue { id } } }';
  const refused = await call('POST', '/graphql', {
    query,
    variables: { w: { issueId: 'a', subIssueId: 'b' } },
  });
  expect(refused.body).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'undefinedField', fieldName: 'addSubIssue' } }],
  });
  const shown = await call('POST', '/graphql', {
    query: '{ __type(name: "Issue") { fields(includeDeprecated: true) { name } } }',
  });
  expect(shown.text).toContain('"blockedBy"');
  expect(shown.text).not.toContain('"subIssues"');
  await old.close();
});

test('files, teams, people and the queue can be read as the product reads them', async () => {
  const eng = github.person('octo-eng');
  const pr = eng.opensPullRequest({ title: 'cart', branch: 'cart' });
  const group = eng.enqueues([pr]);
  const answer = await ask(
    `query {
      repository(owner: "acme", name: "shop") {
        id databaseId
        config: object(expression: "main:.github/gatehouse.yml") { ... on Blob { text oid } }
        folder: object(expression: "main:.github") { __typename ... on Tree { entries { name type object { ... on Blob { oid } } } } }
        none: object(expression: "main:nope") { oid }
        defaultBranchRef { name target { oid } }
        pullRequest(number: ${pr.number}) { headRefOid author { login ... on User { databaseId } } commits(last: 1) { nodes { commit { author { user { login } } } } } }
        mergeQueue(branch: "main") { entries(first: 10) { nodes { headCommit { oid } pullRequest { number } } } }
      }
      organization(login: "acme") { team(slug: "engineers") { databaseId members(first: 5) { totalCount nodes { login } } } }
      user(login: "octo-pm") { databaseId }
      viewer { login }
      rateLimit { remaining }
    }`,
  );
  expect(answer['errors']).toBeUndefined();
  expect(answer.data).toMatchObject({
    repository: {
      databaseId: acme.shop.id,
      config: { text: expect.stringContaining('PRODUCT_MANAGER') },
      folder: { __typename: 'Tree', entries: [{ name: 'gatehouse.yml', type: 'blob' }] },
      none: null,
      defaultBranchRef: { name: 'main', target: { oid: acme.shop.branches.get('main') } },
      pullRequest: { headRefOid: pr.pull?.headSha, author: { login: 'octo-eng', databaseId: eng.user.id } },
      mergeQueue: {
        entries: { nodes: [{ headCommit: { oid: group.headSha }, pullRequest: { number: pr.number } }] },
      },
    },
    organization: {
      team: { databaseId: acme.engineers.id, members: { totalCount: 1, nodes: [{ login: 'octo-eng2' }] } },
    },
    viewer: { login: 'gatehouse' },
  });
});

test('what the app does is announced in the name of its bot, as made by the app', async () => {
  await ask('mutation($r: ID!) { createIssue(input: {repositoryId: $r, title: "ours"}) { issue { id } } }', {
    r: acme.shop.nodeId,
  });
  expect(github.deliveries[0]?.payload).toMatchObject({
    action: 'opened',
    sender: { login: 'gatehouse[bot]', type: 'Bot' },
    issue: { performed_via_github_app: { id: 7 } },
  });
});
