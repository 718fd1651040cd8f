/** What a stranger with a comment can make others pay: one reply a comment, whatever stands in it (threats T10, contract §4). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdsAtTheEnd, openScene, planned } from '../../stories/pull-requests-scene.ts';
import type { Play } from '../../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await play.ends();
});

test('T10: twenty commands in a comment get one reply, in which each says why, and what is right is done', async () => {
  const stage = await planned(play);
  const wall = Array.from({ length: 19 }, (_, n) => (n % 2 === 0 ? '/approve' : `/skip because ${n}`));
  const stranger = await play.says('octo-support', stage, [...wall, '/status'].join('\n\n'));
  expect(stranger.replies).toHaveLength(1);
  expect(stranger.replies[0]).toContain('`/approve`\n');
  expect(stranger.replies[0]).toContain('`/skip`\n');
  expect(stranger.replies[0]).toContain('`/status`\n');
  expect(stranger.reactions.toSorted()).toEqual(['+1', 'confused']);
  const mixed = await play.says('octo-eng', stage, '/claim\n/approve\n/override now');
  expect(play.state('2_build')).toBe('in-progress');
  expect(mixed.replies).toHaveLength(1);
  // One that says no alone reads as before.
  const alone = await play.says('octo-support', stage, '/approve');
  expect(alone.replies[0]).toMatch(/^`octo-support`: /);
}, 120_000);

test('T10: a stranger who asks all day is answered twenty times, and sees 👍 or 😕 from then on; a role holder is told', async () => {
  const stage = await planned(play);
  const before = play.comments(stage).length;
  const stranger = play.person('stranger');
  const asked = Array.from({ length: 24 }, () => stranger.says(stage, '/status'));
  await play.settles();
  const replies = play
    .comments(stage)
    .slice(before)
    .filter((one) => !asked.includes(one));
  expect(replies).toHaveLength(20);
  expect(replies.at(-1)?.body).toContain('👍 or 😕 only');
  expect(asked.map((one) => play.reactions(one).join())).toEqual(asked.map(() => '+1'));
  expect((await play.says('octo-eng', stage, '/status')).replies).toHaveLength(1);
}, 120_000);
