/** The merge queue, and the rules of the default branch: what decides is the sum of all, and never a pull request's own word. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { announcePush } from '../world/github/acts/commits.ts';
import type { Issue, MergeGroup } from '../world/github/state.ts';
import { acmeConfig } from '../world/github/world.ts';
import type { Play } from '../world/play.ts';
import {
  building,
  freshBranch,
  holdsAtTheEnd,
  openScene,
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

const em = () => play.person('octo-em');

const approved = async (): Promise<{ readonly stage: Issue; readonly pull: Issue }> => {
  const { stage, pull } = await submitted(play);
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  return { stage, pull };
};

const ofGroup = (group: MergeGroup): string => {
  const runs = [...play.github.state.checkRuns.values()];
  const run = runs.filter((one) => one.name === 'gatehouse' && one.headSha === group.headSha).at(-1);
  return run === undefined ? 'no check' : (run.conclusion ?? run.status);
};

test('a merge group lands when every pull request in it passes', async () => {
  const [one, two, three] = [await approved(), await approved(), await approved()];
  const group = em().enqueues([one.pull, two.pull, three.pull]);
  await play.settles();
  expect(ofGroup(group)).toBe('success');
  expect(em().lands(group).merged).toBe(true);
  await play.settles();
  expect(one.pull.state).toBe('closed');
  expect(one.stage.state).toBe('closed');
  expect(three.stage.state).toBe('closed');
});

test.each([0, 1, 2])(
  'T63: one pull request that does not pass holds a group of three, wherever it stands (%i)',
  async (at) => {
    const good = [await approved(), await approved()];
    const bad = await building(play);
    const pulls = good.map(({ pull }) => pull).toSpliced(at, 0, bad.pull);
    const group = em().enqueues(pulls);
    await play.settles();
    expect(ofGroup(group)).toBe('in_progress');
    expect(em().lands(group).merged).toBe(false);
    await play.says('octo-eng', bad.stage, '/submit');
    await play.says('octo-em', bad.stage, '/approve');
    expect(ofGroup(group)).toBe('success');
    em().dequeues(group);
    await play.settles();
  },
);

test('T63: an approval taken back while the group is queued takes its success back', async () => {
  const { pull } = await submitted(play);
  const review = em().reviews(pull, 'APPROVED');
  const other = await approved();
  await play.settles();
  const group = em().enqueues([pull, other.pull]);
  await play.settles();
  expect(ofGroup(group)).toBe('success');
  em().dismisses(review);
  await play.settles();
  expect(ofGroup(group)).toBe('in_progress');
  expect(em().lands(group).merged).toBe(false);
  await play.says('octo-pm', other.stage, '/cancel too late');
  expect(ofGroup(group)).toBe('failure');
  em().dequeues(group);
  await play.settles();
});

test('a group of pull requests without a workflow lands as it always did', async () => {
  const open = () => play.person('octo-eng').opensPullRequest({ title: 'A typo', branch: freshBranch() });
  const pulls = [open(), open()];
  await play.settles();
  const group = em().enqueues(pulls);
  await play.settles();
  expect(ofGroup(group)).toBe('success');
  expect(em().lands(group).merged).toBe(true);
});

test('a commit that names an issue, or work merged long ago, keeps no queue waiting', async () => {
  const { pull } = await approved();
  const issue = play.person('octo-pm').opensIssue({ title: 'Only an issue' });
  const group = em().enqueues([pull]);
  const head = play.acme.shop.commits.get(group.headSha);
  if (head === undefined) throw new Error('no group');
  head.message = `Squashed, closes an old wish (#${issue.number})`;
  await play.settles();
  expect(ofGroup(group)).toBe('success');
});

test('a group whose webhook is asked again after a re-run shows the same verdict', async () => {
  const { pull } = await building(play);
  const group = em().enqueues([pull]);
  await play.settles();
  const run = [...play.github.state.checkRuns.values()].find((one) => one.headSha === group.headSha);
  if (run === undefined) throw new Error('no check');
  em().rerequests(run);
  await play.settles();
  expect(ofGroup(group)).toBe('in_progress');
  em().dequeues(group);
  await play.settles();
});

test('a push to gatehouse.yml on the default branch changes who counts in epics that already run', async () => {
  const { stage, pull } = await submitted(play);
  expect((await play.says('octo-vpe', stage, '/approve')).reactions).toEqual(['confused']);
  const promoted = acmeConfig().replace('"octo-em"', '"octo-vpe"');
  play.person('octo-admin').pushesFile('.github/gatehouse.yml', promoted);
  await play.settles();
  expect(told(play, pull)).toContain('octo-vpe');
  expect((await play.says('octo-em', stage, '/approve')).reactions).toEqual(['confused']);
  expect((await play.says('octo-vpe', stage, '/approve')).reactions).toEqual(['+1']);
  expect(verdict(play, pull)).toBe('success');
  play.person('octo-admin').pushesFile('.github/gatehouse.yml', acmeConfig());
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
});

test('setting the default branch back to an older commit, which lists no commit at all, brings the older rules back', async () => {
  const { stage, pull } = await submitted(play);
  const { shop } = play.acme;
  const before = shop.branches.get('main') ?? '';
  const admin = play.person('octo-admin');
  const promoted = acmeConfig().replace('"octo-em"', '"octo-vpe"');
  const { sha } = admin.pushesFile('.github/gatehouse.yml', promoted);
  await play.settles();
  await play.says('octo-vpe', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
  shop.branches.set('main', before);
  const actor = { user: admin.user, app: null, installation: null };
  const push = { branch: 'main', before: sha, after: before, forced: true };
  announcePush(play.github.hub, actor, shop, push);
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
});

test('a broken gatehouse.yml on the default branch passes nobody, and mending it goes on where it was', async () => {
  const { stage, pull } = await submitted(play);
  const admin = play.person('octo-admin');
  admin.pushesFile('.github/gatehouse.yml', 'roles: [\n');
  await play.settles();
  const said = await play.says('octo-em', stage, '/approve');
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies.join()).toContain('.github/gatehouse.yml:');
  expect(verdict(play, pull)).toBe('in_progress');
  admin.pushesFile('.github/gatehouse.yml', acmeConfig());
  await play.settles();
  await play.says('octo-em', stage, '/approve');
  expect(verdict(play, pull)).toBe('success');
});

test('unlinked_pull_requests: block repaints pull requests that are open already, and pass lets them go again', async () => {
  const pull = play.person('octo-eng').opensPullRequest({ title: 'A typo', branch: freshBranch() });
  const linked = await approved();
  await play.settles();
  expect(verdict(play, pull)).toBe('success');
  const admin = play.person('octo-admin');
  admin.pushesFile('.github/gatehouse.yml', acmeConfig({ unlinked_pull_requests: 'block' }));
  await play.settles();
  expect(verdict(play, pull)).toBe('failure');
  expect(told(play, pull)).toContain('/link #');
  expect(em().merges(pull).merged).toBe(false);
  expect(verdict(play, linked.pull)).toBe('success');
  const late = play.person('octo-eng').opensPullRequest({ title: 'Another', branch: freshBranch() });
  await play.settles();
  expect(verdict(play, late)).toBe('failure');
  admin.pushesFile('.github/gatehouse.yml', acmeConfig());
  await play.settles();
  expect([verdict(play, pull), verdict(play, late)]).toEqual(['success', 'success']);
});
