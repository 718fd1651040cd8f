/** Secrets of every kind are planted wherever the house can see them; none may come out anywhere (threats T94, G19). */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdableWire, type Wire } from '../threats/ingress/half-open.ts';
import { ask, post } from '../threats/ingress/letter.ts';
import { type FreshDatabase, freshDatabase } from '../world/database.ts';
import type { Asked, Fate } from '../world/github/faults.ts';
import { type StandIn, startGitHub } from '../world/github/stand-in.ts';
import { type Acme, seedAcme } from '../world/github/world.ts';
import { app, type House, prepareHouse, settled } from '../world/house.ts';

const random = (length: number): string => randomBytes(length).toString('hex').slice(0, length);

/** What the process is given and must keep to itself. */
const given = {
  WEBHOOK_SECRET_PREVIOUS: `previous-${random(24)}`,
  GITHUB_TOKEN: `ghp_${random(36)}`,
  GH_PAT: `github_pat_${random(22)}_${random(40)}`,
  SLACK_BOT_TOKEN: `xoxb-${random(12)}-${random(24)}`,
  AWS_SECRET_ACCESS_KEY: random(40),
  NPM_TOKEN: `npm_${random(36)}`,
  SOME_PASSWORD: `pass-${random(20)}`,
};

/** What GitHub, a proxy or a library may answer an error with. */
const echoed: readonly string[] = [
  `ghs_${random(36)}`,
  `gho_${random(36)}`,
  `ghu_${random(36)}`,
  `ghr_${random(36)}`,
  `ghp_${random(36)}`,
  `github_pat_${random(22)}_${random(40)}`,
  `xoxp-${random(12)}-${random(24)}`,
  `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjQ3MTF9.${random(60)}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${random(64)}\n-----END RSA PRIVATE KEY-----`,
  `postgresql://gatehouse:${random(20)}@db.example/gatehouse`,
  `https://x-access-token:${random(24)}@github.com/acme/shop`,
  `sha256=${random(64)}`,
];

/** The part of a secret that nothing else can contain. */
const core = (secret: string): string =>
  /:([0-9a-f]{20,24})@/.exec(secret)?.[1] ?? /[0-9a-f]{24,}(?!.*[0-9a-f]{24,})/s.exec(secret)?.[0] ?? secret;

let database: FreshDatabase;
let wire: Wire;
let github: StandIn;
let acme: Acme;
let house: House;
/** Tokens and JWTs that the house itself has used. */
const used = new Set<string>();
const password = `db-${random(20)}`;
let plan: ((asked: Asked) => Fate | undefined) | undefined;

beforeAll(async () => {
  database = await freshDatabase();
  wire = await holdableWire(database.url);
  const url = new URL(wire.url);
  if (url.password === 'none') url.password = password;
  github = await startGitHub({ appId: app.id, webhookSecret: app.secret, publicKey: app.key.publicKey });
  acme = seedAcme(github);
  github.faults.requests.push((asked) => {
    const { headers } = asked as Asked & { readonly headers: Readonly<Record<string, string | undefined>> };
    const token = headers['authorization']?.replace(/^(?:bearer|token) /i, '');
    if (token !== undefined) used.add(token);
    return plan?.(asked);
  });
  const env = { ...given, WEBHOOK_SECRET_PREVIOUS_UNTIL: '2099-01-01T00:00:00Z', LOG_LEVEL: 'trace' };
  house = await prepareHouse({ githubUrl: github.url, databaseUrl: url.href, env });
  await house.start();
  github.webhookTarget = house.webhooks;
});
afterAll(async () => {
  wire.free();
  await house.stop();
  await github.close();
  wire.close();
  await database.drop();
});

/** What GitHub refused for good is asked for again in ten minutes; nobody waits for that here. */
const settle = async (): Promise<void> => {
  await ask(database.url, 'update promises set not_before = null where wanted > done');
  await settled(database.url, github, 40_000);
};

