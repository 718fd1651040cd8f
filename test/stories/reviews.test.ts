/** Reviews and /approve on pull requests: whose word counts, for which commit, and what takes it back (contract §4). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  play.github.faults.clear();
  holdsAtTheEnd(play);
  await play.ends();
});

const em = () => play.person('octo-em');
const eng = () => play.person('octo-eng');

test('an approving review passes the gate, and a dismissal takes it back', async () => {
  const { pull } = await submitted(play);
  const review = em().reviews(pull, 'APPROVED');
  await play.settles();
  expect(verdict(play, pull)).toBe('success');
  em().dismisses(review);
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  expect(em().merges(pull).merged).toBe(false);
});

test('requested changes send the stage back to its claimant with the review’s text', async () => {
  const { stage, pull } = await submitted(play);
  em().reviews(pull, 'CHANGES_REQUESTED', 'The total is wrong for France.');
  await play.settles();
  expect(play.state('2_build')).toBe('in-progress');
  expect(verdict(play, pull)).toBe('failure');
  expect(told(play, pull)).toContain('The total is wrong for France.');
  expect(stage.body).toContain('The total is wrong for France.');
  await play.says('octo-eng', stage, '/submit');
  expect(verdict(play, pull)).toBe('in_progress');
  em().reviews(pull, 'APPROVED');
  await play.settles();
  expect(verdict(play, pull)).toBe('success');
});

test('a review given before the stage is submitted is kept, and counts when it is', async () => {
  const { stage, pull } = await building(play);
  em().reviews(pull, 'APPROVED');
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  const early = await play.says('octo-em', stage, '/approve');
  expect(early.reactions).toEqual(['confused']);
  expect(early.replies[0]).toContain('/submit');
  await play.says('octo-eng', stage, '/submit');
  expect(verdict(play, pull)).toBe('success');
});

test('a review given before the pull request was linked counts too', async () => {
  const { stage, pull } = await building(play, 'no word of a stage');
  em().reviews(pull, 'APPROVED');
  await play.settles();
  await play.says('octo-eng', pull, `/link #${stage.number}`);
  await play.says('octo-eng', stage, '/submit');
  expect(verdict(play, pull)).toBe('success');
});

test('requested changes from before the submission reject it as soon as it is submitted', async () => {
  const { stage, pull } = await building(play);
  em().reviews(pull, 'CHANGES_REQUESTED', 'Not like this.');
  await play.settles();
  await play.says('octo-eng', stage, '/submit');
  expect(play.state('2_build')).toBe('in-progress');
  expect(verdict(play, pull)).toBe('failure');
});

test('a review of an older commit counts for nothing, and a push takes the green away at once', async () => {
  const { pull } = await submitted(play);
  const old = pull.pull?.headSha ?? '';
  em().reviews(pull, 'APPROVED');
  await play.settles();
  expect(verdict(play, pull)).toBe('success');
  const pushedAt = Date.now();
  eng().pushes(pull);
  expect(em().merges(pull).merged).toBe(false);
  while (verdict(play, pull) !== 'in_progress' && Date.now() - pushedAt < 5_000)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(Date.now() - pushedAt).toBeLessThan(2_000);
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  expect(told(play, pull)).toContain('older commit');
  em().reviews(pull, 'APPROVED', '', { commit: old });
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  em().reviews(pull, 'APPROVED');
  await play.settles();
  expect(verdict(play, pull)).toBe('success');
});

describe('whoever had a hand in it never approves it', () => {
  // octo-em2 is a manager by team; in each row they did something to the pull request.
  const deeds: readonly [string, (pull: Awaited<ReturnType<typeof building>>['pull']) => void][] = [
    ['a commit of theirs', (pull) => eng().pushes(pull, { author: 'octo-em2', committer: 'octo-eng' })],
    ['a commit they committed', (pull) => eng().pushes(pull, { author: 'octo-eng', committer: 'octo-em2' })],
    [
      'a push of theirs, whatever names its commits bear',
      (pull) => play.person('octo-em2').pushes(pull, { author: 'octo-eng', committer: 'octo-eng' }),
    ],
    [
      'a trailer that calls them co-author',
      (pull) => {
        const { id } = play.person('octo-em2').user;
        const trailer = `Co-authored-by: EM <${id}+octo-em2@users.noreply.github.com>`;
        eng().pushes(pull, { message: `pair work\n\n${trailer}` });
      },
    ],
  ];
  test.each(deeds)('%s', async (_, deed) => {
    const { pull, stage } = await building(play);
    deed(pull);
    await play.settles();
    await play.says('octo-eng', stage, '/submit');
    play.person('octo-em2').reviews(pull, 'APPROVED');
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
    const said = await play.says('octo-em2', stage, `/approve ${pull.pull?.headSha}`);
    expect(said.reactions).toEqual(['confused']);
    expect(verdict(play, pull)).toBe('in_progress');
    em().reviews(pull, 'APPROVED');
    await play.settles();
    expect(verdict(play, pull)).toBe('success');
  });

  test('nor the one who opened it, nor the one who claimed the stage', async () => {
    await play.starts('pair');
    const stage = play.stage('1_both');
    await play.says('octo-eng', stage, '/claim');
    const pull = em().opensPullRequest({
      title: 'By the manager',
      body: `Stage: #${stage.number}`,
      branch: freshBranch(),
    });
    await play.settles();
    await play.says('octo-eng', stage, '/submit');
    expect((await play.says('octo-em', stage, '/approve')).reactions).toEqual(['confused']);
    expect((await play.says('octo-eng', stage, '/approve')).reactions).toEqual(['confused']);
    expect((await play.says('octo-em2', stage, '/approve')).reactions).toEqual(['+1']);
    expect(verdict(play, pull)).toBe('in_progress');
    play.person('octo-qalead').reviews(pull, 'APPROVED');
    await play.settles();
    expect(verdict(play, pull)).toBe('success');
  });
});

test('a colleague without a role reviews in peace: nothing counts, and nobody is nagged', async () => {
  const { stage, pull } = await submitted(play);
  const before = [...play.comments(pull), ...play.comments(stage)].length;
  play.person('octo-growth').reviews(pull, 'APPROVED', 'nice');
  play.person('octo-support').reviews(pull, 'CHANGES_REQUESTED', 'a typo');
  play.person('octo-sre').reviews(pull, 'COMMENTED', '/approve');
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  expect(play.state('2_build')).toBe('in-review');
  expect([...play.comments(pull), ...play.comments(stage)]).toHaveLength(before);
});

describe('an opinion somebody has replaced or lost never comes back', () => {
  test('dismissing requested changes does not revive the approval before them', async () => {
    const { stage, pull } = await building(play);
    em().reviews(pull, 'APPROVED');
    const no = em().reviews(pull, 'CHANGES_REQUESTED', 'wait');
    await play.settles();
    em().dismisses(no);
    await play.settles();
    await play.says('octo-eng', stage, '/submit');
    expect(verdict(play, pull)).toBe('in_progress');
  });

  test('a rejection voids the approvals before it, also after the next submission', async () => {
    const { stage, pull } = await submitted(play);
    em().reviews(pull, 'APPROVED');
    await play.settles();
    await play.says('octo-em2', stage, '/reject look again');
    await play.says('octo-eng', stage, '/submit');
    expect(verdict(play, pull)).toBe('in_progress');
    const review = pull.pull?.reviews[0];
    if (review !== undefined) em().editsReview(review, 'still fine');
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
  });

  test('a dismissal that arrives before the review it dismisses', async () => {
    const { pull } = await submitted(play);
    play.github.faults.webhooks.push({
      event: 'pull_request_review',
      action: 'submitted',
      fate: 'reordered',
    });
    const review = em().reviews(pull, 'APPROVED');
    em().dismisses(review);
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
  });

  test('requested changes that arrive before the approval they replace', async () => {
    const { pull } = await submitted(play);
    play.github.faults.webhooks.push({
      event: 'pull_request_review',
      action: 'submitted',
      fate: 'reordered',
    });
    em().reviews(pull, 'APPROVED');
    em().reviews(pull, 'CHANGES_REQUESTED', 'on second thought');
    await play.settles();
    expect(verdict(play, pull)).toBe('failure');
  });

  test('a replay of an old review under a new delivery id', async () => {
    const { pull } = await submitted(play);
    const review = em().reviews(pull, 'APPROVED');
    await play.settles();
    const old = play.github.deliveries.findLast((one) => one.event === 'pull_request_review');
    em().dismisses(review);
    await play.settles();
    if (old === undefined) throw new Error('no delivery');
    const { action, review: seen, pull_request } = old.payload;
    const body = { review: seen, pull_request };
    play.github.hub.announce({
      event: 'pull_request_review',
      action: String(action),
      sender: em().user,
      repo: play.acme.shop,
      body,
    });
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
  });
});

describe('/approve without a commit means what the check showed', () => {
  test('T12: a push between the comment and its reading is refused, and the new head is named', async () => {
    const { stage, pull } = await submitted(play);
    play.github.faults.webhooks.push({ event: 'issue_comment', action: 'created', fate: { late: 120 } });
    const comment = em().says(stage, '/approve');
    eng().pushes(pull);
    await play.settles();
    expect(play.reactions(comment)).toEqual(['confused']);
    const head = pull.pull?.headSha ?? '';
    const reply = play.comments(stage).at(-1)?.body ?? '';
    expect(reply).toContain(head.slice(0, 7));
    expect(verdict(play, pull)).toBe('in_progress');
    expect((await play.says('octo-em', stage, `/approve ${head.slice(0, 7)}`)).reactions).toEqual(['+1']);
    expect(verdict(play, pull)).toBe('success');
  });

  test('a push whose webhook is late or lost is noticed all the same', async () => {
    const { stage, pull } = await submitted(play);
    play.github.faults.webhooks.push({ event: 'pull_request', action: 'synchronize', fate: 'lost' });
    play.github.faults.webhooks.push({ event: 'push', fate: 'lost' });
    eng().pushes(pull);
    const said = await play.says('octo-em', stage, '/approve');
    expect(said.reactions).toEqual(['confused']);
    expect(said.replies[0]).toContain((pull.pull?.headSha ?? '').slice(0, 7));
    expect(play.state('2_build')).toBe('in-review');
    expect(verdict(play, pull)).toBe('in_progress');
  });

  test('T12: a push while GitHub is slow to answer is not approved unseen', async () => {
    const { stage, pull } = await submitted(play);
    play.github.faults.requests.push({
      method: 'GET',
      path: new RegExp(`/pulls/${pull.number}$`),
      fate: { delay: 150 },
    });
    em().says(stage, '/approve');
    await new Promise((resolve) => setTimeout(resolve, 60));
    eng().pushes(pull);
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
    expect(em().merges(pull).merged).toBe(false);
  });

  test('a commit that is not the head is refused', async () => {
    const { stage, pull } = await submitted(play);
    const old = pull.pull?.headSha ?? '';
    eng().pushes(pull);
    await play.settles();
    const said = await play.says('octo-em', stage, `/approve ${old}`);
    expect(said.reactions).toEqual(['confused']);
    expect(said.replies[0]).toContain((pull.pull?.headSha ?? '').slice(0, 7));
    expect(verdict(play, pull)).toBe('in_progress');
  });

  test('T40: deleting or editing the comment that approved takes the approval back', async () => {
    const { stage, pull } = await submitted(play);
    const { comment } = await play.says('octo-em', stage, '/approve');
    expect(verdict(play, pull)).toBe('success');
    em().edits(comment, 'hm, no');
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
    const again = await play.says('octo-em', stage, '/approve');
    expect(verdict(play, pull)).toBe('success');
    em().deletes(again.comment);
    await play.settles();
    expect(verdict(play, pull)).toBe('in_progress');
  });
});

test('T26, T32: an approver who leaves the team before the gate is passed no longer counts', async () => {
  const boss = play.person('octo-admin');
  await play.starts('pair');
  const stage = play.stage('1_both');
  await play.says('octo-eng', stage, '/claim');
  const pull = eng().opensPullRequest({
    title: 'Ours',
    body: `Stage: #${stage.number}`,
    branch: freshBranch(),
  });
  await play.settles();
  await play.says('octo-eng', stage, '/submit');
  play.person('octo-em2').reviews(pull, 'APPROVED');
  await play.settles();
  expect(told(play, pull)).toMatch(/approved by[^\n]*octo-em2/);
  boss.removesFromTeam(play.acme.managers, 'octo-em2');
  await play.settles();
  expect(told(play, pull)).not.toMatch(/approved by[^\n]*octo-em2/);
  play.person('octo-qalead').reviews(pull, 'APPROVED');
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
  boss.addsToTeam(play.acme.managers, 'octo-em2', 'pending');
  await play.settles();
  expect(verdict(play, pull)).toBe('in_progress');
});

test('an approval that was replaced and whose replacement was dismissed does not come back with a later link', async () => {
  const { stage, pull } = await building(play, 'no word of a stage');
  em().reviews(pull, 'APPROVED');
  em().dismisses(em().reviews(pull, 'CHANGES_REQUESTED', 'wait'));
  await play.settles();
  await play.says('octo-eng', pull, `/link #${stage.number}`);
  await play.says('octo-eng', stage, '/submit');
  expect(verdict(play, pull)).toBe('in_progress');
});
