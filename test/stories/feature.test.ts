/** The main job: a product manager labels an issue, and six people take it from a PRD to its launch. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlay, type Play } from '../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
});
afterAll(() => play.ends());

test('a team that follows the feature workflow gets from label to launch, and only in that order', async () => {
  const epic = await play.starts('feature');
  expect(play.checklist().title).toBe('[feature] Faster checkout');
  expect(play.state('1_define')).toBe('ready');
  expect(play.state('2_design')).toBe('waiting');

  const early = await play.says('octo-designer', play.stage('2_design'), '/claim');
  expect(early.reactions).toEqual(['confused']);
  expect(early.replies).toHaveLength(1);
  expect(early.replies[0]).toContain('1_define');

  const roles = [
    ['1_define', 'octo-pm', ['octo-em']],
    ['2_design', 'octo-designer', ['octo-pm']],
  ] as const;
  for (const [key, doer, approvers] of roles) {
    expect((await play.says(doer, play.stage(key), '/claim')).reactions).toEqual(['+1']);
    expect(play.state(key)).toBe('in-progress');
    await play.says(doer, play.stage(key), '/submit');
    expect(play.state(key)).toBe('in-review');
    for (const approver of approvers) await play.says(approver, play.stage(key), '/approve');
    expect(play.state(key)).toBe('done');
    expect(play.stage(key).state).toBe('closed');
  }

  const eng = play.person('octo-eng');
  await play.says('octo-eng', play.stage('3_implement'), '/claim');
  const stage = play.stage('3_implement');
  const pull = eng.opensPullRequest({
    title: 'Checkout in one step',
    body: `Stage: #${stage.number}`,
    branch: 'fast',
  });
  await play.settles();
  expect(play.check(pull)?.status).toBe('in_progress');
  expect(play.person('octo-em').merges(pull).merged).toBe(false);
  await play.says('octo-eng', stage, '/submit');
  play.person('octo-em').reviews(pull, 'APPROVED');
  await play.settles();
  expect(play.check(pull)?.conclusion).toBe('success');
  expect(play.state('3_implement')).toBe('in-review');
  expect(play.person('octo-em').merges(pull).merged).toBe(true);
  await play.settles();
  expect(play.state('3_implement')).toBe('done');

  await play.says('octo-qa', play.stage('4_qa'), '/claim');
  await play.says('octo-qa', play.stage('4_qa'), '/submit');
  await play.says('octo-qalead', play.stage('4_qa'), '/approve');
  await play.says('octo-pm', play.stage('5_release_approval'), '/claim');
  await play.says('octo-pm', play.stage('5_release_approval'), '/submit go');
  await play.says('octo-vpp', play.stage('5_release_approval'), '/approve');
  expect(play.state('5_release_approval')).toBe('in-review');
  await play.says('octo-em', play.stage('5_release_approval'), '/approve');
  expect(play.state('5_release_approval')).toBe('done');
  await play.says('octo-growth', play.stage('6_launch'), '/claim');
  await play.says('octo-growth', play.stage('6_launch'), '/submit');
  expect(play.state('6_launch')).toBe('done');
  expect(play.checklist().state).toBe('closed');
  expect(epic.state).toBe('closed');
  expect(play.github.violations).toEqual([]);
});
