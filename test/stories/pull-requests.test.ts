/** To which stage a pull request belongs, who may say so, and what its life does to the stage (contract §3, §5). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import { acmeConfig } from '../world/github/world.ts';
import type { Play } from '../world/play.ts';
import {
  building,
  freshBranch,
  holdsAtTheEnd,
  openScene,
  planned,
  submitted,
  told,
  verdict,
} from './pull-requests-scene.ts';

let play: Play;
beforeAll(async () => {
  play = await openScene();
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await play.ends();
});

const open = async (login: string, body: string, more: object = {}): Promise<Issue> => {
  const pull = play
    .person(login)
    .opensPullRequest({ title: 'The work', body, branch: freshBranch(), ...more });
  await play.settles();
  return pull;
};

describe('a pull request is found to be a stage’s', () => {
  test.each([
    ['Stage: #N', 'said on a line of its own'],
    ['This closes #N at last', 'closed by it'],
    ['Fixes #N.', 'fixed by it'],
    ['resolves #N', 'resolved by it'],
    ['Part of #N', 'part of it'],
  ])('by %s in its description', async (words) => {
    const stage = await planned(play);
    const pull = await open('octo-eng', words.replace('N', String(stage.number)));
    expect(verdict(play, pull)).toBe('in_progress');
    expect(told(play, pull)).toContain('2_build');
  });

  test('by its branch stage/N-…', async () => {
    const stage = await planned(play);
    const pull = await open('octo-eng', '', { branch: `stage/${stage.number}-new-checkout` });
    expect(verdict(play, pull)).toBe('in_progress');
  });

  test('by /link #N from somebody with write, and a body edited later does not take it away', async () => {
    const stage = await planned(play);
    const pull = await open('octo-eng', '');
    expect(verdict(play, pull)).toBe('success');
    const said = await play.says('octo-designer', pull, `/link #${stage.number}`);
    expect(said.reactions).toEqual(['+1']);
    expect(verdict(play, pull)).toBe('in_progress');
    play.person('octo-eng').editsPullRequest(pull, { body: 'nothing to see here' });
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
  });

  test('never by code, quotes of templates or issues that are no stages', async () => {
    const stage = await planned(play);
    const issue = play.person('octo-pm').opensIssue({ title: 'A plain issue' });
    const pull = await open(
      'octo-eng',
      `<!-- Stage: #${stage.number} -->\n\`Stage: #${stage.number}\`\nCloses #${issue.number}`,
    );
    expect(verdict(play, pull)).toBe('success');
    expect(told(play, pull)).toContain('no workflow applies');
  });
});

test('T22: a link by an outsider neither passes its own check nor holds the stage up until somebody with write confirms it', async () => {
  const stage = await planned(play);
  const outsider = await open('stranger', `Stage: #${stage.number}`, { fork: true });
  expect(verdict(play, outsider)).toBe('in_progress');
  expect(told(play, outsider)).toMatch(/write access[\s\S]*\/link #/);
  const own = await play.says('stranger', outsider, `/link #${stage.number}`);
  expect(own.reactions).toEqual(['confused']);
  expect(own.replies).toHaveLength(1);
  expect(verdict(play, outsider)).toBe('in_progress');

  const eng = play.person('octo-eng');
  eng.says(stage, '/claim');
  eng.says(stage, '/submit');
  await play.says('octo-em', stage, '/approve');
  expect(play.state('2_build')).toBe('done');
  expect(verdict(play, outsider)).toBe('in_progress');
  expect(play.person('octo-em').merges(outsider).merged).toBe(false);
});

test('an outsider’s pull request counts once it is confirmed, and must then be approved at a commit that is named', async () => {
  const { stage, pull } = await building(play);
  play.person('octo-eng').closesPullRequest(pull);
  const outsider = await open('stranger', `Part of #${stage.number}`, { fork: true });
  expect((await play.says('octo-eng', outsider, `/link #${stage.number}`)).reactions).toEqual(['+1']);
  await play.says('octo-eng', stage, '/submit');
  expect(told(play, outsider)).toContain('ENGINEERING_MANAGER');
  const head = outsider.pull?.headSha ?? '';
  const plain = await play.says('octo-em', outsider, '/approve');
  expect(plain.reactions).toEqual(['confused']);
  expect(plain.replies[0]).toContain(head.slice(0, 7));
  expect(verdict(play, outsider)).toBe('in_progress');
  expect((await play.says('octo-em', outsider, `/approve ${head.slice(0, 10)}`)).reactions).toEqual(['+1']);
  expect(verdict(play, outsider)).toBe('success');
});

test('editing the description unlinks and relinks', async () => {
  const { stage, pull } = await submitted(play);
  const eng = play.person('octo-eng');
  eng.editsPullRequest(pull, { body: 'never mind' });
  await play.settles();
  expect(verdict(play, pull)).toBe('success');
  expect(told(play, pull)).toContain('no workflow applies');
  await play.says('octo-em', stage, '/approve');
  expect(play.state('2_build')).toBe('done');

  const other = await submitted(play);
  eng.editsPullRequest(pull, { body: `Stage: #${other.stage.number}` });
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  await play.says('octo-em', other.stage, '/approve');
  expect([verdict(play, pull), verdict(play, other.pull)]).toEqual(['success', 'success']);
  expect(play.state('2_build')).toBe('in-review');
});

test('a stage is done only when each of its pull requests is merged or closed', async () => {
  const { stage, pull } = await building(play);
  const second = await open('octo-eng', `Stage: #${stage.number}`);
  await play.says('octo-eng', stage, '/submit');
  expect(play.person('octo-em').merges(pull).merged).toBe(false);
  await play.says('octo-em', stage, '/approve');
  expect([verdict(play, pull), verdict(play, second)]).toEqual(['success', 'success']);
  expect(play.person('octo-em').merges(pull).merged).toBe(true);
  await play.settles();
  expect(play.state('2_build')).toBe('in-review');
  play.person('octo-eng').closesPullRequest(second);
  await play.settles();
  expect(play.state('2_build')).toBe('done');
});

test('merging what says "Closes" a stage issue does not close a stage that still waits', async () => {
  const { stage, pull } = await building(play);
  play.person('octo-eng').editsPullRequest(pull, { body: `Closes #${stage.number}` });
  const second = await open('octo-eng', `Stage: #${stage.number}`);
  await play.says('octo-eng', stage, '/submit');
  await play.says('octo-em', stage, '/approve');
  expect(play.person('octo-em').merges(pull).merged).toBe(true);
  await play.settles();
  expect(play.state('2_build')).toBe('in-review');
  expect(stage.state).toBe('open');
  expect(play.person('octo-em').merges(second).merged).toBe(true);
  await play.settles();
  expect(play.state('2_build')).toBe('done');
  expect(stage.state).toBe('closed');
});

test('a pull request that joins an approved stage takes the green away until it is approved too', async () => {
  const { stage, pull } = await submitted(play);
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  const late = await open('octo-eng', `Stage: #${stage.number}`);
  expect(verdict(play, late)).toBe('in_progress');
  expect(verdict(play, pull)).toBe('in_progress');
  await play.says('octo-em', stage, '/approve');
  expect([verdict(play, pull), verdict(play, late)]).toEqual(['success', 'success']);
});

test('a pull request opened for, or reopened after, a stage that is done does not ride on its approval', async () => {
  const { stage, pull } = await submitted(play);
  play.person('octo-eng').closesPullRequest(pull);
  await play.settles();
  await play.says('octo-em', stage, '/approve');
  expect(play.state('2_build')).toBe('done');
  play.person('octo-eng').reopensPullRequest(pull);
  const late = await open('octo-eng', `Stage: #${stage.number}`);
  expect([verdict(play, pull), verdict(play, late)]).toEqual(['in_progress', 'in_progress']);
  expect(play.person('octo-em').merges(late).merged).toBe(false);
  const linked = await play.says('octo-eng', await open('octo-eng', ''), `/link #${stage.number}`);
  expect(linked.reactions).toEqual(['confused']);
});

test('a draft is judged like any other, and marking it ready changes no verdict', async () => {
  const { stage, pull } = await submitted(play);
  const eng = play.person('octo-eng');
  eng.marksDraft(pull);
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  await play.says('octo-em', stage, '/approve');
  eng.marksReady(pull);
  await play.settles();
  expect(verdict(play, pull)).toBe('success');
});

test('T16: a pull request pointed at another base is judged there, and stays the stage’s', async () => {
  const { stage, pull } = await submitted(play);
  play.acme.shop.branches.set('release', play.acme.shop.branches.get('main') ?? '');
  play.person('octo-eng').retargets(pull, 'release');
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
});

test('T13: a pull request somebody force-pushed asks for approval again', async () => {
  const { stage, pull } = await submitted(play);
  await play.says('octo-em', stage, '/approve');
  const first = pull.pull?.headSha;
  play.person('octo-eng').forcePushes(pull);
  await play.settles();
  expect(pull.pull?.headSha).not.toBe(first);
  expect(verdict(play, pull)).toBe('in_progress');
});

test('T34, T52: the gatehouse.yml of a pull request decides nothing before it is merged', async () => {
  const { stage } = await submitted(play);
  const mine = acmeConfig().replace('"octo-em"', '"octo-eng2"');
  const pull = await open('octo-eng', `Stage: #${stage.number}`, {
    files: { '.github/gatehouse.yml': mine },
  });
  const said = await play.says('octo-eng2', stage, '/approve');
  expect(said.reactions).toEqual(['confused']);
  expect(verdict(play, pull)).toBe('in_progress');
});
