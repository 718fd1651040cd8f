/** Undo, and passing a production gate by force, as people see it: a second person, a review, a figure in the metrics. */
import { afterEach, expect, test } from 'vitest';
import { acmeConfig } from '../world/github/world.ts';
import { openPlay, type Play, type Said } from '../world/play.ts';

const workflow = `name: release
stages:
  - stage: ship
    role: ENGINEER
    action: ship it
    approval_gate: go
    approvers: [VP_ENGINEERING]
    approval: { class: production }
  - stage: tell
    role: PRODUCT_MANAGER
    action: tell everybody
    depends_on: [ship]
`;

let play: Play;
const opens = async (breakGlass: string): Promise<void> => {
  play = await openPlay({
    config: acmeConfig({ break_glass: breakGlass }),
    files: { '.github/gatehouse/release.yml': workflow },
  });
  await play.starts('release');
  await play.says('octo-eng', on('ship'), '/claim');
  await play.says('octo-eng', on('ship'), '/submit');
};
afterEach(async () => {
  expect(play.github.violations).toEqual([]);
  await play.ends();
});

const on = (key: string) => play.stage(key);
const accepted = (said: Said): void => expect(said.reactions).toEqual(['+1']);
const refused = (said: Said, why: RegExp): void => {
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies.join('\n')).toMatch(why);
};

test('G-38: two people: an override waits for /confirm by somebody else, and both are named', async () => {
  await opens('{ people: 2 }');
  const said = await play.says('octo-em', on('ship'), '/overrideGate the site is down');
  accepted(said);
  expect(said.replies[0]).toMatch(/@acme\/managers.*octo-em.*`g1`.*the site is down.*\/confirm g1/s);
  expect(play.state('ship')).toBe('in-review');
  expect(on('ship').body).toMatch(/`g1` override/);
  refused(await play.says('octo-em', on('ship'), '/confirm g1'), /yourself/);
  refused(await play.says('octo-vpe', on('ship'), '/confirm g1'), /ENGINEERING_MANAGER/);
  refused(await play.says('octo-em2', on('ship'), '/confirm'), /\/confirm g1/);
  accepted(await play.says('octo-em2', on('ship'), '/confirm g1'));
  expect(play.state('ship')).toBe('done');
  expect(on('ship').body).toMatch(/OVERRIDDEN.*octo-em.*took effect by the word of `octo-em2`/s);
  refused(await play.says('octo-em', on('tell'), '/undo'), /Nothing was done here/);
  const back = await play.says('octo-em2', on('ship'), '/undo');
  accepted(back);
  expect(back.replies[0]).toMatch(/Taken back: the last override of `ship`/);
  expect(play.state('ship')).toBe('in-review');
  expect(play.state('tell')).toBe('waiting');
});

test('SE-04: a review afterwards: it takes effect at once, is asked for, counted, and told again', async () => {
  await opens('{ review_within: 2s }');
  const said = await play.says('octo-em', on('ship'), '/override the site is down');
  accepted(said);
  expect(said.replies[0]).toMatch(/has taken effect.*\/reviewed g1/s);
  expect(play.state('ship')).toBe('done');
  await new Promise((resolve) => setTimeout(resolve, 2_300));
  const metrics = await (await fetch(`${play.house.url}/metrics`)).text();
  expect(metrics).toContain('gatehouse_signals{what="break_glass"} 1');
  expect(metrics).toContain('gatehouse_signals{what="break_glass_unreviewed"} 1');
  refused(await play.says('octo-em', on('ship'), '/reviewed g1 fine'), /yourself/);
  const told = play.comments(on('ship')).map((one) => one.body);
  expect(told.some((text) => text.includes('nobody has reviewed this in time'))).toBe(true);
  expect(play.checklist().body).toContain('waits for a review');
  refused(await play.says('octo-em2', on('ship'), '/reviewed g1'), /\/reviewed g1/);
  accepted(await play.says('octo-em2', on('ship'), '/reviewed g1 it was right'));
  expect(on('ship').body).toMatch(/reviewed by `octo-em2`.*it was right/);
  expect(play.checklist().body).not.toContain('waits for a review');
  const after = await (await fetch(`${play.house.url}/metrics`)).text();
  expect(after).toContain('gatehouse_signals{what="break_glass_unreviewed"} 0');
});
