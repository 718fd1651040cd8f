/** What GitHub could not deliver while Gatehouse was away is fetched when it is back (threats A1, F01; issue: recovery). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlay, type Play } from '../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay({ env: { GATEHOUSE_RECONCILE_EVERY: '1s' } });
}, 60_000);
afterAll(() => play.ends());

const until = async (what: () => boolean, patience = 30_000): Promise<boolean> => {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    if (what()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
};

test('a label and a comment made while Gatehouse was down are acted on after it is back, once', async () => {
  const epic = await play.starts('feature');
  await play.house.kill();
  const comment = play.person('octo-pm').says(play.stage('1_define'), '/claim');
  const other = play.person('octo-pm').opensIssue({ title: 'Slow search', body: '' }, play.acme.shop);
  play.person('octo-pm').labels(other, 'workflow:bug');
  await play.github.settled();
  expect(play.github.deliveries.some((one) => one.statusCode !== 202)).toBe(true);
  await play.house.start();
  expect(await until(() => play.reactions(comment).includes('+1'))).toBe(true);
  expect(await until(() => other.subIssues.length === 1)).toBe(true);
  await play.settles();
  expect(play.state('1_define')).toBe('in-progress');
  expect(epic.subIssues).toHaveLength(1);
  expect(play.comments(play.stage('1_define')).filter((one) => one !== comment)).toEqual([]);
}, 60_000);

test('a delivery that GitHub took for failed but that is in the inbox is not asked for again', async () => {
  await play.says('octo-pm', play.stage('1_define'), 'Going well.');
  const last = play.github.deliveries.at(-1);
  if (last === undefined) throw new Error('nothing was delivered');
  // Our answer came after GitHub had stopped waiting for it.
  Object.assign(last, { status: 'timed out', statusCode: 504 });
  const before = play.github.deliveries.length;
  const looks = (): number =>
    play.github.requests.filter((one) => one.path.startsWith('/app/hook/deliveries')).length;
  const looked = looks();
  expect(await until(() => looks() >= looked + 2)).toBe(true);
  expect(play.github.deliveries.slice(before).filter((one) => one.guid === last.guid)).toEqual([]);
}, 60_000);
