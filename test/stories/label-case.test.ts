/** A repository that had a label of ours before, spelt otherwise: to GitHub it is the same label, and so it is to us. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLabel } from '../world/github/acts/labels.ts';
import type { Play } from '../world/play.ts';
import { openLevelScene, passes, repairs, writesSince } from './level-scene.ts';

let play: Play;
beforeAll(async () => {
  play = await openLevelScene();
});
afterAll(() => play.ends());

test('labels that were there in other letters are neither taken off nor put on again, pass after pass', async () => {
  const admin = { user: play.person('octo-admin').user, app: null, installation: null };
  for (const name of ['Role:Product_Manager', 'Stage:Ready', 'GateHouse:Stage'])
    createLabel(play.github.hub, admin, play.acme.shop, { name });
  await play.starts('patch');
  const stages = [...play.acme.shop.issues.values()].filter(({ title }) => title.startsWith('1_plan: '));
  expect(stages.flatMap((stage) => play.labels(stage)).sort()).toEqual([
    'GateHouse:Stage',
    'Role:Product_Manager',
    'Stage:Ready',
  ]);
  await passes(play);
  const from = play.github.requests.length;
  await passes(play);
  expect(await repairs(play)).toEqual([]);
  expect(writesSince(play, from)).toEqual([]);
}, 60_000);
