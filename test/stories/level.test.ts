/** What people changed on GitHub while no webhook came is put right by one pass, and said; a second pass finds nothing (issue: reconcile). */
import { afterEach, expect, test } from 'vitest';
import { disown, removeBlocker } from '../world/github/acts/tree.ts';
import type { Play } from '../world/play.ts';
import { eventually, openLevelScene, passes, repairs, shown, silence, writesSince } from './level-scene.ts';
import { holdsAtTheEnd } from './pull-requests-scene.ts';

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
  expect(noted.every(({ why, repository }) => why !== '' && repository === 'acme/shop')).toBe(true);
  const from = play.github.requests.length;
  await passes(play, 3);
  expect(writesSince(play, from)).toEqual([]);
  expect(await repairs(play)).toHaveLength(noted.length);
  holdsAtTheEnd(play);
}, 120_000);
