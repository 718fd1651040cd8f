/** The first day's slips: a command where nobody would hear it, or spelt as a telephone spells it. Each gets one answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Play } from '../world/play.ts';
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
