/** The cast: whatever people do, GitHub tells, in the words of its own description. */

import { expect, test } from 'vitest';
import { addRepository } from './github/acts/seed.ts';
import { type StandIn, startGitHub } from './github/stand-in.ts';
import { type Acme, seedAcme } from './github/world.ts';

async function world(): Promise<{ github: StandIn; acme: Acme; told: () => string[] }> {
  const github = await startGitHub({ appId: 7, webhookSecret: 's', verifyAnswers: true });
  const acme = seedAcme(github);
  let from = 0;
  const told = () => {
    const fresh = github.deliveries
      .slice(from)
      .map(({ event, action }) => (action === null ? event : `${event}.${action}`));
    from = github.deliveries.length;
    return fresh;
  };
  return { github, acme, told };
}

async function ends(github: StandIn): Promise<void> {
  await github.close();
  expect(github.violations).toEqual([]);
}

test('nothing a person does on an issue happens in silence', async () => {
  const { github, told } = await world();
  const [pm, admin] = [github.person('octo-pm'), github.person('octo-admin')];
  const issue = pm.opensIssue({ title: 'idea', labels: ['workflow:feature'] });
  const comment = pm.says(issue, '/claim');
  pm.edits(comment, '/release');
  pm.deletes(comment);
  pm.editsIssue(issue, { title: 'better idea', body: 'why' });
  pm.assigns(issue, 'octo-eng');
  pm.unlabels(issue, 'workflow:feature');
  pm.closes(issue);
  pm.reopens(issue);
  admin.locks(issue);
  admin.unlocks(issue);
  admin.deletesIssue(issue);
  const issues = ['opened', 'labeled'].map((action) => `issues.${action}`);
  const comments = ['created', 'edited', 'deleted'].map((action) => `issue_comment.${action}`);
  const rest = ['edited', 'assigned', 'unlabeled', 'closed', 'reopened', 'locked', 'unlocked', 'deleted'];
  expect(told()).toEqual([...issues, ...comments, ...rest.map((action) => `issues.${action}`)]);
  await ends(github);
});

test('a fork pushes without a push webhook, and its head repository is not ours', async () => {
  const { github, told } = await world();
  const pr = github.person('stranger').opensPullRequest({ title: 'fix', branch: 'fix', fork: true });
  github.person('stranger').pushes(pr);
  expect(told()).toEqual(['pull_request.opened', 'pull_request.synchronize']);
  expect(pr.pull?.headRepoId).not.toBe(pr.repoId);
  expect(() => github.person('octo-eng').pushes(pr)).toThrow('403');
  await ends(github);
});

test('nobody approves their own pull request, and a review keeps the commit it was given on', async () => {
  const { github, told } = await world();
  const [eng, senior] = [github.person('octo-eng'), github.person('octo-senior')];
  const pr = eng.opensPullRequest({ title: 'cart', branch: 'cart' });
  const seen = pr.pull?.headSha;
  expect(() => eng.reviews(pr, 'APPROVED')).toThrow('422');
  const review = senior.reviews(pr, 'APPROVED');
  eng.pushes(pr, { author: 'octo-qa', committer: 'octo-sre' });
  expect(review.commitId).toBe(seen);
  senior.editsReview(review, 'on second thought');
  senior.dismisses(review);
  expect(told().filter((one) => one.startsWith('pull_request_review'))).toEqual([
    'pull_request_review.submitted',
    'pull_request_review.edited',
    'pull_request_review.dismissed',
  ]);
  await ends(github);
});

test('a merge group lands only with the required check on its own head', async () => {
  const { github, acme, told } = await world();
  const eng = github.person('octo-eng');
  const prs = ['a', 'b'].map((branch) => eng.opensPullRequest({ title: branch, branch }));
  told();
  const group = eng.enqueues(prs);
  expect(told()).toEqual(['pull_request.enqueued', 'pull_request.enqueued', 'merge_group.checks_requested']);
  expect(eng.lands(group)).toMatchObject({ merged: false });
  acme.shop.requiredChecks = [];
  expect(eng.lands(group)).toMatchObject({ merged: true });
  expect(prs.map((pr) => pr.state)).toEqual(['closed', 'closed']);
  expect(acme.shop.commits.get(acme.shop.branches.get('main') ?? '')?.files.has('b.txt')).toBe(true);
  await ends(github);
});

test('who renames themselves keeps their id, and their old login is nobody', async () => {
  const { github } = await world();
  const pm = github.person('octo-pm');
  const id = pm.user.id;
  pm.renames('octo-boss');
  expect(github.person('octo-boss').user.id).toBe(id);
  expect(() => github.person('octo-pm')).toThrow('nobody');
  await ends(github);
});

test('an owner changes teams and the installation, and the app hears of it', async () => {
  const { github, acme, told } = await world();
  const admin = github.person('octo-admin');
  admin.addsToTeam(acme.engineers, 'octo-qa', 'pending');
  admin.addsToTeam(acme.engineers, 'octo-qa');
  admin.removesFromTeam(acme.engineers, 'octo-qa');
  admin.renamesTeam(acme.managers, 'Bosses');
  admin.deletesTeam(acme.managers);
  admin.removesRepositories(acme.installation, acme.shop);
  github.person('octo-pm').opensIssue({ title: 'unheard' });
  admin.addsRepositories(acme.installation, acme.shop);
  admin.suspends(acme.installation);
  admin.unsuspends(acme.installation);
  admin.uninstalls(acme.installation);
  admin.installs(acme.org);
  expect(told()).toEqual([
    'membership.added',
    'membership.removed',
    'team.edited',
    'team.deleted',
    'installation_repositories.removed',
    'installation_repositories.added',
    'installation.suspend',
    'installation.unsuspend',
    'installation.deleted',
    'installation.created',
  ]);
  await ends(github);
});

test('an issue moved to another repository opens there under a new id', async () => {
  const { github, acme, told } = await world();
  const other = addRepository(github.hub, { owner: acme.org, name: 'depot' });
  const pm = github.person('octo-pm');
  const issue = pm.opensIssue({ title: 'wrong place' });
  const moved = pm.transfersIssue(issue, other);
  expect(told()).toEqual(['issues.opened', 'issues.transferred', 'issues.opened']);
  expect([moved.repoId, moved.id === issue.id]).toEqual([other.id, false]);
  await ends(github);
});
