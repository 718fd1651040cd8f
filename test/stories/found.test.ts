/** What GitHub never delivered at all is found by looking, acted on once, and said (issue: reconcile; threats F18, T40). */

import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene, passes, repairs, silence } from './level-scene.ts';
import { freshBranch, holdsAtTheEnd, planned, verdict } from './pull-requests-scene.ts';

let play: Play;
afterEach(() => play.ends());

const onLedger = async ({ databaseUrl }: Play, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
};

test('a workflow’s label nobody told us of starts its epic, for whoever may, and for nobody else', async () => {
  play = await openLevelScene();
  await play.starts('patch', 'The first');
  silence(play);
  const pm = play.person('octo-pm');
  const epic = pm.opensIssue({ title: 'Slow search' });
  pm.labels(epic, 'workflow:patch');
  const wish = play.person('stranger').opensIssue({
    title: 'Mine first',
    labels: ['workflow:patch'],
    viaForm: true,
  });
  await eventually(() => expect(epic.subIssues).toHaveLength(1));
  await eventually(() =>
    expect(
      play
        .comments(wish)
        .map((one) => one.body)
        .join(),
    ).toContain('`stranger` may not start'),
  );
  await passes(play);
  expect(wish.subIssues).toEqual([]);
  expect(play.comments(wish)).toHaveLength(1);
  expect(await repairs(play, `?epic=${epic.id}`)).toMatchObject([
    { object: `label:${epic.id}`, what: 'taken in and acted on', why: 'GitHub had not delivered it' },
  ]);
  holdsAtTheEnd(play);
}, 120_000);

