/** The check as the last door before a merge: kept fresh, told when somebody goes round it, on one commit only (threats §2.6). */
import pg from 'pg';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openScene } from '../../stories/pull-requests-scene.ts';
import type { Issue } from '../../world/github/state.ts';
import type { Play } from '../../world/play.ts';

let play: Play;
afterEach(() => play.ends());
let client: pg.Client | undefined;
afterAll(() => client?.end());

/** An epic whose build stage is claimed, with a pull request linked to it. */
const linked = async (workflow = 'pair', stage = '1_both'): Promise<{ epic: Issue; pull: Issue }> => {
  const epic = await play.starts(workflow);
  const issue = play.stage(stage);
  await play.says('octo-eng', issue, '/claim');
  const body = `Stage: #${issue.number}`;
  const pull = play.person('octo-eng').opensPullRequest({ title: 'The work', body, branch: 'work' });
  await play.settles();
  return { epic, pull };
};
const runsOn = (pull: Issue) =>
  [...play.github.state.checkRuns.values()].filter(
    (run) => run.name === 'gatehouse' && run.headSha === pull.pull?.headSha,
  );
const until = async (what: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 20_000; !what(); ) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const told = (epic: Issue): readonly string[] =>
  play
    .comments(epic)
    .map((one) => one.body)
    .filter((body) => body.includes('merged past the gate'));
const page = async (path: string): Promise<string> => (await fetch(`${play.house.url}${path}`)).text();

test('T62: a check that waits for weeks is made anew before GitHub calls it stale, and only then', async () => {
  play = await openScene({ env: { GATEHOUSE_RECONCILE_EVERY: '1s' } });
  const { pull } = await linked();
  const [first] = runsOn(pull);
  expect(first?.status).toBe('in_progress');
  const days = async (past: number): Promise<void> => {
    client = new pg.Client(play.databaseUrl);
    await client.connect();
    await client.query(`update check_runs set created_at = now() - make_interval(days => $1)`, [past]);
    await client.end();
    client = undefined;
  };
  await days(11);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(runsOn(pull)).toHaveLength(1);
  await days(13);
  await until(() => runsOn(pull).length === 2);
  await play.settles();
  const [, second] = runsOn(pull);
  expect(second).toMatchObject({ status: 'in_progress', headSha: first?.headSha });
  expect(second?.id).not.toBe(first?.id);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(runsOn(pull)).toHaveLength(2);
}, 60_000);

test('T64: a merge past the gate is told to the epic once, counted, and shown on checklist, page and /status', async () => {
  play = await openScene({ requireCheck: false, env: { GATEHOUSE_RECONCILE_EVERY: '1s' } });
  const { epic, pull } = await linked();
  expect(await page('/metrics')).toContain('gatehouse_gate_bypasses 0');
  expect(play.person('octo-admin').merges(pull).merged).toBe(true);
  await play.settles();
  expect(told(epic)).toHaveLength(1);
  expect(told(epic)[0]).toContain('by `octo-admin`');
  expect(told(epic)[0]).toContain('@octo-em');
  expect(play.state('1_both')).toBe('in-progress');
  expect(play.checklist().body).toContain(
    `#${pull.number} of \`1_both\` was **MERGED PAST THE GATE** by \`octo-admin\``,
  );
  expect((await play.says('octo-pm', epic, '/status')).replies.join()).toContain('MERGED PAST THE GATE');
  expect(await page('/')).toContain('was merged past the gate');
  expect(await page('/metrics')).toContain('gatehouse_gate_bypasses 1');
  await play.house.kill();
  await play.house.start();
  play.github.webhookTarget = play.house.webhooks;
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await play.settles();
  expect(told(epic)).toHaveLength(1);
}, 60_000);

test('T64: a merge past the gate whose webhook was lost is found by looking', async () => {
  play = await openScene({ requireCheck: false, env: { GATEHOUSE_RECONCILE_EVERY: '1s' } });
  const { epic, pull } = await linked();
  play.github.faults.webhooks.push(() => 'vanished');
  play.person('octo-admin').merges(pull);
  await new Promise((resolve) => setTimeout(resolve, 500));
  play.github.faults.clear();
  await until(() => told(epic).length > 0);
  expect(told(epic)[0]).not.toContain('octo-admin');
}, 60_000);

test('T64: a merge through the gate is nobody’s news', async () => {
  play = await openScene();
  const { epic, pull } = await linked();
  const issue = play.stage('1_both');
  expect(play.person('octo-admin').merges(pull).merged).toBe(false);
  await play.says('octo-eng', issue, '/submit');
  await play.says('octo-em', issue, '/approve');
  await play.says('octo-qalead', issue, '/approve');
  expect(play.check(pull)?.conclusion).toBe('success');
  expect(play.person('octo-admin').merges(pull).merged).toBe(true);
  await play.settles();
  expect(told(epic)).toEqual([]);
  expect(await page('/metrics')).toContain('gatehouse_gate_bypasses 0');
}, 60_000);

test('T69: only heads carry the check: not the commit of the test merge, not the commits below, not the base', async () => {
  play = await openScene();
  const { pull } = await linked();
  const before = pull.pull?.headSha;
  play.person('octo-eng').pushes(pull);
  await play.settles();
  const now = pull.pull?.headSha;
  expect(now).not.toBe(before);
  const carrying = new Set([...play.github.state.checkRuns.values()].map((run) => run.headSha));
  expect(carrying).toEqual(new Set([before, now]));
  expect(runsOn(pull)).toHaveLength(1);
  expect(play.check(pull)?.status).toBe('in_progress');
}, 60_000);
