/** The App loses a repository, in every way it can: no call is made there meanwhile, and the work goes on when it is back (threats F25, F26, F33, F34). */
import { afterEach, describe, expect, test } from 'vitest';
import { eventually, openLevelScene, repairs, silence } from '../../stories/level-scene.ts';
import { holdsAtTheEnd, submitted, verdict } from '../../stories/pull-requests-scene.ts';
import { addAccount, addInstallation } from '../../world/github/acts/seed.ts';
import { accountById } from '../../world/github/find.ts';
import { installationShape } from '../../world/github/shapes/app.ts';
import type { Issue, Repository } from '../../world/github/state.ts';
import type { Play } from '../../world/play.ts';
import { ask } from '../ingress/letter.ts';

let play: Play;
afterEach(() => play.ends());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A pull request whose gate waits for octo-em, in a play that compares everything each second. */
const scene = async (): Promise<Issue> => {
  play = await openLevelScene({ private: true });
  return (await submitted(play)).pull;
};

/** Requests for anything of acme's within two passes. */
const callsMeanwhile = async (): Promise<readonly string[]> => {
  play.github.clearRequests();
  await pause(2_300);
  return play.github.requests
    .filter(
      ({ path }) => !path.startsWith('/app/hook') && !/^\/repos\/[^/]+\/[^/]+\/installation$/.test(path),
    )
    .map(({ method, path, status }) => `${method} ${path} ${status}`);
};

const rests = (): Promise<void> =>
  eventually(async () => {
    const rows = await ask<{ id: string }>(
      play.databaseUrl,
      'select id from repositories where installation_id = 0',
    );
    expect(rows).toHaveLength(1);
  }, 8_000);

/** It is approved while nobody hears of it; once the App is back, its check says so. */
const goesOnAfter = async (pull: Issue, back: () => unknown): Promise<void> => {
  play.person('octo-em').reviews(pull, 'APPROVED');
  await back();
  await eventually(() => expect(verdict(play, pull)).toBe('success'), 8_000);
  await play.settles();
  holdsAtTheEnd(play, true);
};

const deleteRepository = (repo: Repository): void => {
  const { hub, state } = play.github;
  hub.announce({
    event: 'repository',
    action: 'deleted',
    sender: play.person('octo-admin').user,
    repo,
    body: {},
  });
  state.repositories.delete(repo.id);
  state.fullNames.delete('acme/shop');
};

describe('F34', () => {
  test('taken out of the installation it is left alone, and put back it goes on where it was', async () => {
    const pull = await scene();
    const admin = play.person('octo-admin');
    const { installation, shop } = play.acme;
    admin.removesRepositories(installation, shop);
    await rests();
    expect(await callsMeanwhile()).toEqual([]);
    expect(await repairs(play)).toMatchObject([{ object: 'repository', what: 'work on it rests' }]);
    await goesOnAfter(pull, () => admin.addsRepositories(installation, shop));
  }, 40_000);

  test('taken out without our hearing of it, it is left alone after one look', async () => {
    await scene();
    play.acme.installation.repositoryIds = new Set();
    await rests();
    expect(await callsMeanwhile()).toEqual([]);
  }, 40_000);

  test('put back without our hearing of it, it is found by the next full pass', async () => {
    const pull = await scene();
    play.acme.installation.repositoryIds = new Set();
    await rests();
    silence(play);
    await goesOnAfter(pull, async () => {
      play.acme.installation.repositoryIds = 'all';
      await ask(play.databaseUrl, `delete from rounds where name = 'reconcile-full'`);
      await ask(play.databaseUrl, 'update promises set not_before = null');
    });
  }, 40_000);

  test('an App that was removed and installed anew, under another id, goes on', async () => {
    const pull = await scene();
    const admin = play.person('octo-admin');
    admin.uninstalls(play.acme.installation);
    await eventually(async () => {
      const rows = await ask(play.databaseUrl, `select id from installations where state = 'deleted'`);
      expect(rows).toHaveLength(1);
    });
    expect(await callsMeanwhile()).toEqual([]);
    await goesOnAfter(pull, () => void admin.installs(play.acme.org));
  }, 40_000);

  test('an App that was removed without our hearing of it is not called for again', async () => {
    await scene();
    silence(play);
    play.person('octo-admin').uninstalls(play.acme.installation);
    await eventually(async () => {
      const rows = await ask(play.databaseUrl, `select id from installations where state = 'deleted'`);
      expect(rows).toHaveLength(1);
    }, 8_000);
    expect(await callsMeanwhile()).toEqual([]);
  }, 40_000);
});

test('F25: a permission taken away puts issues off, not checks; given back, what waited is done at once', async () => {
  const pull = await scene();
  const { permissions } = play.acme.installation;
  permissions['issues'] = 'read';
  play.person('octo-em').says(play.stage('2_build'), '/approve');
  await eventually(() => expect(verdict(play, pull)).toBe('success'), 8_000);
  const refusedSoFar = () => play.github.requests.filter(({ status }) => status === 403).length;
  await pause(1_500);
  const before = refusedSoFar();
  await pause(2_300);
  expect(refusedSoFar() - before).toBeLessThan(4);
  expect(play.state('2_build')).toBe('in-review');
  permissions['issues'] = 'write';
  const { hub } = play.github;
  const { installation } = play.acme;
  hub.announce({
    ...{ event: 'installation', action: 'new_permissions_accepted', installation },
    ...{
      sender: play.person('octo-admin').user,
      body: { installation: installationShape(hub, installation) },
    },
  });
  await eventually(() => expect(play.state('2_build')).toBe('approved'), 8_000);
}, 40_000);

test('F26: the epics of a deleted repository rest, and nobody asks for it again', async () => {
  await scene();
  deleteRepository(play.acme.shop);
  await rests();
  expect(await callsMeanwhile()).toEqual([]);
}, 40_000);

describe('F33', () => {
  const transfer = (withApp: boolean): void => {
    const { github, acme } = play;
    const { hub, state } = github;
    const other = addAccount(hub, 'globex', 'Organization');
    state.fullNames.delete('acme/shop');
    state.fullNames.set('globex/shop', acme.shop.id);
    Object.assign(acme.shop, { ownerId: other.id });
    const from = { owner: { organization: { login: accountById(state, acme.org.id).login } } };
    if (!withApp) return;
    addInstallation(hub, other, 'all');
    const body = { changes: { owner: { from: from.owner } } };
    hub.announce({
      ...{ event: 'repository', action: 'transferred', repo: acme.shop, body },
      sender: play.person('octo-admin').user,
    });
  };

  test('moved to an owner who has the App, its epics go on there, by that installation alone', async () => {
    const pull = await scene();
    await goesOnAfter(pull, async () => {
      transfer(true);
      await play.settles();
      play.github.clearRequests();
    });
    const paths = play.github.requests.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('/repos/acme/'))).toEqual([]);
    expect(paths.some((path) => path.startsWith('/repos/globex/shop/'))).toBe(true);
  }, 40_000);

  test('moved to an owner who has not, its epics rest', async () => {
    await scene();
    transfer(false);
    await rests();
    expect(await callsMeanwhile()).toEqual([]);
  }, 40_000);
});
