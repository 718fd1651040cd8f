/** What GitHub refuses for good does not hold up what it takes: checks, and everybody else (threats F28). */
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../../stories/level-scene.ts';
import { building, holdsAtTheEnd, openScene, submitted, verdict } from '../../stories/pull-requests-scene.ts';
import type { Play } from '../../world/play.ts';
import { ask } from '../ingress/letter.ts';

let play: Play;
afterEach(() => play.ends());

/** Whatever writes an issue is refused, by both APIs. */
const refuseIssues = (): void => {
  play.github.faults.requests.push(({ method, path, text }) =>
    (path === '/graphql' && /\b(updateIssue|addLabelsToLabelable|removeLabelsFromLabelable)\(/.test(text)) ||
    (method !== 'GET' && /\/issues\/\d+(\/labels.*)?$/.test(path))
      ? { refuse: 422, message: 'Validation Failed' }
      : undefined,
  );
};

const waiting = () =>
  ask<{ key: string }>(
    play.databaseUrl,
    `select key from promises where wanted > done and not_before > now() + interval '1 minute'`,
  );

test('F28: a check that passed is closed at once, though GitHub refuses whatever is written on issues', async () => {
  play = await openScene();
  const { stage, pull } = await submitted(play);
  refuseIssues();
  play.person('octo-em').says(stage, '/approve');
  await eventually(() => expect(verdict(play, pull)).toBe('success'), 5_000);
  await eventually(async () => expect(await waiting()).toEqual([{ key: 'paint' }]), 5_000);
  const review = play.person('octo-em').reviews(pull, 'CHANGES_REQUESTED', 'Not yet.');
  await eventually(() => expect(verdict(play, pull)).not.toBe('success'), 5_000);
  expect(review.state).toBe('CHANGES_REQUESTED');
  // No storm: what is refused is not sent again with each of them.
  const before = play.github.requests.length;
  play.person('octo-eng').pushes(pull);
  await eventually(() => expect(verdict(play, pull)).toMatch(/in_progress|failure/), 5_000);
  const refused = play.github.requests.slice(before).filter((one) => one.status === 422);
  expect(refused).toEqual([]);
  play.github.faults.clear();
  // The house may be writing the same rows: then it is tried again.
  await eventually(async () => {
    await ask(play.databaseUrl, 'update promises set not_before = null where wanted > done');
    expect(await ask(play.databaseUrl, 'select key from promises where wanted > done')).toEqual([]);
  }, 15_000);
  holdsAtTheEnd(play);
}, 30_000);

test('F36: on a locked issue everything is decided and shown; only the replies are missing, and are not tried again', async () => {
  play = await openScene({ features: { lockedRefusesApps: true } });
  const { stage, pull } = await building(play);
  play.person('octo-admin').locks(stage);
  await play.settles();
  const from = play.github.requests.length;
  await play.says('octo-eng', stage, '/submit');
  await play.says('octo-eng', stage, '/status');
  await play.says('octo-em', stage, '/approve');
  expect([verdict(play, pull), play.state('2_build')]).toEqual(['success', 'in-review']);
  const dropped = await ask<{ tries: number }>(play.databaseUrl, 'select tries from promises where given_up');
  expect(dropped).toEqual([{ tries: 1 }]);
  expect(play.github.requests.length - from).toBeLessThan(40);
}, 30_000);
