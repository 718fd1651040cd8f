/** A role lost unheard, and somebody else's command that makes the gate look again: whose word stands is asked anew (threats T26, T32). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silence } from '../../stories/level-scene.ts';
import { freshBranch, holdsAtTheEnd } from '../../stories/pull-requests-scene.ts';
import { acmeConfig } from '../../world/github/world.ts';
import { openPlay, type Play } from '../../world/play.ts';

const kept = `name: kept
stages:
  - stage: one
    role: ENGINEER
    action: a
  - stage: two
    role: ENGINEER
    action: b
    approval_gate: gate
    approvers: [ENGINEERING_MANAGER]
    approval: { criteria: [it is known], veto: [QA_LEAD], waivers: [VP_PRODUCT] }
`;

/** octo-em holds what both gates ask for; each asks for somebody else too, or waits for a merge. */
const apart = `name: apart
stages:
  - stage: left
    role: ENGINEER
    action: a
    approval_gate: left_gate
    approvers: [VP_PRODUCT, SRE]
  - stage: right
    role: ENGINEER
    action: b
    approval_gate: right_gate
    approvers: [ENGINEERING_MANAGER]
`;

let play: Play;
beforeAll(async () => {
  play = await openPlay({
    files: { '.github/gatehouse/kept.yml': kept, '.github/gatehouse/apart.yml': apart },
    config: acmeConfig().replace('["octo-vpp"]', '[octo-vpp, octo-em]'),
  });
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await play.ends();
});

/** `two` is submitted with a pull request, and octo-em2 will have said yes as one of the managers. */
const scene = async () => {
  await play.starts('kept');
  const [one, two] = [play.stage('one'), play.stage('two')];
  const eng = play.person('octo-eng');
  play.person('octo-admin').addsToTeam(play.acme.managers, 'octo-em2', 'active');
  await play.settles();
  eng.says(one, '/claim');
  eng.says(two, '/claim');
  eng.says(two, '/submit');
  await play.settles();
  return { one, two, eng };
};

/** octo-em2 is no manager any more, and no webhook says so. */
const leaves = (): void => {
  const heard = silence(play);
  play.person('octo-admin').removesFromTeam(play.acme.managers, 'octo-em2');
  heard();
};

test.each([
  ['ticked', 'octo-eng', '/check 1', ''],
  ['waived', 'octo-vpp', '/waive 1 we know it', ''],
  ['resolved', 'octo-qalead', '/resolve c1', '/concern it smells'],
])(
  'T32: what is %s last does not pass a gate on the word of somebody who has lost the role',
  async (_, who, words, before) => {
    const { two } = await scene();
    if (before !== '') {
      await play.says('octo-qalead', two, before);
      await play.says('octo-eng', two, '/check 1');
    }
    await play.says('octo-em2', two, '/approve');
    expect(play.state('two')).toBe('in-review');
    leaves();
    const { reactions } = await play.says(who, two, words);
    expect(reactions).toEqual(['+1']);
    expect(play.state('two')).toBe('in-review');
  },
);

test('T32: an approval that waited for another stage counts for nothing when its giver lost the role meanwhile', async () => {
  const { one, two } = await scene();
  await play.says('octo-eng', two, '/check 1');
  await play.says('octo-em2', two, '/approve if one is done');
  expect(play.state('two')).toBe('in-review');
  leaves();
  await play.says('octo-eng', one, '/submit');
  expect(play.state('one')).toBe('done');
  expect(play.state('two')).toBe('in-review');
});

test('T32: the last unapproved pull request is closed, and the approval of the other was of somebody who lost the role', async () => {
  const { two, eng } = await scene();
  await play.says('octo-eng', two, '/check 1');
  const [first, second] = [freshBranch(), freshBranch()].map((branch) =>
    eng.opensPullRequest({ title: 'Work', body: `Stage: #${two.number}`, branch }),
  );
  await play.settles();
  if (first === undefined || second === undefined) throw new Error('no pull requests');
  play.person('octo-em2').reviews(first, 'APPROVED', 'fine');
  await play.settles();
  leaves();
  eng.closesPullRequest(second);
  await play.settles();
  expect(play.check(first)?.conclusion).not.toBe('success');
});

test('T32: whoever approved two stages keeps both approvals when only one of them is asked about', async () => {
  await play.starts('apart');
  const [left, right] = [play.stage('left'), play.stage('right')];
  const eng = play.person('octo-eng');
  for (const stage of [left, right]) eng.says(stage, '/claim\n/submit');
  const pull = eng.opensPullRequest({
    title: 'Work',
    body: `Stage: #${right.number}`,
    branch: freshBranch(),
  });
  await play.settles();
  await play.says('octo-em', right, '/approve');
  expect(play.check(pull)?.conclusion).toBe('success');
  await play.says('octo-em', left, '/approve');
  await play.says('octo-sre', left, '/approve');
  expect(play.state('left')).toBe('done');
  expect(play.check(pull)?.conclusion).toBe('success');
});
