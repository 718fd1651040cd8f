/** What was said, heard, and taken back unheard: looking finds it, and it counts no more (threats T40, F18). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, openLevelScene, repairs, silence } from '../../stories/level-scene.ts';
import { holdsAtTheEnd, submitted, verdict } from '../../stories/pull-requests-scene.ts';
import type { Play } from '../../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openLevelScene();
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await play.ends();
});

test('T40: an approval whose comment is deleted or edited while no webhook comes is taken back by looking', async () => {
  const first = await submitted(play);
  const { comment } = await play.says('octo-em', first.stage, '/approve');
  const second = await submitted(play);
  const { comment: other } = await play.says('octo-em', second.stage, '/approve');
  expect([verdict(play, first.pull), verdict(play, second.pull)]).toEqual(['success', 'success']);
  const heard = silence(play);
  // An edit within the second of its creation cannot be told from none.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  play.person('octo-em').deletes(comment);
  play.person('octo-em').edits(other, 'Not yet.');
  await eventually(() => {
    expect(verdict(play, first.pull)).toBe('in_progress');
    expect(verdict(play, second.pull)).toBe('in_progress');
  }, 90_000);
  heard();
  const found = (await repairs(play)).map(({ object }) => object);
  expect(found).toEqual(expect.arrayContaining([`comment:${comment.id}`, `comment:${other.id}`]));
}, 240_000);
