/** The App loses a repository, in every way it can: no call is made there meanwhile, and the work goes on when it is back (threats F25, F26, F33, F34). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, openLevelScene, repairs, silence } from '../../stories/level-scene.ts';
import { holdsAtTheEnd, submitted, verdict } from '../../stories/pull-requests-scene.ts';
import { addAccount, addInstallation } from '../../world/github/acts/seed.ts';
import { installationShape } from '../../world/github/shapes/app.ts';
import type { Installation, Issue, Review } from '../../world/github/state.ts';
import type { Play } from '../../world/play.ts';
import { ask } from '../ingress/letter.ts';

// One house and one pull request, whose gate waits for octo-em; everything is compared each second.
let play: Play;
let pull: Issue;
let installation: Installation;
beforeAll(async () => {
  play = await openLevelScene({ private: true });
  ({ pull } = await submitted(play));
  ({ installation } = play.acme);
}, 60_000);
afterAll(() => play.ends());

const admin = () => play.person('octo-admin');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Requests for anything of acme's within a pass and a half, once what was under way is over; the App's own logs and lists are its own. */
const callsMeanwhile = async (): Promise<readonly string[]> => {
  await pause(400);
  play.github.clearRequests();
  await pause(1_500);
  return play.github.requests
    .filter(({ path }) => !path.startsWith('/app/hook') && !path.endsWith('/shop/installation'))
    .map(({ method, path, status }) => `${method} ${path} ${status}`);
};

const holds = (sql: string): Promise<void> =>
  eventually(async () => expect(await ask(play.databaseUrl, sql)).toHaveLength(1), 8_000);
const rests = () => holds('select id from repositories where installation_id = 0');
const uninstalled = () =>
  holds(`select id from installations where state = 'deleted' and id = ${installation.id}`);

/** It is approved while the App is away; once the App is back, its check says so, and then that it was taken back. */
const goesOnAfter = async (back: () => unknown): Promise<void> => {
  const review: Review = play.person('octo-em').reviews(pull, 'APPROVED');
  await back();
  await eventually(() => expect(verdict(play, pull)).toBe('success'), 8_000);
  await play.settles();
  play.person('octo-em').dismisses(review);
  await play.settles();
  await eventually(() => expect(verdict(play, pull)).toBe('in_progress'), 8_000);
  holdsAtTheEnd(play, true);
};

test('F34: taken out of the installation it is left alone, and put back it goes on where it was', async () => {
  admin().removesRepositories(installation, play.acme.shop);
  await rests();
  expect(await callsMeanwhile()).toEqual([]);
  expect(await repairs(play)).toMatchObject([{ object: 'repository', what: 'work on it rests' }]);
  await goesOnAfter(() => admin().addsRepositories(installation, play.acme.shop));
}, 40_000);

test('F34: the same without our hearing of either: one look tells, and the next pass finds it again', async () => {
  installation.repositoryIds = new Set();
  await rests();
  expect(await callsMeanwhile()).toEqual([]);
  const heard = silence(play);
  play.person('octo-em').says(play.stage('2_build'), '/why');
  heard();
  await goesOnAfter(() => {
    installation.repositoryIds = 'all';
  });
}, 40_000);

test('F34: removed and installed anew, under another id, the App goes on; nobody called meanwhile', async () => {
  admin().uninstalls(installation);
  await uninstalled();
  expect(await callsMeanwhile()).toEqual([]);
  await goesOnAfter(() => {
    installation = admin().installs(play.acme.org);
  });
}, 40_000);

test('F34: removed without our hearing of it, the App stops calling', async () => {
  const heard = silence(play);
  admin().uninstalls(installation);
  await uninstalled();
  heard();
  expect(await callsMeanwhile()).toEqual([]);
  await goesOnAfter(() => {
    installation = admin().installs(play.acme.org);
  });
}, 40_000);

test('F25: a permission taken away puts issues off, not checks; given back, what waited is done at once', async () => {
  const stage = play.stage('2_build');
  installation.permissions['issues'] = 'read';
  play.person('octo-em').reviews(pull, 'CHANGES_REQUESTED', 'Not like this.');
  await eventually(() => expect(verdict(play, pull)).toBe('failure'), 8_000);
  const refused = () => play.github.requests.filter(({ status }) => status === 403).length;
  await pause(1_500);
  const before = refused();
  await pause(1_500);
  expect(refused() - before).toBeLessThan(3);
  expect(play.labels(stage)).toContain('stage:in-review');
  installation.permissions['issues'] = 'write';
  const { hub } = play.github;
  hub.announce({
    ...{ event: 'installation', action: 'new_permissions_accepted', installation },
    ...{ sender: admin().user, body: { installation: installationShape(hub, installation) } },
  });
  await eventually(() => expect(play.labels(stage)).not.toContain('stage:in-review'), 8_000);
  await play.says('octo-eng', stage, '/submit');
}, 40_000);

test('F33: moved to an owner who has the App it goes on there, by that installation; F26: deleted, it rests', async () => {
  const { hub, state } = play.github;
  const { shop, org } = play.acme;
  const other = addAccount(hub, 'globex', 'Organization');
  state.fullNames.delete('acme/shop');
  state.fullNames.set('globex/shop', shop.id);
  Object.assign(shop, { ownerId: other.id });
  const sender = admin().user;
  // Nobody has said yet where it went: for the App of the old owner it is gone.
  await rests();
  addInstallation(hub, other, 'all');
  const body = { changes: { owner: { from: { organization: { login: org.login } } } } };
  hub.announce({ event: 'repository', action: 'transferred', repo: shop, sender, body });
  await play.settles();
  play.github.clearRequests();
  await goesOnAfter(() => undefined);
  const paths = play.github.requests.map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('/repos/acme/'))).toEqual([]);
  expect(paths.some((path) => path.startsWith('/repos/globex/shop/'))).toBe(true);
  hub.announce({ event: 'repository', action: 'deleted', repo: shop, sender, body: {} });
  state.repositories.delete(shop.id);
  state.fullNames.delete('globex/shop');
  await rests();
  expect(await callsMeanwhile()).toEqual([]);
}, 40_000);
