/** The App without a permission, as most are at first: people hear why nothing happens, and it happens when the permission is there. */
import { afterEach, expect, test } from 'vitest';
import { ask } from '../threats/ingress/letter.ts';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene } from './level-scene.ts';

let play: Play;
afterEach(() => play.ends());

/** Teams are what `Members: read` shows. */
const withoutMembers = (): void => {
  play.github.faults.requests.push(({ path }) =>
    /^\/orgs\/[^/]+\/teams/.test(path)
      ? { refuse: 403, message: 'Resource not accessible by integration' }
      : undefined,
  );
};

const setAside = async (): Promise<readonly { guid: string }[]> =>
  ask<{ guid: string }>(play.databaseUrl, `select guid from deliveries where state = 'set_aside'`);

/** Minutes pass: the last try. */
const givesUp = async (): Promise<void> => {
  await eventually(async () => {
    await ask(
      play.databaseUrl,
      `update deliveries set tries = 8, not_before = null where state = 'new' and tries > 0`,
    );
    expect((await setAside()).length).toBeGreaterThan(0);
  });
};

test('a workflow cannot start while the App may not see teams: its issue says so once, and the grant starts it', async () => {
  play = await openLevelScene();
  withoutMembers();
  const pm = play.person('octo-pm');
  const epic = pm.opensIssue({ title: 'First' });
  pm.labels(epic, 'workflow:patch');
  await eventually(() =>
    expect(epic.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/lacks a permission here \(Members: read.*who may: an owner of `acme`/s),
    ]),
  );
  await givesUp();
  // What looking found meanwhile is given up on, too.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await givesUp();
  play.github.faults.clear();
  const admin = play.person('octo-admin');
  admin.suspends(play.acme.installation);
  admin.unsuspends(play.acme.installation);
  await eventually(() => expect(play.checklist().title).toContain('First'));
  await eventually(async () => expect(await setAside()).toEqual([]));
  expect(epic.comments).toHaveLength(1);
}, 120_000);