test('a command GitHub never delivered is obeyed once, also when its delivery comes after all', async () => {
  play = await openLevelScene();
  await play.starts('patch');
  const stage = play.stage('1_plan');
  play.github.faults.webhooks.push({ event: 'issue_comment', times: 2, fate: { late: 6_000 } });
  const claim = play.person('octo-pm').says(stage, '/claim');
  const question = play.person('octo-eng').says(stage, '/why');
  await eventually(() => expect(play.reactions(claim)).toEqual(['+1']));
  await eventually(() => expect(play.reactions(question)).toEqual(['+1']));
  const said = await repairs(play);
  expect(said.map(({ object }) => object).toSorted()).toEqual(
    [`comment:${claim.id}`, `comment:${question.id}`].toSorted(),
  );
  // Only now the webhooks come.
  await play.settles();
  await passes(play);
  const late = play.github.deliveries.filter(({ event }) => event === 'issue_comment').slice(0, 2);
  expect(late.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
  expect(play.comments(stage)).toHaveLength(3);
  expect(play.state('1_plan')).toBe('in-progress');
  expect(play.reactions(claim)).toEqual(['+1']);
  expect(await repairs(play)).toEqual(said);
}, 120_000);

test('a comment answered when it came is not answered again by looking, nor is one that was refused', async () => {
  play = await openLevelScene();
  await play.starts('patch');
  const stage = play.stage('1_plan');
  const refused = await play.says('octo-eng', stage, '/claim');
  const claimed = await play.says('octo-pm', stage, '/claim');
  const asked = await play.says('octo-pm', stage, '/status');
  expect([refused.reactions, claimed.reactions, asked.reactions]).toEqual([['confused'], ['+1'], ['+1']]);
  const comments = play.comments(stage).length;
  await passes(play, 4);
  expect(play.comments(stage)).toHaveLength(comments);
  expect(refused.comment.reactions).toHaveLength(1);
  expect(await repairs(play)).toEqual([]);
}, 120_000);

test('T40: a comment edited before anybody could read it is not obeyed, and its author is told once', async () => {
  play = await openLevelScene();
  await play.starts('patch');
  const stage = play.stage('1_plan');
  silence(play);
  const pm = play.person('octo-pm');
  const comment = pm.says(stage, 'I will look at it.');
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  pm.edits(comment, '/claim');
  await eventually(() => {
    const [reply] = play.comments(stage).filter((one) => one !== comment);
    expect(reply?.body).toContain('edited before Gatehouse could read it');
  });
  await passes(play, 3);
  expect(play.state('1_plan')).toBe('ready');
  expect(play.reactions(comment)).toEqual([]);
  expect(play.comments(stage)).toHaveLength(2);
}, 120_000);

test('a pull request nobody told us of gets its check, and one that moved, named a stage or was closed is followed', async () => {
  play = await openLevelScene();
  const stage = await planned(play);
  silence(play);
  const eng = play.person('octo-eng');
  const claim = eng.says(stage, '/claim');
  await eventually(() => expect(play.reactions(claim)).toEqual(['+1']));
  const pull = eng.opensPullRequest({ title: 'Work', body: '', branch: freshBranch() });
  await eventually(() => expect(verdict(play, pull)).toBe('success'));
  eng.editsIssue(pull, { body: `Stage: #${stage.number}` });
  await eventually(() => expect(verdict(play, pull)).toBe('in_progress'));
  eng.pushes(pull);
  await eventually(() => expect(verdict(play, pull)).toBe('in_progress'));
  eng.closesPullRequest(pull);
  await eventually(() => expect(stage.body).not.toContain(`#${pull.number} (open)`));
  await eventually(async () => {
    const objects = (await repairs(play)).map(({ object }) => object);
    expect(objects.filter((object) => object === `pull:${pull.number}`).length).toBeGreaterThanOrEqual(3);
  });
  const after = (await repairs(play)).length;
  await passes(play, 3);
  expect(await repairs(play)).toHaveLength(after);
  holdsAtTheEnd(play);
}, 120_000);

test('a command typed after the label but read before it waits for its epic', async () => {
  play = await openLevelScene({ env: { GATEHOUSE_RECONCILE_EVERY: '10m' } });
  await play.starts('patch', 'The first');
  play.github.faults.webhooks.push({ event: 'issues', action: 'labeled', fate: { late: 1_500 } });
  const pm = play.person('octo-pm');
  const epic = pm.opensIssue({ title: 'Slow search' });
  pm.labels(epic, 'workflow:patch');
  const status = pm.says(epic, '/status');
  const claim = pm.says(epic, '/claim 1_plan');
  await play.settles();
  expect(epic.subIssues).toHaveLength(1);
  expect(play.reactions(status)).toEqual(['+1']);
  expect(play.reactions(claim)).toEqual(['+1']);
  expect(play.state('1_plan')).toBe('in-progress');
  expect(play.comments(epic)).toHaveLength(3);
}, 120_000);

test('a command typed long before the label is not taken for one to the epic', async () => {
  play = await openLevelScene();
  const epic = play.person('octo-pm').opensIssue({ title: 'Slow search' });
  const early = play.person('octo-pm').says(epic, '/claim 1_plan');
  await play.settles();
  // Ten minutes ago, for GitHub as for us: a look at GitHub that comes right after the label must not take it for news.
  early.createdAt = new Date(Date.now() - 600_000).toISOString();
  early.updatedAt = early.createdAt;
  await onLedger(play, `update deliveries set received_at = received_at - interval '10 minutes'`);
  play.person('octo-pm').labels(epic, 'workflow:patch');
  await play.settles();
  expect(epic.subIssues).toHaveLength(1);
  expect(play.reactions(early)).toEqual([]);
  expect(play.state('1_plan')).toBe('ready');
}, 120_000);

test('a repository the App is given gets its labels and its pull requests looked at', async () => {
  play = await openLevelScene();
  const { shop, installation } = play.acme;
  installation.repositoryIds = new Set();
  const talk = silence(play);
  const pm = play.person('octo-pm');
  const epic = pm.opensIssue({ title: 'From before' }, shop);
  pm.labels(epic, 'workflow:patch');
  const pull = play.person('octo-eng').opensPullRequest({ title: 'Work', body: '', branch: freshBranch() });
  talk();
  play.person('octo-admin').addsRepositories(installation, shop);
  await eventually(() => expect(play.checklist().title).toContain('From before'));
  await eventually(() => expect(verdict(play, pull)).toBe('success'));
}, 120_000);

test('an epic’s new title is followed although nobody told us of it', async () => {
  play = await openLevelScene();
  const epic = await play.starts('patch');
  silence(play);
  play.person('octo-pm').editsIssue(epic, { title: 'Faster payment' });
  await eventually(() => expect(play.checklist().title).toBe('[patch] Faster payment'));
}, 120_000);
