/** GitHub never changes a verdict that was given: what is said next on the same commit takes another check run (platform §4.1). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckRun, Issue } from '../world/github/state.ts';
import { needlessRuns } from '../world/needless-runs.ts';
import type { Play } from '../world/play.ts';
import { holdsAtTheEnd, openScene, submitted, verdict } from './pull-requests-scene.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
});
afterAll(async () => {
  holdsAtTheEnd(play, true);
  await play.ends();
});

const runsOn = (pull: Issue): readonly CheckRun[] =>
  [...play.github.state.checkRuns.values()].filter((run) => run.headSha === pull.pull?.headSha);

test('an approval taken back closes the gate on the very commit that had passed', async () => {
  const { stage, pull } = await submitted(play);
  const { comment } = await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  play.person('octo-em').deletes(comment);
  await play.settles();
  expect(runsOn(pull).map(({ conclusion }) => conclusion)).toEqual(['success', null]);
  expect(play.person('octo-em').merges(pull).merged).toBe(false);
  await play.says('octo-em', stage, '/approve');
  expect(runsOn(pull).map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
  expect(play.person('octo-em').merges(pull).merged).toBe(true);
});

test('the run that takes a verdict back is made once, though nobody heard that it was made', async () => {
  const { stage, pull } = await submitted(play);
  const { comment } = await play.says('octo-em', stage, '/approve');
  play.github.faults.requests.push(
    { path: '/graphql', text: /createCheckRun/, fate: 'apply-then-drop' },
    { method: 'POST', path: /\/check-runs$/, fate: 'apply-then-drop' },
  );
  play.person('octo-em').deletes(comment);
  await play.settles();
  play.github.faults.clear();
  expect(verdict(play, pull)).toBe('in_progress');
  expect(needlessRuns(runsOn(pull))).toEqual([]);
});
