/** The doors that are there: pages and JSON against scripts, guesses and frames; the ledger against hands (threats §2.7). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlay, type Play } from '../../world/play.ts';

const nasty = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "javascript:alert(1)//'",
  '</title><body onload=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  "'; drop table events; --",
  '1) or 1=1; delete from epics; --',
  '%27%20union%20select%20null--',
];

let play: Play;
beforeAll(async () => {
  play = await openPlay();
}, 60_000);
afterAll(() => play.ends());

const get = (path: string): Promise<Response> => fetch(`${play.house.url}${path}`);

test('T89, T96: titles made of scripts and statements are shown as text, and nothing they say happens', async () => {
  for (const title of nasty) await play.starts('bug', title);
  const page = await (await get('/')).text();
  expect(page).not.toMatch(/<script|<img|<svg|<body onload/i);
  expect(page).toContain('&lt;script&gt;');
  const epics = await (await get('/api/v1/epics')).json();
  expect(JSON.stringify(epics)).toContain('drop table');
  await play.says('octo-pm', play.stage('1_reproduce'), '/claim');
}, 120_000);

test.each([
  '/api/v1/epics/',
  '/api/v1/epics?status=',
  '/api/v1/epics?before=',
  '/api/v1/epics?limit=',
  '/?',
  '/api/v1/dead-letters?',
])(
  'T96: nothing put into %s is taken for SQL: it is answered, and the ledger stands',
  async (path) => {
    for (const text of nasty) {
      const answer = await get(`${path}${encodeURIComponent(text)}`);
      expect(answer.status).toBeLessThan(500);
    }
    expect((await get('/readyz')).status).toBe(200);
    expect(JSON.stringify(await (await get('/api/v1/epics')).json())).toContain('drop table');
  },
  60_000,
);

test('T88: whoever guesses an epic learns nothing: what is not there is 404, without a word about what is', async () => {
  for (const id of ['0', '1', '999999999999', '-1', '../../etc/passwd', '%00']) {
    const answer = await get(`/api/v1/epics/${id}`);
    expect([400, 404]).toContain(answer.status);
    expect(await answer.text()).not.toMatch(/select|postgres|at .*\.ts/i);
  }
});

test('T90, T89: pages are framed by nobody, kept by no cache, run no script, and sniffed for nothing', async () => {
  for (const path of ['/', '/api/v1/epics', '/nothing-here']) {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src [^;]*unsafe/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toContain('no-store');
  }
});

test('T48: every box ticked by hand changes nothing that is decided', async () => {
  await play.starts('feature', 'Boxes');
  const checklist = play.checklist();
  const stage = play.stage('1_define');
  const ticked = (text: string | null): string => (text ?? '').replaceAll('- [ ]', '- [x]');
  play.person('octo-eng').editsIssue(checklist, { body: ticked(checklist.body) });
  play.person('octo-eng').editsIssue(stage, { body: ticked(stage.body) });
  await play.settles();
  expect(play.state('1_define')).toBe('ready');
  expect(play.state('2_design')).toBe('waiting');
  expect(checklist.body).toContain('0 of 6 stages done');
}, 60_000);

test('T50: a label that came with a stranger’s issue form starts nothing, and says why once', async () => {
  const stranger = play.person('stranger');
  const form = { title: 'Free money', body: '', labels: ['workflow:bug'], viaForm: true };
  const issue = stranger.opensIssue(form, play.acme.shop);
  await play.settles();
  expect(play.labels(issue)).toContain('workflow:bug');
  expect(issue.subIssues).toEqual([]);
  expect(play.comments(issue)).toHaveLength(1);
}, 60_000);

test('T51: a label put on and taken off many times starts one epic, and a second workflow is refused', async () => {
  const pm = play.person('octo-pm');
  const epic = pm.opensIssue({ title: 'Again and again', body: '' }, play.acme.shop);
  for (let times = 0; times < 8; times += 1) {
    pm.labels(epic, 'workflow:bug');
    pm.unlabels(epic, 'workflow:bug');
  }
  pm.labels(epic, 'workflow:bug');
  await play.settles();
  pm.labels(epic, 'workflow:feature');
  await play.settles();
  expect(epic.subIssues).toHaveLength(1);
  expect(play.comments(epic).filter((one) => one.body.includes('already runs'))).toHaveLength(1);
}, 60_000);

test('T104: a repository that was renamed gets our words at its new place, and a squatter on the old name gets none', async () => {
  const epic = await play.starts('bug', 'Before the move');
  const admin = play.person('octo-admin');
  admin.renamesRepository(play.acme.shop, 'market');
  await play.settles();
  const before = play.github.requests.length;
  await play.says('octo-pm', play.stage('1_reproduce'), '/status');
  const writes = play.github.requests
    .slice(before)
    .filter((one) => one.method !== 'GET' && one.path.includes('/repos/acme/shop/'));
  expect(writes).toEqual([]);
  expect(epic.subIssues).toHaveLength(1);
}, 60_000);

test('T95: nobody changes the past: an update, a deletion and a truncation of events are refused, by the database itself', async () => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  try {
    for (const sql of [`update events set data = '{}'`, 'delete from events', 'truncate events'])
      await expect(client.query(sql)).rejects.toThrow('append-only');
  } finally {
    await client.end();
  }
});

test('T101: permissions that were taken back cause no storm: the effect waits, and goes on when they are back', async () => {
  const { github } = play;
  const stage = play.stage('1_reproduce');
  github.faults.requests.push(({ method, path, text }) =>
    path === '/graphql' && text.includes('mutation')
      ? { refuse: 403, message: 'Resource not accessible by integration' }
      : method !== 'GET' && path.includes('/issues/')
        ? { refuse: 403, message: 'Resource not accessible by integration' }
        : undefined,
  );
  const before = github.requests.length;
  play.person('octo-pm').says(stage, '/claim 1_reproduce');
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect(github.requests.length - before).toBeLessThan(40);
  github.faults.clear();
}, 60_000);
