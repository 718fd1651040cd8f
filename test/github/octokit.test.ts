/** What a person would lose if the client of GitHub misread an answer, kept a dead token or followed a redirect. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GitHubFailure, isGone } from '../../src/github/failure.ts';
import { tokenSource } from '../../src/github/installation-token.ts';
import { connectGitHub } from '../../src/github/octokit.ts';
import { type Script, type ScriptedServer, startScripted, testKey } from './scripted-server.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScripted();
});
afterEach(() => server.close());

const answering = (script: Script) => {
  server.script = script;
  return server.connect({ timeout: 300 }).installation(1);
};

const failureOf = async (doing: Promise<unknown>): Promise<GitHubFailure> => {
  const failure = await doing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof GitHubFailure))
    throw new Error(`expected a GitHubFailure, got ${String(failure)}`);
  return failure;
};

const write = 'POST /repos/{owner}/{repo}/issues';
const read = '/repos/{owner}/{repo}';
const repo = { owner: 'acme', repo: 'shop' };

describe('tokens', () => {
  test('a burst of first requests mints one token, so that a restart does not hammer GitHub', async () => {
    const client = answering(() => ({ json: {} }));
    await Promise.all([
      client.get(`GET ${read}`, repo),
      client.get(`GET ${read}`, repo),
      client.get(`GET ${read}`, repo),
    ]);
    await client.get(`GET ${read}`, repo);
    expect(server.minted).toHaveLength(1);
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(
      Array(4).fill(server.asked[0]?.headers.authorization),
    );
    expect(server.asked[0]?.headers.authorization).toMatch(/^token ghs_/);
  });

  test('two installations never share a token or a client', async () => {
    answering(() => ({ json: {} }));
    const github = server.connect();
    await github.installation(1).get(`GET ${read}`, repo);
    await github.installation(2).get(`GET ${read}`, repo);
    expect(server.minted.map(({ path }) => path)).toEqual([
      '/app/installations/1/access_tokens',
      '/app/installations/2/access_tokens',
    ]);
    expect(server.asked[0]?.headers.authorization).not.toBe(server.asked[1]?.headers.authorization);
    expect(github.installation(1)).toBe(github.installation(1));
  });

  test('an expired token costs one renewal, not the work it was for', async () => {
    let refused = false;
    const client = answering(() => {
      if (refused) return { status: 201, json: { ok: true } };
      refused = true;
      return { status: 401, json: { message: 'Bad credentials' } };
    });
    expect((await client.request(write, repo)).data).toEqual({ ok: true });
    expect(server.minted).toHaveLength(2);
    expect(server.asked).toHaveLength(2);
  });

  test('when a token dies under a burst, it is renewed once and not once per request', async () => {
    let minted = 0;
    const mint = async () => ({ token: `t${++minted}`, expiresAt: 3_600_000 });
    const tokens = tokenSource(mint, () => 0);
    const dead = await tokens.current();
    expect(await Promise.all([tokens.renew(dead), tokens.renew(dead)])).toEqual(['t2', 't2']);
    expect(await tokens.renew(dead)).toBe('t2');
    expect(await tokens.current()).toBe('t2');
  });

  test('a token that ends within the minute is not used any more', async () => {
    let minted = 0;
    let now = 0;
    const tokens = tokenSource(
      async () => ({ token: `t${++minted}`, expiresAt: now + 3_600_000 }),
      () => now,
    );
    await tokens.current();
    now = 3_539_999;
    expect(await tokens.current()).toBe('t1');
    now = 3_540_000;
    expect(await tokens.current()).toBe('t2');
  });

  test('a 401 that stays is tried again later and not given up, and nothing loops', async () => {
    const client = answering(() => ({ status: 401, json: { message: 'Bad credentials' } }));
    expect(await failureOf(client.request(write, repo))).toMatchObject({ kind: 'unavailable', status: 401 });
    expect(server.asked).toHaveLength(2);
  });

  test('a write whose token could not be had was certainly not applied', async () => {
    server.tokens = () => 'drop';
    expect(await failureOf(server.connect().installation(1).request(write, repo))).toMatchObject({
      kind: 'unavailable',
    });
    expect(server.asked).toHaveLength(0);
  });

  test('an uninstalled App does not make issues look deleted or the server look without GraphQL', async () => {
    server.tokens = () => ({ status: 404, json: { message: 'Not Found' } });
    const client = server.connect().installation(1);
    const failure = await failureOf(client.get(`GET ${read}`, repo));
    expect(failure).toMatchObject({ kind: 'refused', status: 403 });
    expect(isGone(failure)).toBe(false);
    await failureOf(client.graphql('query { viewer { login } }'));
    expect(client.features.has('graphql')).toBe('unknown');
    expect(server.asked).toHaveLength(0);
  });
});

describe('an App that GitHub does not know, and an address that is not its API, say nothing about what is there', () => {
  test.each<[string, ReturnType<Script>]>([
    ['a wrong APP_ID', { status: 404, json: { message: 'Integration not found' } }],
    ['a wrong GITHUB_API_URL', { status: 404, html: '<!DOCTYPE html><h1>Page not found</h1>' }],
    ['a login page', { status: 406, html: '<p>Cookies must be enabled to use GitHub.</p>' }],
  ])('%s: no token is to be had, and it is asked again', async (_, answers) => {
    server.tokens = () => answers;
    const client = server.connect().installation(1);
    const failure = await failureOf(client.get(`GET ${read}`, repo));
    expect(failure).toMatchObject({ kind: 'unavailable' });
    expect(isGone(failure)).toBe(false);
  });
});

describe('what may have happened', () => {
  test.each<[string, ReturnType<Script>, string, string]>([
    ['502', { status: 502, html: '<h1>Unicorn</h1>' }, 'unavailable', 'unknown-outcome'],
    ['500', { status: 500, json: { message: 'oops' } }, 'unavailable', 'unknown-outcome'],
    ['a cut connection', 'drop', 'unavailable', 'unknown-outcome'],
    ['half an answer', 'cut', 'unavailable', 'unknown-outcome'],
    ['no answer in time', 'hang', 'unavailable', 'unknown-outcome'],
    [
      '403',
      { status: 403, json: { message: 'Resource not accessible by integration' } },
      'refused',
      'refused',
    ],
    ['404', { status: 404, json: { message: 'Not Found' } }, 'refused', 'refused'],
    ['410', { status: 410, json: { message: 'Issues are disabled' } }, 'refused', 'refused'],
    [
      '422',
      { status: 422, json: { message: 'Validation Failed', errors: [{ field: 'title' }] } },
      'refused',
      'refused',
    ],
  ])(
    '%s: a read is asked again or refused, a write is never believed to be undone',
    async (_name, scripted, reading, writing) => {
      const client = answering(() => scripted);
      expect((await failureOf(client.get(`GET ${read}`, repo))).kind).toBe(reading);
      expect((await failureOf(client.request(write, repo))).kind).toBe(writing);
      expect(server.asked).toHaveLength(2);
    },
  );

  test('a server that is down has applied nothing, so nothing needs to be searched for', async () => {
    const { url } = server;
    await server.close();
    const github = connectGitHub({ appId: 7, privateKey: testKey, apiUrl: url, throttle: false });
    expect(await failureOf(github.installation(1).request(write, repo))).toMatchObject({
      kind: 'unavailable',
    });
    server = await startScripted();
  });

  test('a refusal keeps the reason, so that it can be repaired or shown', async () => {
    const client = answering(() => ({
      status: 422,
      json: { message: 'Validation Failed', errors: [{ field: 'assignees' }] },
    }));
    expect((await failureOf(client.request(write, repo))).message).toContain('"field":"assignees"');
  });

  test('no token ever shows in a failure', async () => {
    const client = answering(() => ({ status: 403, json: { message: 'no' } }));
    const failure = await failureOf(client.request(write, repo));
    expect(JSON.stringify(failure) + String(failure.stack) + String(failure.cause)).not.toContain('ghs_');
  });
});

describe('limits', () => {
  test('after retry-after nothing is sent early, not even with the throttle off, and others are not held up', async () => {
    const client = answering(() => ({
      status: 403,
      headers: { 'retry-after': '60' },
      json: { message: 'secondary rate limit' },
    }));
    const github = server.connect();
    const before = Date.now();
    const first = await failureOf(github.installation(1).request(write, repo));
    expect(first.kind).toBe('limited');
    expect(first.until).toBeGreaterThanOrEqual(before + 60_000);
    const second = await failureOf(github.installation(1).get(`GET ${read}`, repo));
    expect(second).toMatchObject({ kind: 'limited', until: first.until });
    expect(server.asked).toHaveLength(1);
    expect(github.state().get(1)).toMatchObject({ until: first.until, why: 'retry-after' });
    await failureOf(github.installation(2).get(`GET ${read}`, repo));
    expect(server.asked).toHaveLength(2);
    expect(client.appId).toBe(7);
  });

  test('GraphQL saying RATE_LIMITED in a 200 puts the installation to sleep as well', async () => {
    const reset = String(Math.floor(Date.now() / 1000) + 300);
    const client = answering(() => ({
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      json: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
    }));
    expect(await failureOf(client.graphql('mutation { x }'))).toMatchObject({ kind: 'limited' });
    expect(await failureOf(client.get(`GET ${read}`, repo))).toMatchObject({ kind: 'limited' });
    expect(server.asked).toHaveLength(1);
  });

  test('GraphQL’s newer words for it do so too, where no header says that nothing is left', async () => {
    const message = 'API rate limit already exceeded for installation ID 1.';
    const error = { type: 'RATE_LIMIT', code: 'graphql_rate_limit', message };
    const client = answering(() => ({ json: { errors: [error] } }));
    expect(await failureOf(client.graphql('mutation { x }'))).toMatchObject({
      kind: 'limited',
      until: expect.any(Number),
    });
    expect(await failureOf(client.get(`GET ${read}`, repo))).toMatchObject({ kind: 'limited' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('redirects', () => {
  test('a write is not carried to a renamed repository, which may be a squatter by now', async () => {
    const location = `${server.url}/repositories/9/issues`;
    const client = answering(({ path }) =>
      path.startsWith('/repos/') ? { status: 301, headers: { location } } : { status: 201 },
    );
    expect(await failureOf(client.request(write, repo))).toMatchObject({
      kind: 'refused',
      status: 301,
      location,
    });
    expect(server.asked).toHaveLength(1);
  });

  test('a read follows the redirect of a rename', async () => {
    const location = `${server.url}/repositories/9`;
    const client = answering(({ path }) =>
      path === '/repositories/9' ? { json: { id: 9 } } : { status: 301, headers: { location } },
    );
    expect((await client.get(`GET ${read}`, repo)).data).toEqual({ id: 9 });
  });
});

describe('what is asked', () => {
  test('every request names its API version, so that a new default changes nothing', async () => {
    const client = answering(() => ({ json: { data: {} } }));
    await client.get(`GET ${read}`, repo);
    await client.graphql('query { viewer { login } }');
    expect(server.asked.map(({ headers }) => headers['x-github-api-version'])).toEqual([
      '2022-11-28',
      '2022-11-28',
    ]);
  });

  test('what did not change costs nothing', async () => {
    const client = answering(({ headers }) =>
      headers['if-none-match'] === '"a"' ? { status: 304 } : { headers: { etag: '"a"' }, json: { n: 1 } },
    );
    expect(await client.getIfChanged(`GET ${read}`, repo)).toEqual({
      changed: true,
      data: { n: 1 },
      etag: '"a"',
    });
    expect(await client.getIfChanged(`GET ${read}`, repo, '"a"')).toEqual({ changed: false });
  });

  test('GraphQL of an Enterprise server is beside its REST root, not below it', async () => {
    answering(() => ({ json: { data: {} } }));
    await server
      .connect({ apiUrl: `${server.url}/api/v3/` })
      .installation(1)
      .graphql('query { a }');
    await server.connect().installation(1).graphql('query { a }');
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/graphql', '/graphql']);
  });

  test('a server without GraphQL is noticed once, whatever way it says so', async () => {
    for (const scripted of [
      { status: 404 },
      { status: 405 },
      { status: 501 },
      { html: '<p>sign in</p>' },
      { json: { hello: 1 } },
    ]) {
      const client = answering(() => scripted);
      expect((await failureOf(client.graphql('mutation { x }'))).kind).toBe('refused');
      expect(client.features.has('graphql')).toBe('no');
    }
  });

  test('the App asks with its own JWT and knows its bot by name', async () => {
    const github = server.connect();
    expect(await github.botLogin()).toBe('gatehouse[bot]');
    server.script = ({ path }) => (path.startsWith('/app/hook') ? { json: [] } : undefined);
    await github.app.get('GET /app/hook/deliveries');
    expect(server.asked[0]?.headers.authorization).toMatch(/^bearer ey/);
  });
});