/** Every answer of every page, also those to nonsense. */
const pages = async (): Promise<string> => {
  const [epic] = await ask<{ id: string }>(database.url, 'select id from epics');
  const paths = [
    ...[
      '/',
      '/metrics',
      '/healthz',
      '/readyz',
      '/nowhere',
      '/api/v1/epics',
      '/api/v1/epics?limit=x&status=%00',
      '/api/v1/dead-letters',
    ],
    ...[
      `/api/v1/epics/${epic?.id}`,
      `/api/v1/epics/${epic?.id}/events`,
      '/api/v1/epics/%00',
      '/%ff',
      '/debug',
    ],
  ];
  const answers = await Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(house.url + path);
      return `${path} ${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
    }),
  );
  return answers.join('\n');
};

const onGitHub = (): string =>
  JSON.stringify([
    [...github.state.issues.values()].map(({ title, body, comments }) => [
      title,
      body,
      comments.map((one) => one.body),
    ]),
    [...github.state.checkRuns.values()].map(({ output, externalId, detailsUrl }) => [
      output,
      externalId,
      detailsUrl,
    ]),
    [...github.state.labels.values()].map(({ name, description }) => [name, description]),
  ]);

const inLedger = async (): Promise<string> => {
  const tables = [
    'deliveries',
    'promises',
    'events',
    'epics',
    'causes',
    'painted',
    'repositories',
    'installations',
    'pins',
  ];
  const dumps = await Promise.all(
    tables.map((table) =>
      ask<{ line: string }>(database.url, `select (to_jsonb(t) - 'body')::text as line from ${table} t`),
    ),
  );
  return dumps
    .flat()
    .map(({ line }) => line)
    .join('\n');
};

const stageOne = () => {
  const found = [...github.state.issues.values()].find(({ title }) => title.startsWith('1_'));
  if (found === undefined) throw new Error('there is no first stage');
  return found;
};

test('T94, G19: no secret leaves by a log, a page, a comment, a check or the ledger, whatever fails', async () => {
  const pat = github.person('octo-pm');
  const qa = github.person('octo-qa');
  const epic = pat.opensIssue({ title: 'Canaries', body: 'tweet' }, acme.shop);

  // GitHub fails in every way, and each time says something it had better not.
  let turn = 0;
  const failing = [401, 404, 409, 410, 422, 500, 502, 503];
  plan = (asked) => {
    if (asked.path.endsWith('/access_tokens')) return turn++ % 5 === 0 ? say(500) : undefined;
    turn += 1;
    return turn < 60 && turn % 2 === 0 ? say(failing[turn % failing.length] ?? 500) : undefined;
  };
  const say = (status: number): Fate => ({
    refuse: status,
    message: `No: ${echoed[turn % echoed.length]} ${echoed.join(' ')}`,
  });
  pat.labels(epic, 'workflow:bug');
  qa.opensPullRequest({ title: 'Canary', body: '', branch: 'canary' });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  plan = (asked) =>
    /comments|reactions/.test(asked.path + asked.text) && turn++ % 2 === 0 ? say(422) : undefined;
  await new Promise((resolve) => setTimeout(resolve, 500));
  plan = undefined;
  if (![...github.state.issues.values()].some(({ title }) => title.startsWith('1_'))) {
    pat.unlabels(epic, 'workflow:bug');
    pat.labels(epic, 'workflow:bug');
  }
  await settle();
  plan = (asked) =>
    asked.method !== 'GET' && turn++ % 3 === 0 ? say(failing[turn % failing.length] ?? 500) : undefined;
  for (const text of ['/claim', '/submit', '/aprove', '/reject', '/why', '/status'])
    qa.says(stageOne(), text);
  github.person('octo-em').says(stageOne(), '/approve');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  plan = undefined;

  // Deliveries that are not what they should be.
  const stray = JSON.stringify({
    action: 'labeled',
    issue: echoed,
    installation: { id: acme.installation.id },
  });
  await post(house, stray, { event: 'issues' });
  await post(house, stray, { event: 'issues', secret: 'wrong' });
  await post(house, '{"action":"created"', { event: 'issue_comment' });
  await post(house, '{}', { event: 'ping', secret: given.WEBHOOK_SECRET_PREVIOUS, guid: randomUUID() });

  // The database stands still, and is gone.
  wire.hold();
  await Promise.all([
    post(house, '{}'),
    fetch(`${house.url}/`),
    fetch(`${house.url}/api/v1/epics`),
    fetch(`${house.url}/readyz`),
    fetch(`${house.url}/metrics`),
  ]);
  wire.free();
  await settle();
  const outputs = { pages: await pages(), github: onGitHub(), ledger: await inLedger() };
  await house.stop();
  const all = { ...outputs, logs: house.output() };
  expect(all.logs.length).toBeGreaterThan(1_000);

  const key = app.key.privateKey.split('\n').filter((line) => line.length >= 60);
  const secrets: Readonly<Record<string, readonly string[]>> = {
    'webhook secret': [app.secret],
    'private key': key,
    'database password': [password],
    'installation tokens and JWTs': [...used],
    environment: Object.values(given),
    'what GitHub echoed': echoed.map(core),
  };
  expect(Object.values(secrets).flat().length).toBeGreaterThan(30);
  expect(used.size).toBeGreaterThan(2);
  const leaks = Object.entries(all).flatMap(([where, text]) =>
    Object.entries(secrets).flatMap(([kind, list]) =>
      list.flatMap((secret) => {
        const at = text.indexOf(secret);
        return at === -1
          ? []
          : [`${kind} in ${where}: …${text.slice(Math.max(0, at - 160), at + secret.length + 20)}`];
      }),
    ),
  );
  expect(leaks).toEqual([]);
}, 180_000);
