/** Three Gatehouses on one database: one of them dies or stands still while it holds an epic, and people hardly notice (threats F06, F08, F09). */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { holdsAtTheEnd, openScene } from '../stories/pull-requests-scene.ts';
import { type House, prepareHouse, settled } from '../world/house.ts';
import type { Play } from '../world/play.ts';
import { type Doom, tellDoom } from './doom.ts';

const entry = 'test/crash/doomed-main.ts';
const others: House[] = [];
let play: Play | undefined;

afterEach(async () => {
  play?.house.signal('SIGCONT');
  await Promise.all(others.splice(0).map((one) => one.kill()));
  await play?.house.kill();
  await play?.ends();
});

const openThree = async (): Promise<Play> => {
  const opened = await openScene({ entry });
  play = opened;
  for (let count = 0; count < 2; count += 1) {
    const other = await prepareHouse({ githubUrl: opened.github.url, databaseUrl: opened.databaseUrl });
    await other.start();
    others.push(other);
  }
  return opened;
};

/** The one that hears of it meets its fate on the way; the webhooks after that go to another. */
const startsUnder = async (scene: Play, doom: Doom): Promise<number> => {
  // Only what this epic asks for is counted: the first comparison with GitHub is over.
  await settled(scene.databaseUrl, scene.github, 30_000);
  await delay(2_000);
  const asked = scene.github.requests.length;
  scene.house.tell({ doom: tellDoom(doom) });
  const pm = scene.person('octo-pm');
  const epic = pm.opensIssue({ title: 'Held', body: 'While somebody dies.' });
  pm.labels(epic, 'workflow:pair');
  const began = Date.now();
  // Its third request is never sent.
  await expect
    .poll(() => scene.github.requests.length - asked, { timeout: 10_000, interval: 5 })
    .toBeGreaterThan(0);
  await delay(300);
  scene.github.webhookTarget = others[0]?.webhooks ?? '';
  await settled(scene.databaseUrl, scene.github, 60_000);
  return Date.now() - began;
};

const goesOn = async (scene: Play): Promise<void> => {
  expect(scene.state('1_both')).toBe('ready');
  scene.person('octo-eng').says(scene.stage('1_both'), '/claim');
  await settled(scene.databaseUrl, scene.github, 30_000);
  expect(scene.state('1_both')).toBe('in-progress');
  holdsAtTheEnd(scene);
};

test('killed while it writes to GitHub, it is replaced within 45 s, and nothing is made twice', async () => {
  const scene = await openThree();
  const took = await startsUnder(scene, { boundary: 'B8', hit: 3 });
  expect(scene.house.isGone()).toBe(true);
  expect(took).toBeLessThan(45_000);
  await goesOn(scene);
}, 120_000);

test('standing still longer than its lease, it is replaced; waking up, it makes nothing twice and takes nothing back', async () => {
  const scene = await openThree();
  const took = await startsUnder(scene, { boundary: 'B8', hit: 3, by: 'SIGSTOP' });
  expect(scene.house.isGone()).toBe(false);
  // Nobody may have taken over before its lease was over.
  expect(took).toBeGreaterThan(15_000);
  expect(took).toBeLessThan(45_000);
  await goesOn(scene);
  const painted = JSON.stringify([...scene.acme.shop.issues.values()]);
  scene.house.signal('SIGCONT');
  await delay(3_000);
  await settled(scene.databaseUrl, scene.github, 30_000);
  expect(JSON.stringify([...scene.acme.shop.issues.values()])).toBe(painted);
  holdsAtTheEnd(scene);
}, 120_000);
