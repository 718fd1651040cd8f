/** Contract §4's table, row by row: accepted with a thumb, refused with one reply that says why, who and what to type. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlay, type Play, type Said } from '../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
});
afterAll(async () => {
  expect(play.github.violations).toEqual([]);
  await play.ends();
});

const accepted = (said: Said, replies = 0): void => {
  expect(said.reactions).toEqual(['+1']);
  expect(said.replies).toHaveLength(replies);
};

const refused = (said: Said, why: RegExp): void => {
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies).toHaveLength(1);
  expect(said.replies[0]).toMatch(why);
};

const on = (key: string) => play.stage(key);

test('/claim, /release: the role takes a stage and gives it back, nobody else does', async () => {
  await play.starts('feature');
  refused(await play.says('octo-eng', on('1_define'), '/claim'), /PRODUCT_MANAGER.*octo-pm/);
  refused(await play.says('octo-designer', on('2_design'), '/claim'), /1_define.*ready/s);
  accepted(await play.says('octo-pm', on('1_define'), '/gatehouse claim'));
  expect(on('1_define').assignees).toEqual([play.person('octo-pm').user.id]);
  refused(await play.says('octo-pm', on('1_define'), '/claim'), /already claimed/);
  refused(await play.says('octo-eng', on('1_define'), '/release'), /claimed by `octo-pm`/);
  accepted(await play.says('octo-pm', on('1_define'), '/release lunch'));
  expect(play.state('1_define')).toBe('ready');
  expect(on('1_define').assignees).toEqual([]);
});

test('/submit, /reject, /approve: in order, by the right people, with reasons', async () => {
  refused(await play.says('octo-pm', on('1_define'), '/submit'), /\/claim/);
  await play.says('octo-pm', on('1_define'), '/claim');
  refused(await play.says('octo-em', on('1_define'), '/approve'), /submitted/);
  refused(await play.says('octo-eng', on('1_define'), '/submit'), /octo-pm/);
  accepted(await play.says('octo-pm', on('1_define'), '/submit the PRD is ready'));
  refused(await play.says('octo-qa', on('1_define'), '/approve'), /ENGINEERING_MANAGER/);
  refused(await play.says('octo-em', on('1_define'), '/reject'), /reason/);
  refused(await play.says('octo-qa', on('1_define'), '/reject no'), /ENGINEERING_MANAGER/);
  accepted(await play.says('octo-em', on('1_define'), '/reject what about refunds'));
  expect(play.state('1_define')).toBe('in-progress');
  await play.says('octo-pm', on('1_define'), '/submit');
  accepted(await play.says('octo-em2', on('1_define'), '/approve'));
  expect(play.state('1_define')).toBe('done');
  refused(await play.says('octo-em', on('1_define'), '/approve'), /done/);
});

test('/block, /unblock, /evidence: recorded on the stage by those it concerns', async () => {
  await play.says('octo-designer', on('2_design'), '/claim');
  refused(await play.says('octo-eng', on('2_design'), '/block no'), /PRODUCT_DESIGNER/);
  refused(await play.says('octo-designer', on('2_design'), '/block'), /reason/);
  refused(await play.says('octo-designer', on('2_design'), '/unblock'), /not blocked/);
  accepted(await play.says('octo-designer', on('2_design'), '/block the icons are missing'), 1);
  expect(play.state('2_design')).toBe('blocked');
  refused(await play.says('octo-designer', on('2_design'), '/submit'), /blocked/);
  accepted(await play.says('octo-pm', on('2_design'), '/unblock'));
  accepted(await play.says('stranger', on('2_design'), '/evidence'), 1);
  refused(await play.says('octo-eng', on('2_design'), '/evidence x'), /PRODUCT_DESIGNER/);
  accepted(await play.says('octo-designer', on('2_design'), '/evidence the mockups of Monday'));
  expect(on('2_design').body).toContain('the mockups of Monday');
});

test('/pause, /resume: nothing moves meanwhile', async () => {
  refused(await play.says('octo-eng', play.checklist(), '/pause'), /octo-pm/);
  refused(await play.says('octo-pm', play.checklist(), '/resume'), /not paused/);
  accepted(await play.says('octo-pm', play.checklist(), '/pause holidays'));
  refused(await play.says('octo-designer', on('2_design'), '/submit'), /paused/);
  accepted(await play.says('octo-em', play.checklist(), '/resume'));
});

test('T35: /override, /skip: only who may, with a reason, and marked as such', async () => {
  await play.says('octo-designer', on('2_design'), '/submit');
  refused(await play.says('octo-pm', on('2_design'), '/override now'), /ENGINEERING_MANAGER/);
  refused(await play.says('octo-em', on('2_design'), '/override'), /reason/);
  accepted(await play.says('octo-em', on('2_design'), '/override the board wants it'));
  expect(play.state('2_design')).toBe('done');
  expect(play.checklist().body).toContain('OVERRIDDEN');
  refused(await play.says('octo-pm', on('3_implement'), '/skip x'), /ENGINEERING_MANAGER/);
  accepted(await play.says('octo-em', on('3_implement'), '/skip bought it'));
  expect(play.state('3_implement')).toBe('skipped');
  expect(play.state('4_qa')).toBe('ready');
});

test('/status, /why, /help: anybody is answered in one comment', async () => {
  accepted(await play.says('stranger', play.checklist(), '/status'), 1);
  const why = await play.says('stranger', on('4_qa'), '/why');
  accepted(why, 1);
  expect(why.replies[0]).toMatch(/QA_ENGINEER.*octo-qa.*\/claim/s);
  const help = await play.says('stranger', on('4_qa'), '/help');
  accepted(help, 1);
  expect(help.replies[0]).toContain('/approve');
});

test('/link: on a pull request, to a stage issue, by somebody with write', async () => {
  const pull = play.person('octo-qa').opensPullRequest({ title: 'Fix', body: '', branch: 'fix' });
  await play.settles();
  refused(await play.says('stranger', pull, `/link #${on('4_qa').number}`), /write access/);
  refused(await play.says('octo-qa', on('4_qa'), `/link #${on('4_qa').number}`), /pull request/);
  accepted(await play.says('octo-qa', pull, `/link #${on('4_qa').number}`));
  expect(play.check(pull)?.status).toBe('in_progress');
});

test('T40, T42, T43: what is not a command is left alone: code, quotes, comments, edits, strangers’ bots, other bots’ words', async () => {
  for (const text of [
    '```\n/claim\n```',
    '> /claim',
    '<!-- /claim -->',
    '`/claim`',
    'please /claim',
    '/lgtm',
    '/retest',
  ]) {
    const said = await play.says('octo-qa', on('4_qa'), text);
    expect([text, said.reactions, said.replies]).toEqual([text, [], []]);
  }
  const said = await play.says('octo-qa', on('4_qa'), 'hello');
  play.person('octo-qa').edits(said.comment, '/claim');
  await play.settles();
  expect(play.state('4_qa')).toBe('ready');
  refused(await play.says('octo-qa', on('4_qa'), '/claimm'), /\/claim/);
});

test('several commands in one comment run in order, and a stage can be named from the checklist', async () => {
  const said = await play.says('octo-qa', play.checklist(), '/claim 4_qa\n/submit 4_qa all green');
  expect(said.replies).toEqual([]);
  expect(play.state('4_qa')).toBe('in-review');
});

test('/cancel: by the author or an overrider, with a reason; it ends everything', async () => {
  refused(await play.says('octo-eng', play.checklist(), '/cancel no'), /octo-pm/);
  refused(await play.says('octo-pm', play.checklist(), '/cancel'), /reason/);
  accepted(await play.says('octo-pm', play.checklist(), '/cancel other plans'));
  expect(play.checklist().state).toBe('closed');
  refused(await play.says('octo-qa', on('4_qa'), '/submit'), /cancelled/);
});
