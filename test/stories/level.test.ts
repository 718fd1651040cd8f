/** What people changed on GitHub while no webhook came is put right by one pass, and said; a second pass finds nothing (issue: reconcile). */
import { afterEach, expect, test } from 'vitest';
import { ask } from '../threats/ingress/letter.ts';
import { placeCheckRun } from '../world/github/acts/checks.ts';
import { addCollaborator, addRepository } from '../world/github/acts/seed.ts';
import { addBlocker, disown, removeBlocker } from '../world/github/acts/tree.ts';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene, passes, repairs, shown, silence, writesSince } from './level-scene.ts';
import { holdsAtTheEnd, submitted, verdict } from './pull-requests-scene.ts';

let play: Play;
afterEach(() => play.ends());

test('labels, texts, people, links, locks and states broken by hand all at once are put right, each once and with a reason', async () => {
  play = await openLevelScene();
  const epic = await play.starts('feature');
  await play.says('octo-pm', play.stage('1_define'), '/claim');
  const [define, design, build] = ['1_define', '2_design', '3_implement'].map((key) => play.stage(key));
  if (define === undefined || design === undefined || build === undefined) throw new Error('no stages');
  const checklist = play.checklist();
  const all = [checklist, define, design, build, epic];
  await passes(play);
  const before = all.map((issue) => shown(play, issue));
  silence(play);
  const hand = play.person('octo-admin');
  hand.unlabels(define, 'stage:in-progress');
  hand.labels(define, 'stage:done', 'gatehouse:checklist');
  hand.unlabels(design, 'role:PRODUCT_DESIGNER');
  hand.editsIssue(design, { title: 'Nothing to see here', body: 'Approved by everybody.' });
  hand.editsIssue(checklist, { body: '- [x] all done' });
  hand.assigns(define, 'octo-eng');
  hand.assigns(design, 'octo-eng');
  hand.closes(build);
  hand.locks(design);
  disown(play.github.hub, hand.actor, checklist, define);
  disown(play.github.hub, hand.actor, epic, checklist);
  const blocker = play.github.state.issues.get(design.blockedBy[0] ?? 0);
  if (blocker === undefined) throw new Error('nothing blocks it');
  removeBlocker(play.github.hub, hand.actor, design, blocker);
  await eventually(() => expect(all.map((issue) => shown(play, issue))).toEqual(before));
  await play.settles();
  const noted = await repairs(play, `?epic=${epic.id}`);
  const said = noted.map(({ object, what }) => `${object}: ${what}`);
  expect(said.toSorted()).toEqual(
    [
      `checklist: put under #${epic.number} again`,
      'checklist: text written anew',
      'stage:1_define: label gatehouse:checklist taken off',
      'stage:1_define: label stage:done taken off',
      'stage:1_define: label stage:in-progress put back',
      'stage:1_define: octo-eng unassigned',
      `stage:1_define: put under #${checklist.number} again`,
      `stage:2_design: blocked by #${blocker.number} again`,
      'stage:2_design: label role:PRODUCT_DESIGNER put back',
      'stage:2_design: octo-eng unassigned',
      'stage:2_design: text written anew',
      'stage:2_design: title restored',
      'stage:2_design: unlocked',
      'stage:3_implement: reopened',
    ].toSorted(),
  );
  // Whoever closed it reads why it is open again, once, as if its webhook had come.
  expect(
    play.comments(build).filter(({ body }) => body.startsWith('Reopened: `octo-admin` closed')),
  ).toHaveLength(1);
  expect(noted.every(({ why, repository }) => why !== '' && repository === 'acme/shop')).toBe(true);
  // Stages are read with one request: one pass found all of theirs.
  const ofStages = noted.filter(({ object, what }) => object !== 'checklist' && what !== 'unlocked');
  expect(new Set(ofStages.map(({ at }) => at)).size).toBe(1);
  const page = await (await fetch(play.house.url)).text();
  expect(page).toContain('Put right on GitHub');
  expect(page).toContain('nobody could comment on it');
  expect(await repairs(play, '?limit=2')).toEqual(noted.slice(0, 2));
  expect(await repairs(play, '?epic=1')).toEqual([]);
  expect((await fetch(`${play.house.url}/api/v1/repairs?limit=0`)).status).toBe(400);
  const from = play.github.requests.length;
  await passes(play, 3);
  expect(writesSince(play, from)).toEqual([]);
  expect(await repairs(play)).toHaveLength(noted.length);
  holdsAtTheEnd(play);
}, 120_000);

test('stage issues deleted and moved away while no webhook came are made again, with their links, once', async () => {
  play = await openLevelScene();
  const epic = await play.starts('feature');
  const attic = addRepository(play.github.hub, { owner: play.acme.org, name: 'attic' });
  const checklist = play.checklist();
  const [define, design] = [play.stage('1_define'), play.stage('2_design')];
  await passes(play);
  silence(play);
  const hand = play.person('octo-admin');
  addCollaborator(attic, hand.user, 'admin');
  hand.deletesIssue(define);
  hand.transfersIssue(design, attic);
  await eventually(() => {
    expect(play.stage('1_define').id).not.toBe(define.id);
    expect(play.labels(play.stage('2_design'))).toContain('stage:waiting');
  });
  await play.settles();
  await passes(play);
  expect(checklist.subIssues).toContain(play.stage('1_define').id);
  expect(play.stage('2_design').blockedBy).toEqual([play.stage('1_define').id]);
  const said = (await repairs(play, `?epic=${epic.id}`)).map(({ object, what, why }) => [object, what, why]);
  expect(said.toSorted()).toEqual([
    ['stage:1_define', 'made again', 'its issue was deleted'],
    ['stage:2_design', 'made again', 'its issue was transferred'],
  ]);
  const from = play.github.requests.length;
  await passes(play);
  expect(writesSince(play, from)).toEqual([]);
}, 120_000);

