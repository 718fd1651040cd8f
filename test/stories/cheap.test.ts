/** What a pass costs where nothing changed: two requests per epic, none of the rate limit (issue: reconcile; speed §4). */
import { afterEach, expect, test } from 'vitest';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene, passes, silence, writesSince } from './level-scene.ts';
import { submitted, verdict } from './pull-requests-scene.ts';

let play: Play;
afterEach(() => play.ends());

const isLook = (path: string): boolean => /\/commits\/main$/.test(path);

/** The requests of each of the next `count` whole passes: each begins with the repository's head. */
const passesSeen = async (count: number) => {
  await passes(play, 5);
  const from = play.github.requests.length;
  await eventually(() => {
    const looks = play.github.requests.slice(from).filter((one) => isLook(one.path));
    if (looks.length < count + 1) throw new Error('not yet');
  }, 60_000);
  return play.github.requests.slice(from).filter((one) => !one.path.startsWith('/app/'));
};

test('two requests per epic and two per repository, all answered 304, and nothing written', async () => {
  play = await openLevelScene();
  for (const title of ['One', 'Two', 'Three']) await play.starts('feature', title);
  const count = 4;
  const seen = await passesSeen(count);
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([304]));
  const looks = seen.flatMap(({ path }, at) => (isLook(path) ? [at] : []));
  const [first = 0, last = 0] = [looks[0], looks[count]];
  expect(last - first).toBeLessThanOrEqual(count * (3 * 2 + 2));
  expect(last - first).toBeGreaterThanOrEqual(count * 2);
}, 120_000);

test('an open pull request costs two more, also 304; a yes that stands is asked about each time, and falls with its role', async () => {
  play = await openLevelScene();
  const { pull } = await submitted(play);
  const quiet = await passesSeen(3);
  expect(new Set(quiet.map(({ status }) => status))).toEqual(new Set([304]));
  expect(quiet.length).toBeLessThanOrEqual(4 * (2 + 2 + 2));
  play.person('octo-em2').reviews(pull, 'APPROVED');
  await play.settles();
  const standing = await passesSeen(3);
  const asked = standing.filter(({ status }) => status !== 304).map(({ path }) => path);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((path) => !path.startsWith('/orgs/acme/teams/'))).toEqual([]);
  expect(verdict(play, pull)).toBe('success');
  silence(play);
  play.person('octo-admin').removesFromTeam(play.acme.managers, 'octo-em2');
  await eventually(() => expect(verdict(play, pull)).toBe('in_progress'));
}, 120_000);

test('what changed is read once and then agreed again', async () => {
  play = await openLevelScene();
  await play.starts('patch');
  await passes(play);
  silence(play);
  play.person('octo-admin').labels(play.stage('1_plan'), 'priority:high');
  await passes(play, 4);
  const from = play.github.requests.length;
  await passes(play, 2);
  const seen = play.github.requests.slice(from).filter((one) => !one.path.startsWith('/app/'));
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([304]));
  expect(writesSince(play, from)).toEqual([]);
  expect(play.labels(play.stage('1_plan'))).toContain('priority:high');
}, 120_000);
