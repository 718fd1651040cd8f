/** Signals as people send and see them: parts paused, an emergency stop, questions, priority, added stages (requirements SG). */
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

const accepted = (said: Said, ...replies: readonly RegExp[]): void => {
  expect(said.reactions).toEqual(['+1']);
  expect(said.replies).toHaveLength(replies.length);
  replies.forEach((reply, at) => {
    expect(said.replies[at]).toMatch(reply);
  });
};

const refused = (said: Said, why: RegExp): void => {
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies).toHaveLength(1);
  expect(said.replies[0]).toMatch(why);
};

const on = (key: string) => play.stage(key);

test('blockers have names: one of two is lifted, and the issue says which is left', async () => {
  await play.starts('feature');
  accepted(
    await play.says('octo-pm', on('1_define'), '/addBlocker legal has not answered'),
    /`b1`.*\/unblock b1/,
  );
  accepted(await play.says('octo-em', on('1_define'), '/add-blocker no budget'), /`b2`/);
  refused(await play.says('octo-pm', on('1_define'), '/unblock'), /`b1` by `octo-pm`.*`b2` by `octo-em`/);
  accepted(await play.says('octo-pm', on('1_define'), '/removeBlocker b1'));
  expect(on('1_define').body).toMatch(/`b2` `octo-em`.*no budget/);
  expect(on('1_define').body).not.toContain('legal');
  accepted(await play.says('octo-pm', play.checklist(), '/unblock b2'));
  expect(play.state('1_define')).toBe('ready');
});

test('SG-15: a paused stage stands still, says so, and goes on by itself afterwards', async () => {
  refused(await play.says('octo-eng', play.checklist(), '/pause 1_define'), /octo-pm/);
  accepted(
    await play.says('octo-pm', play.checklist(), '/pause 1_define until Monday'),
    /Only the stages of `1_define`/,
  );
  refused(await play.says('octo-pm', on('1_define'), '/claim'), /paused by `octo-pm`.*\/resume 1_define/s);
  expect(on('1_define').body).toContain('**paused**');
  expect(play.checklist().body).toContain('until Monday');
  refused(await play.says('octo-pm', play.checklist(), '/resume'), /\/resume 1_define/);
  accepted(await play.says('octo-pm', play.checklist(), '/resume 1_define'));
  accepted(await play.says('octo-pm', play.checklist(), '/pause PRODUCT_MANAGER'), /PRODUCT_MANAGER/);
  refused(await play.says('octo-pm', on('1_define'), '/claim'), /\/resume PRODUCT_MANAGER/);
  accepted(await play.says('octo-pm', play.checklist(), '/resume PRODUCT_MANAGER'));
  accepted(
    await play.says('octo-pm', play.checklist(), '/pause development the merge window is shut'),
    /Only the stages of `code`/,
  );
  expect(on('3_implement').body).toMatch(/\*\*paused\*\*.*\/resume code/s);
  expect(on('1_define').body).not.toContain('**paused**');
  accepted(await play.says('octo-pm', play.checklist(), '/resume development'));
  expect(on('3_implement').body).not.toContain('**paused**');
});

test('SG-10, SG-32: a gate with open questions does not pass until they are answered', async () => {
  await play.says('octo-pm', on('1_define'), '/claim');
  refused(await play.says('octo-em', on('1_define'), '/clarify why now?'), /submitted/);
  await play.says('octo-pm', on('1_define'), '/submit');
  refused(await play.says('octo-qa', on('1_define'), '/clarify why now?'), /ENGINEERING_MANAGER/);
  accepted(
    await play.says('octo-em', on('1_define'), '/request-clarification who pays refunds?'),
    /@octo-pm.*`q1`.*who pays refunds\?.*\/answer q1/s,
  );
  accepted(
    await play.says('octo-em', on('1_define'), '/requestMoreEvidence the survey'),
    /evidence.*`q2`.*\/evidence q2/s,
  );
  accepted(await play.says('octo-em', on('1_define'), '/approve'));
  expect(play.state('1_define')).toBe('in-review');
  refused(await play.says('octo-eng', on('1_define'), '/answer q1 nobody'), /PRODUCT_MANAGER/);
  refused(await play.says('octo-pm', on('1_define'), '/answer q2 the survey'), /\/evidence q2/);
  accepted(await play.says('octo-pm', on('1_define'), '/answer q1 the shop does'), /@octo-em.*has answered/);
  expect(on('1_define').body).toMatch(/`q1`.*who pays refunds\?.*the shop does/);
  refused(await play.says('octo-pm', on('1_define'), '/withdraw q2'), /octo-em/);
  accepted(
    await play.says('octo-pm', on('1_define'), '/evidence https://example.com/survey.pdf'),
    /has answered/,
  );
  expect(play.state('1_define')).toBe('done');
});