test('an epic whose issue was deleted unheard is cancelled instead of being painted for ever', async () => {
  play = await openLevelScene();
  const epic = await play.starts('patch');
  silence(play);
  play.person('octo-admin').deletesIssue(epic);
  await eventually(async () => {
    const [found] = await repairs(play, `?epic=${epic.id}`);
    expect(found).toMatchObject({ object: 'epic', what: 'epic cancelled', why: 'its issue was deleted' });
  });
  await eventually(() => expect(play.state('1_plan')).toBe('cancelled'));
}, 120_000);

test('an App that was denied the repository makes nothing again when it is back', async () => {
  play = await openLevelScene({ private: true });
  await play.starts('patch');
  await passes(play);
  silence(play);
  const titles = () => [...play.github.state.issues.values()].map((issue) => issue.title);
  const before = titles();
  const { installation } = play.acme;
  installation.repositoryIds = new Set();
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  installation.repositoryIds = 'all';
  await passes(play);
  expect(titles()).toEqual(before);
  expect(play.state('1_plan')).toBe('ready');
  expect((await repairs(play)).map(({ what }) => what)).toEqual(['work on it rests']);
}, 120_000);

test('F60: a check left at success while the gate is closed is closed again, whether by another hand or in a run nobody remembers', async () => {
  play = await openLevelScene();
  const { pull } = await submitted(play);
  await passes(play);
  silence(play);
  expect(verdict(play, pull)).toBe('in_progress');
  const run = play.check(pull);
  if (run === undefined) throw new Error('no check');
  Object.assign(run, { status: 'completed', conclusion: 'success', completedAt: play.github.hub.now() });
  await eventually(() => expect(verdict(play, pull)).toBe('in_progress'));
  // A second run of ours, newer than the one the ledger knows: merging goes by it.
  placeCheckRun(play.github.hub, play.person('octo-admin').actor, play.acme.shop, {
    name: 'gatehouse',
    headSha: run.headSha,
    appId: run.appId,
    status: 'completed',
    conclusion: 'success',
  });
  expect(verdict(play, pull)).toBe('success');
  await eventually(() => expect(verdict(play, pull)).toBe('in_progress'));
  await play.settles();
  const said = (await repairs(play)).map(({ object, what, why }) => [object, what, why]);
  const repaired = [`check:${run.headSha}`, 'check written again', 'it said success and not in_progress'];
  expect(said).toEqual([repaired, repaired]);
  const from = play.github.requests.length;
  await passes(play);
  expect(writesSince(play, from)).toEqual([]);
  holdsAtTheEnd(play);
}, 120_000);

test('somebody who cannot be assigned is not assigned again by every pass', async () => {
  play = await openLevelScene();
  await play.starts('patch');
  play.acme.shop.collaborators.delete(play.person('octo-pm').user.id);
  await play.says('octo-pm', play.stage('1_plan'), '/claim');
  expect(play.stage('1_plan').assignees).toEqual([]);
  await passes(play);
  const from = play.github.requests.length;
  await passes(play);
  expect(writesSince(play, from)).toEqual([]);
  expect(await repairs(play)).toEqual([]);
}, 120_000);

test('a dependency that somebody put another in the place of is found by a full comparison', async () => {
  play = await openLevelScene();
  const epic = await play.starts('feature');
  const [design, define] = [play.stage('2_design'), play.stage('1_define')];
  await passes(play);
  silence(play);
  const { hub } = play.github;
  const { actor } = play.person('octo-admin');
  removeBlocker(hub, actor, design, define);
  addBlocker(hub, actor, design, epic);
  await passes(play);
  expect(design.blockedBy).toEqual([epic.id]);
  await ask(play.databaseUrl, `delete from rounds where name = 'reconcile-full'`);
  await eventually(() => expect(design.blockedBy.toSorted()).toEqual([epic.id, define.id].toSorted()));
});

test('a stage in its second round is looked after like in its first, and its first is left as it was', async () => {
  play = await openLevelScene();
  await play.starts('patch');
  const old = play.stage('1_plan');
  for (const words of ['/claim', '/submit', '/retry the numbers are wrong'])
    await play.says('octo-pm', old, words);
  const plan = play.stage('1_plan');
  expect(plan.id).not.toBe(old.id);
  await passes(play);
  const from = play.github.requests.length;
  await passes(play);
  expect(writesSince(play, from)).toEqual([]);
  expect(await repairs(play)).toEqual([]);
  expect(old.assignees).toEqual([play.person('octo-pm').user.id]);
  const before = shown(play, plan);
  silence(play);
  play.person('octo-admin').editsIssue(plan, { title: 'Nothing to see here', body: 'Done.' });
  await eventually(() => expect(shown(play, plan)).toEqual(before));
}, 120_000);
