/** The first day's slips: a command where nobody would hear it, or spelt as a telephone spells it. Each gets one answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene, repairs } from './level-scene.ts';
import { freshBranch, openScene, planned } from './pull-requests-scene.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
}, 60_000);
afterAll(async () => {
  expect(play.github.violations).toEqual([]);
  await play.ends();
});

const opens = () =>
  play.person('octo-eng').opensPullRequest({ title: 'Work', body: '', branch: freshBranch() });

test('a command on a pull request that belongs to no stage says so and how to link it, once, and only where epics run', async () => {
  const pull = opens();
  await play.settles();
  expect(await play.says('octo-eng', pull, '/submit')).toMatchObject({ reactions: [], replies: [] });
  const stage = await planned(play);
  const submitted = await play.says('octo-eng', pull, '/submit\n/why');
  expect(submitted.reactions).toEqual(['confused']);
  expect(submitted.replies).toEqual([expect.stringMatching(/belongs to no stage.*\/link #/s)]);
  expect(await play.says('octo-eng', pull, '/lgtm')).toMatchObject({ reactions: [], replies: [] });
  expect((await play.says('octo-eng', pull, `/link #${stage.number}`)).reactions).toEqual(['+1']);
});

test('/link to the epic, the checklist, nothing or a number without an issue is refused, not ignored', async () => {
  const pull = opens();
  await play.settles();
  for (const word of [`/link #${play.checklist().number}`, '/link', '/link #9999']) {
    const said = await play.says('octo-eng', pull, word);
    expect([word, said.reactions]).toEqual([word, ['confused']]);
    expect(said.replies).toEqual([expect.stringMatching(/no stage issue.*`\/link #12`/s)]);
  }
});

test('what nobody heard on a pull request without a stage is not obeyed later, once it is linked', async () => {
  const level = await openLevelScene();
  try {
    const stage = await planned(level);
    const eng = level.person('octo-eng');
    eng.says(stage, '/claim');
    const pull = eng.opensPullRequest({ title: 'Early', body: '', branch: freshBranch() });
    await level.settles();
    expect((await level.says('octo-eng', pull, '/submit')).reactions).toEqual(['confused']);
    expect((await level.says('octo-eng', pull, `/link #${stage.number}`)).reactions).toEqual(['+1']);
    const looks = () =>
      level.github.requests.filter(({ path }) => path === '/repos/acme/shop/issues/comments').length;
    const from = looks();
    // Nothing else happens there, so it is looked at once more, when it is old enough, and then not again.
    await eventually(() => expect(looks()).toBeGreaterThan(from));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await level.settles();
    expect(level.state('2_build')).toBe('in-progress');
    expect(await repairs(level)).toEqual([]);
  } finally {
    await level.ends();
  }
}, 90_000);