test('SG-06, SG-18: priority is a label and stands at the top', async () => {
  refused(await play.says('octo-pm', play.checklist(), '/priority urgent'), /critical/);
  refused(await play.says('octo-qa', play.checklist(), '/priority high'), /octo-pm/);
  accepted(await play.says('octo-pm', play.checklist(), '/updatePriority high the fair is in May'));
  expect(play.labels(play.checklist())).toContain('priority:high');
  expect(play.checklist().body).toMatch(/Priority high.*the fair is in May/);
  expect(play.labels(on('2_design'))).toContain('priority:high');
  accepted(await play.says('octo-pm', on('2_design'), '/priority critical'));
  expect(play.labels(on('2_design'))).toContain('priority:critical');
  expect(play.labels(on('2_design'))).not.toContain('priority:high');
});

test('SG-14: a stage and a task are added while it runs, with issues of their own', async () => {
  refused(await play.says('octo-qa', play.checklist(), '/add-stage 7_audit role:ENGINEER Audit'), /octo-pm/);
  refused(await play.says('octo-pm', play.checklist(), '/add-stage 7_audit role:NOBODY Audit'), /ENGINEER/);
  refused(
    await play.says(
      'octo-pm',
      play.checklist(),
      '/add-stage 7_audit role:ENGINEER after:4_qa before:3_implement Audit',
    ),
    /`7_audit` → `4_qa` → `3_implement` → `7_audit`/,
  );
  accepted(
    await play.says(
      'octo-pm',
      play.checklist(),
      '/add-stage 7_audit role:ENGINEER after:1_define before:3_implement approvers:ENGINEERING_MANAGER Audit the logs',
    ),
    /`7_audit`.*`3_implement` will wait/,
  );
  expect(play.state('7_audit')).toBe('ready');
  expect(on('7_audit').title).toContain('Audit the logs');
  accepted(await play.says('octo-designer', on('2_design'), '/add-task Draw the empty state'), /`task_1`/);
  expect(play.state('task_1')).toBe('ready');
  accepted(await play.says('octo-designer', on('task_1'), '/claim'));
  accepted(await play.says('octo-designer', on('task_1'), '/submit'));
  expect(play.state('task_1')).toBe('done');
});

test('SG-04: the emergency stop turns every check red and only override roles lift it', async () => {
  const pull = play.person('octo-designer').opensPullRequest({
    title: 'Design',
    body: `Stage: #${on('2_design').number}`,
    branch: 'design',
  });
  await play.settles();
  expect(play.check(pull)?.status).toBe('in_progress');
  refused(
    await play.says('octo-pm', play.checklist(), '/emergency-stop wrong prices'),
    /ENGINEERING_MANAGER/,
  );
  refused(await play.says('octo-em', play.checklist(), '/stop'), /reason/);
  accepted(await play.says('octo-em', play.checklist(), '/stop wrong prices'));
  expect(play.check(pull)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(play.check(pull)?.output.title).toMatch(/EMERGENCY STOP/);
  expect(play.checklist().body).toMatch(/\[!CAUTION\]\n> \*\*EMERGENCY STOP\*\* by `octo-em`.*wrong prices/);
  refused(await play.says('octo-designer', on('2_design'), '/claim'), /stopped/);
  refused(await play.says('octo-pm', play.checklist(), '/resume'), /emergency stop/);
  accepted(await play.says('octo-em', play.checklist(), '/resume'));
  expect(play.check(pull)?.status).toBe('in_progress');
});

test('a word that is nearly one of ours is answered with ours', async () => {
  const said = await play.says('octo-em', on('2_design'), '/aprove-requirement');
  refused(said, /Did you mean `\/approve`/);
});
