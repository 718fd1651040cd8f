/** The number or the key of another App: it is said at once, with what to put right, and nothing said meanwhile is lost. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene } from './level-scene.ts';

let play: Play;
beforeEach(async () => {
  play = await openLevelScene();
}, 60_000);
afterEach(() => play.ends());

/** As long as it lasts, GitHub knows the App of our environment under no number. */
const renumbered = (): (() => void) => {
  const { app } = play.github.state;
  if (app === null) throw new Error('There is no App.');
  const { id } = app;
  app.id = id + 1;
  return () => {
    app.id = id;
  };
};

test('with an APP_ID that GitHub does not know, a command is kept until it is right, and no installation is thought lost', async () => {
  await play.starts('patch');
  await play.house.stop();
  const right = renumbered();
  await play.house.start();
  const claim = play.person('octo-pm').says(play.stage('1_plan'), '/claim');
  await eventually(() => expect(play.house.output()).toMatch(/"level":50.*APP_ID/));
  await eventually(() => expect(play.house.output()).toContain('delivery put off'));
  expect(play.reactions(claim)).toEqual([]);
  expect(play.house.output()).not.toContain('the App may not act here any more');
  right();
  await eventually(() => expect(play.state('1_plan')).toBe('in-progress'));
  expect(play.reactions(claim)).toEqual(['+1']);
}, 90_000);
