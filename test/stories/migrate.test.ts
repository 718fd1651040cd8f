/** `/migrate` on a running epic: shown first, done as shown, refused where the file moved or something begun would be lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import { openPlay, type Play } from '../world/play.ts';

const path = '.github/gatehouse/plan.yml';
const stageText = (key: string, more: string): string =>
  `  - stage: ${key}\n    role: PRODUCT_MANAGER\n    action: do_${key}\n${more}`;
const gate = (approvers: string): string => `    approval_gate: review\n    approvers: [${approvers}]\n`;
const file = (...stages: readonly string[]): string => `name: plan\nstages:\n${stages.join('')}`;

const first = file(
  stageText('1_define', gate('VP_PRODUCT')),
  stageText('2_build', `    depends_on: [1_define]\n${gate('ENGINEERING_MANAGER, VP_PRODUCT')}`),
  stageText('3_extra', '    depends_on: [2_build]\n'),
  stageText('4_tell', '    depends_on: [2_build, 3_extra]\n'),
);
const second = file(
  stageText('1_define', gate('ENGINEERING_MANAGER')),
  stageText('2_build', `    depends_on: [1_define]\n${gate('VP_PRODUCT')}`),
  stageText('2b_legal', '    depends_on: [1_define]\n'),
  stageText('4_tell', '    depends_on: [2_build, 2b_legal]\n'),
);
const third = second.replace('do_4_tell', 'announce');
const withoutBuild = file(stageText('1_define', gate('ENGINEERING_MANAGER')), stageText('4_tell', ''));

let play: Play;
let epic: Issue;
beforeAll(async () => {
  play = await openPlay({ files: { [path]: first } });
  epic = await play.starts('plan');
  const define = play.stage('1_define');
  for (const word of ['/claim', '/submit']) await play.says('octo-pm', define, word);
  await play.says('octo-vpp', define, '/approve');
  const build = play.stage('2_build');
  for (const word of ['/claim', '/submit']) await play.says('octo-pm', build, word);
  await play.says('octo-vpp', build, '/approve');
}, 60_000);
afterAll(() => play.ends());

const push = async (text: string): Promise<void> => {
  play.person('octo-admin').pushesFile(path, text);
  await play.settles();
};
const digestIn = (text = ''): string => /`\/migrate ([0-9a-f]{16})`/.exec(text)?.[1] ?? 'no digest';

test('nothing has changed in the file: the answer says so, and no line is offered that would do nothing', async () => {
  const said = await play.says('octo-pm', epic, '/migrate');
  expect(said.reactions).toEqual(['+1']);
  expect(said.replies.join()).toContain('nothing would change');
});

test('somebody without the right is told who has it, and is shown nothing', async () => {
  const said = await play.says('octo-eng', epic, '/migrate');
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies.join()).toContain('who opened the epic');
});

test('words after it are refused with what to type', async () => {
  const said = await play.says('octo-pm', epic, '/migrate now please');
  expect(said.replies.join()).toContain('`/migrate` alone shows');
});

let shown = '';
test('what would change is shown before anything does', async () => {
  const before = play.checklist().body;
  await push(second);
  const said = await play.says('octo-pm', play.checklist(), '/migrate');
  expect(said.reactions).toEqual(['+1']);
  expect(said.replies).toHaveLength(1);
  const [text = ''] = said.replies;
  expect(text).toContain('Nothing is changed yet');
  expect(text).toContain('new: `2b_legal`');
  expect(text).toContain(`gone: \`3_extra\` (#${play.stage('3_extra').number})`);
  expect(text).toContain('`approvers`: `ENGINEERING_MANAGER, VP_PRODUCT` → `VP_PRODUCT`');
  expect(text).toContain('`1_define` is done: it stays as it was');
  expect(text).toContain('what `octo-vpp` said for the old one no longer counts');
  shown = digestIn(text);
  expect(play.checklist().body).toBe(before);
});

test('the file moved after it was shown: refused, and shown again as it is now', async () => {
  await push(third);
  const said = await play.says('octo-pm', epic, `/migrate ${shown}`);
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies).toHaveLength(1);
  expect(said.replies.join()).toContain('is not what you were shown');
  expect(said.replies.join()).toContain('`action`: `do_4_tell` → `announce`');
  expect(digestIn(said.replies.join())).not.toBe(shown);
  expect(play.state('2_build')).toBe('in-review');
});

test('a begun stage would disappear: refused with what clears the way', async () => {
  await push(withoutBuild);
  const looked = await play.says('octo-pm', epic, '/migrate');
  expect(looked.replies.join()).toContain('`/skip 2_build <why>`');
  expect(digestIn(looked.replies.join())).toBe('no digest');
  const digest = /digest `([0-9a-f]{16})`/.exec(looked.replies.join())?.[1] ?? '';
  const said = await play.says('octo-em', epic, `/migrate ${digest}`);
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies.join()).toContain('What stands in the way');
});

test('a broken file is answered with its problems, and the epic goes on as it was', async () => {
  await push('name: plan\nstages: nothing\n');
  const said = await play.says('octo-pm', epic, '/migrate');
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies.join()).toContain('plan.yml:2:9');
  expect(play.state('2_build')).toBe('in-review');
});

test('done as shown: the done stays done, the new gets an issue, the gone is closed, and voided approvals are told once', async () => {
  const gone = play.stage('3_extra');
  await push(second);
  const looked = await play.says('octo-pm', epic, '/migrate');
  const said = await play.says('octo-pm', epic, `/migrate ${digestIn(looked.replies.join())}`);
  expect(said.reactions).toEqual(['+1']);
  expect(said.replies.join()).toContain('from now on');
  expect(play.state('1_define')).toBe('done');
  expect(play.state('2_build')).toBe('in-review');
  expect(play.state('2b_legal')).toBe('ready');
  expect(gone.state).toBe('closed');
  expect(gone.body).toContain('Taken out of the workflow');
  expect(play.checklist().body).not.toContain('3_extra');
  expect(play.checklist().body).toContain('2b_legal');
  const told = play.comments(play.stage('2_build')).filter((one) => one.body.includes('no longer counts'));
  expect(told).toHaveLength(1);
  expect(told[0]?.body).toContain('@octo-vpp');
  expect(play.stage('4_tell').blockedBy).toEqual([play.stage('2_build').id, play.stage('2b_legal').id]);
  expect((await play.says('octo-em', play.stage('2_build'), '/approve')).reactions).toEqual(['confused']);
});

test('what was taken out understands no commands, and says so', async () => {
  const gone = play.stage('3_extra');
  const said = await play.says('octo-pm', gone, '/claim');
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies.join()).toContain('has no stage `3_extra`');
  expect((await play.says('octo-pm', gone, '/why')).replies.join()).toContain('2_build');
});

test('after a restart of the house the epic still runs what it was moved to, and comes to its end', async () => {
  await play.house.stop();
  await play.house.start();
  play.github.webhookTarget = play.house.webhooks;
  await play.says('octo-vpp', play.stage('2_build'), '/approve');
  for (const key of ['2b_legal', '4_tell'])
    for (const word of ['/claim', '/submit']) await play.says('octo-pm', play.stage(key), word);
  expect(epic.state).toBe('closed');
  expect(play.github.violations).toEqual([]);
});
