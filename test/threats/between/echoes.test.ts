/** Somebody offers another's commit again: it keeps nobody waiting, and lets nothing pass that would not (threats T16, T10). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  building,
  freshBranch,
  holdsAtTheEnd,
  openScene,
  submitted,
  verdict,
} from '../../stories/pull-requests-scene.ts';
import { openPull } from '../../world/github/acts/pulls.ts';
import type { Issue } from '../../world/github/state.ts';
import type { Play } from '../../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await play.ends();
});

/** The stranger opens a pull request from their fork whose head is the commit of `pull`. */
const echoes = (pull: Issue, body: string, baseRef = 'main'): Issue => {
  const stranger = play.person('stranger');
  const own = stranger.opensPullRequest({ title: 'Mine', branch: freshBranch(), fork: true });
  const fork = [...play.github.state.repositories.values()].find((one) => one.id === own.pull?.headRepoId);
  const head = pull.pull?.headSha ?? '';
  const commit = play.acme.shop.commits.get(head);
  if (fork === undefined || commit === undefined) throw new Error('no fork');
  fork.commits.set(head, commit);
  const headRef = freshBranch();
  fork.branches.set(headRef, head);
  return openPull(play.github.hub, stranger.actor, play.acme.shop, {
    title: 'Mine too',
    body,
    headRef,
    headRepo: fork,
    baseRef,
  });
};

test('T16: a stranger who offers an approved commit again, for a stage of theirs, does not stop it', async () => {
  const { stage: waiting } = await building(play);
  const { stage, pull } = await submitted(play);
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  const echo = echoes(pull, `Stage: #${waiting.number}`);
  await play.settles();
  expect(echo.pull?.headSha).toBe(pull.pull?.headSha);
  expect(verdict(play, pull)).toBe('success');
  play.person('octo-eng').closesPullRequest(pull);
  await play.settles();
  expect(verdict(play, echo)).toBe('in_progress');
}, 120_000);

test('T16: offered for another branch it is judged there as before, and what is not approved passes by no echo', async () => {
  play.acme.shop.branches.set('release', play.acme.shop.branches.get('main') ?? '');
  const { stage, pull } = await submitted(play);
  echoes(pull, '');
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  const { stage: waiting } = await building(play);
  echoes(pull, `Stage: #${waiting.number}`, 'release');
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
}, 120_000);
