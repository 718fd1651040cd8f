/** What was let past without approvals passes as it was: a clean rebase too, anything else not (threats T35, T13). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  building,
  holdsAtTheEnd,
  openScene,
  submitted,
  told,
  verdict,
} from '../../stories/pull-requests-scene.ts';
import type { Play } from '../../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await play.ends();
});

test.each([
  ['skipped', building, '/skip nothing to build'],
  ['overridden', submitted, '/override the site is down'],
] as const)(
  'T35: a %s stage lets a clean rebase pass, and nothing new',
  async (_, scene, words) => {
    const { stage, pull } = await scene(play);
    const eng = play.person('octo-eng');
    eng.forcePushes(pull, { files: { 'src/a.ts': 'a' } });
    await play.settles();
    await play.says('octo-em', stage, words);
    expect(verdict(play, pull)).toBe('success');
    // The same change on a base that has gone on.
    eng.pushesFile('elsewhere.txt', 'base');
    eng.forcePushes(pull, { files: { 'src/a.ts': 'a' } });
    await play.settles();
    expect(verdict(play, pull)).toBe('success');
    eng.pushes(pull, { files: { 'src/a.ts': 'something else' } });
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
    expect(eng.merges(pull).merged).toBe(false);
    expect(told(play, pull)).toMatch(/skipped before this was in the pull request|overrode the gate|is open/);
  },
  120_000,
);
