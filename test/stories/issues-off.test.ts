/** Somebody takes the tick off “Issues” in a repository's settings: GitHub says 410 of every issue, and none is gone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene, repairs } from './level-scene.ts';

let play: Play;
beforeAll(async () => {
  play = await openLevelScene();
});
afterAll(() => play.ends());

test('issues switched off for a while cancel no epic and make no issue anew', async () => {
  await play.starts('patch');
  const before = play.acme.shop.issues.size;
  play.acme.shop.issuesOff = true;
  await eventually(() =>
    expect(play.github.requests.filter(({ status }) => status === 410).length).toBeGreaterThan(1),
  );
  play.acme.shop.issuesOff = false;
  play.person('octo-pm').says(play.stage('1_plan'), '/claim');
  await eventually(() => expect(play.state('1_plan')).toBe('in-progress'));
  expect(await repairs(play)).toEqual([]);
  expect(play.acme.shop.issues.size).toBe(before);
}, 60_000);
