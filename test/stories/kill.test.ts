/** The process dies without a goodbye, at any moment: what people see in the end is what they would have seen anyway (threats F05–F07); `npm run test:crash` kills it everywhere. */
import { afterAll, expect, test } from 'vitest';
import type { RequestFault } from '../world/github/faults.ts';
import type { Issue } from '../world/github/state.ts';
import { picture as pictureOf } from '../world/picture.ts';
import type { Play } from '../world/play.ts';
import { openScene } from './pull-requests-scene.ts';

/** Small and good enough: the same seed makes the same story. */
const dice = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const picture = (play: Play): readonly object[] => pictureOf(play.github, play.acme.shop);

/** Deliveries that nobody answered with 2xx are sent again, as an operator (or GitHub's button) does. */
const redeliverLost = (play: Play): number => {
  const byGuid = new Map(play.github.deliveries.map((one) => [one.guid, one]));
  const lost = [...byGuid.values()].filter(
    (one) => one.status !== 'pending' && (one.statusCode < 200 || one.statusCode > 299),
  );
  for (const one of lost) play.github.redeliver(one.id);
  return lost.length;
};

const settles = async (play: Play): Promise<void> => {
  await play.settles();
  while (redeliverLost(play) > 0) await play.settles();
};

/** The main job, with a refusal and a rejection in it; `meanwhile` runs while each act takes effect. */
const feature = async (play: Play, meanwhile: () => Promise<void>): Promise<void> => {
  const act = async (deed: () => void): Promise<void> => {
    deed();
    await meanwhile();
    await settles(play);
  };
  const says = (login: string, key: string, text: string): Promise<void> =>
    act(() => void play.person(login).says(play.stage(key), text));
  const pm = play.person('octo-pm');
  const epic = pm.opensIssue({ title: 'Faster checkout', body: 'Customers wait too long.' });
  await act(() => pm.labels(epic, 'workflow:feature'));
  await says('octo-designer', '2_design', '/claim');
  for (const [key, doer, approver] of [
    ['1_define', 'octo-pm', 'octo-em'],
    ['2_design', 'octo-designer', 'octo-pm'],
  ] as const) {
    await says(doer, key, '/claim');
    await says(doer, key, '/submit');
    await says(approver, key, '/approve');
  }
  await says('octo-eng', '3_implement', '/claim');
  const body = `Stage: #${play.stage('3_implement').number}`;
  let pull: Issue | undefined;
  await act(() => {
    pull = play.person('octo-eng').opensPullRequest({ title: 'One step', body, branch: 'fast' });
  });
  if (pull === undefined) throw new Error('no pull request');
  const opened = pull;
  await says('octo-eng', '3_implement', '/submit');
  await act(() => void play.person('octo-em').reviews(opened, 'CHANGES_REQUESTED', 'Not yet.'));
  await act(() => void play.person('octo-eng').pushes(opened));
  await says('octo-eng', '3_implement', '/submit');
  await act(() => void play.person('octo-em').reviews(opened, 'APPROVED'));
  expect(play.person('octo-em').merges(opened).merged).toBe(true);
  await act(() => undefined);
  for (const [key, doer, approvers] of [
    ['4_qa', 'octo-qa', ['octo-qalead']],
    ['5_release_approval', 'octo-pm', ['octo-vpp', 'octo-em']],
    ['6_launch', 'octo-growth', []],
  ] as const) {
    await says(doer, key, '/claim');
    await says(doer, key, '/submit');
    for (const approver of approvers) await says(approver, key, '/approve');
  }
  expect(epic.state).toBe('closed');
};

const plays: Play[] = [];
const open = async (): Promise<Play> => {
  const play = await openScene();
  plays.push(play);
  return play;
};
afterAll(async () => {
  await Promise.all(plays.map((play) => play.ends()));
});

let undisturbed: readonly object[] = [];
test('undisturbed, the story ends as it should', async () => {
  const play = await open();
  await feature(play, async () => undefined);
  expect(play.github.violations).toEqual([]);
  undisturbed = picture(play);
  expect(undisturbed.length).toBeGreaterThan(8);
});

test.each([22])(
  'killed six times and started again, it ends the same, and goes on within ten seconds (seed %i)',
  async (seed) => {
    const play = await open();
    const roll = dice(seed);
    const acts = 24;
    const doomed = new Set<number>();
    // The start makes most of what could be doubled.
    if (roll() < 0.7) doomed.add(0);
    while (doomed.size < 6) doomed.add(Math.floor(roll() * acts));
    let count = 0;
    let slowest = 0;
    const killed: string[] = [];
    await feature(play, async () => {
      const now = count;
      count += 1;
      if (!doomed.has(now)) return;
      const after = play.github.requests.length + Math.floor(roll() * 6);
      const until = Date.now() + Math.floor(roll() * 120);
      while (play.github.requests.length < after && Date.now() < until)
        await new Promise((resolve) => setImmediate(resolve));
      await play.house.kill();
      const last = play.github.requests.at(-1);
      killed.push(
        `act ${now}, after ${play.github.requests.length} requests (${last?.method} ${last?.path})`,
      );
      await play.house.start();
      const started = Date.now();
      await settles(play);
      slowest = Math.max(slowest, Date.now() - started);
    });
    expect(killed).toHaveLength(6);
    expect(picture(play), `seed ${seed}; killed at ${killed.join('; ')}`).toEqual(undisturbed);
    expect(slowest).toBeLessThan(10_000);
  },
  60_000,
);

test('answers lost after GitHub did what was asked make nothing twice', async () => {
  const play = await open();
  const lost: RequestFault[] = [
    'createIssue',
    'addComment',
    'createCheckRun',
    'addReaction',
    'updateIssue',
  ].map((mutation) => ({ text: new RegExp(`\\b${mutation}\\(`), fate: 'apply-then-drop' }));
  play.github.faults.requests.push(...lost);
  await feature(play, async () => undefined);
  // Every one of them was hit.
  expect(lost.filter((one) => one.times !== 0)).toEqual([]);
  expect(picture(play)).toEqual(undisturbed);
}, 60_000);
