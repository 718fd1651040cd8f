/** A repository taken out of the archive: what happened there before the App could act is looked for. */
import { afterEach, expect, test } from 'vitest';
import { frameOf, post } from '../threats/ingress/letter.ts';
import type { Play } from '../world/play.ts';
import { eventually } from './level-scene.ts';
import { openScene } from './pull-requests-scene.ts';

let play: Play;
afterEach(() => play.ends());

test('a repository that comes out of the archive is looked over at once: its open pull requests wait for their check', async () => {
  play = await openScene();
  const looks = (): number =>
    play.github.requests.filter(({ path }) => path === '/repos/acme/shop/pulls').length;
  // A start looks at everything by itself.
  await eventually(() => expect(looks()).toBeGreaterThan(0));
  await play.settles();
  const before = looks();
  const body = { action: 'unarchived', ...frameOf(play.acme), sender: { id: 1 } };
  expect(await post(play.house, JSON.stringify(body), { event: 'repository' })).toBe(202);
  await eventually(() => expect(looks()).toBeGreaterThan(before), 8_000);
}, 60_000);
