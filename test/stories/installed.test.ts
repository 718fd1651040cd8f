/** What was there before the App: it is found when the App is installed, and when nobody told us that it was (threats F18, F19, F34). */
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene, silence } from './level-scene.ts';
import { freshBranch, verdict } from './pull-requests-scene.ts';

let play: Play;
let pull: Issue;
let hear: () => void;

const onLedger = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: play.databaseUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

/** A shop without the App, in which people are at work: an open pull request, an issue that wants a workflow. Gatehouse has never heard of it. */
beforeEach(async () => {
  play = await openLevelScene();
  await play.house.stop();
  await onLedger(
    'delete from promises; delete from repositories; delete from installations; delete from rounds',
  );
  hear = silence(play);
  play.person('octo-admin').uninstalls(play.acme.installation);
  const pm = play.person('octo-pm');
  pm.labels(pm.opensIssue({ title: 'From before' }), 'workflow:patch');
  pull = play.person('octo-eng').opensPullRequest({ title: 'Work', body: '', branch: freshBranch() });
}, 60_000);
afterEach(() => play.ends());

const startsAndLooks = async (): Promise<void> => {
  const from = play.github.requests.length;
  await play.house.start();
  await eventually(() => {
    const asked = play.github.requests.slice(from).filter(({ path }) => path === '/app/installations');
    expect(asked).toHaveLength(1);
  });
  await play.settles();
};

const isFound = async (): Promise<void> => {
  await eventually(() => expect(verdict(play, pull)).toBe('success'));
  await eventually(() => expect(play.checklist().title).toContain('From before'));
};

test('installed where people are at work already, open pull requests get their check and labelled issues their epic', async () => {
  await startsAndLooks();
  hear();
  play.person('octo-admin').installs(play.acme.org, 'all');
  await isFound();
}, 120_000);

test('F19: installed while nothing ran, and with no delivery left to tell of it, the next start finds all of it', async () => {
  play.person('octo-admin').installs(play.acme.org, 'all');
  await startsAndLooks();
  await isFound();
}, 120_000);

test('F19: given a repository while nothing ran, and with no delivery left to tell of it, the next start finds it', async () => {
  const admin = play.person('octo-admin');
  const installation = admin.installs(play.acme.org, []);
  await startsAndLooks();
  expect(verdict(play, pull)).toBe('no check');
  await play.house.stop();
  admin.addsRepositories(installation, play.acme.shop);
  // A start looks at everything unless another one did within the last second.
  await onLedger('delete from rounds');
  await startsAndLooks();
  await isFound();
}, 120_000);
