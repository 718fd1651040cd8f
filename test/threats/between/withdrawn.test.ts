/** What was said and taken back before anybody heard it: GitHub promises no order between its deliveries (threats T40). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdsAtTheEnd, openScene, submitted, verdict } from '../../stories/pull-requests-scene.ts';
import type { Play } from '../../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
});
afterAll(async () => {
  play.github.faults.clear();
  holdsAtTheEnd(play);
  await play.ends();
});

const em = () => play.person('octo-em');

test('T40: an /approve that was deleted before it is heard approves nothing', async () => {
  const { stage, pull } = await submitted(play);
  play.github.faults.webhooks.push({ event: 'issue_comment', times: 1, fate: 'reordered' });
  const comment = em().says(stage, '/approve');
  em().deletes(comment);
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
}, 120_000);

test('T40: an /approve that was edited before it is heard approves nothing, and its author is told once', async () => {
  const { stage, pull } = await submitted(play);
  play.github.faults.webhooks.push({ event: 'issue_comment', times: 1, fate: 'reordered' });
  const comment = em().says(stage, '/approve');
  em().edits(comment, 'Not yet.');
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  const replies = play.comments(stage).filter(({ body }) => body.includes('was edited before Gatehouse'));
  expect(replies).toHaveLength(1);
  expect(play.reactions(comment)).toEqual([]);
}, 120_000);
