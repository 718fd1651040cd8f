/** A marker copied into another App's issue makes nobody approve a stage they never saw (threats T46). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlay, type Play } from '../../world/play.ts';
import { post } from '../ingress/letter.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
  await play.starts('feature');
}, 60_000);
afterAll(() => play.ends());

interface Payload {
  readonly issue: object;
  readonly comment: object;
}

test('T46: a command on an issue that another bot made with our marker in it is not a command on the stage', async () => {
  const stage = play.stage('1_define');
  await play.says('octo-pm', stage, 'On my way.');
  const { payload } = play.github.deliveries.findLast((one) => one.event === 'issue_comment') ?? {};
  const told = payload as unknown as Payload;
  const evil = { id: 666, login: 'evil[bot]', node_id: 'B', type: 'Bot' };
  const issue = { ...told.issue, number: 4321, user: evil, performed_via_github_app: { id: 13 } };
  const comment = { ...told.comment, id: 987_654, body: '/claim' };
  const body = JSON.stringify({ ...told, issue, comment });
  expect(await post(play.house, body, { event: 'issue_comment' })).toBe(202);
  await play.settles();
  expect(play.state('1_define')).toBe('ready');
});
