/** What people read on /why: for each state what is missing, who can give it and what to type. */
import { describe, expect, test } from 'vitest';
import { explainStage } from '../../../src/core/epic/explain.ts';
import type { Explanation } from '../../../src/core/epic/explanation.ts';
import { cast, type Given, on, opened, rulesWith, started, submitted } from './given.ts';
import { link, now, review, sha } from './pulls.ts';

const { pat, dan, erin, vera, olga } = cast;
const when = /\d{4}-\d\d-\d\d \d\d:\d\d UTC/g;

const draw = (one: Explanation, indent = ''): string => {
  const who = one.who === undefined ? '' : ` — ${one.who}`;
  const next = one.next === undefined ? '' : ` → ${one.next}`;
  const line = `${indent}${one.holds ? '✓' : '✗'} ${one.says}${who}${next}`.replace(when, '<when>');
  return [line, ...one.parts.map((part) => draw(part, `${indent}  `))].join('\n');
};
const why = (given: Given, key = 'build'): string => {
  const epic = opened(given);
  const stage = epic.stages.find((one) => one.definition.key === key);
  if (stage === undefined) throw new Error(`There is no stage ${key}.`);
  return draw(explainStage(epic, stage));
};

const ready = (): Given => started().and(olga, on('define', 'Skip'));
const claimed = (): Given => ready().and(dan, on('build', 'Claim')).and(dan, link('build', 7));
const half = (): Given =>
  claimed()
    .and(dan, on('build', 'Submit'))
    .and(erin, review(erin, 7, 'approved'));

describe('/why', () => {
  test('of a waiting stage names what it waits for and who owns that', () => {
    expect(why(started())).toMatchInlineSnapshot(`
      "✗ \`build\` is waiting.
        ✗ It waits for what it depends on.
          ✗ \`define\` is ready. — \`PM\` (\`pat\`)
        ✗ Nobody has claimed it. — \`ENG\` (\`dan\`)
        ✗ It is not submitted.
        ✗ Gate \`review\` is open.
          ✗ \`EM\` has not approved. — \`EM\` (\`erin\`) → \`/approve\` once it is submitted
          ✗ \`VP\` has not approved. — \`VP\` (\`vera\`) → \`/approve\` once it is submitted"
    `);
  });

  test('names the claimant of what it waits for, once there is one', () => {
    expect(why(started().and(pat, on('define', 'Claim')))).toContain('✗ `define` is in-progress. — `pat`');
  });

  test('of a ready stage says who may claim it', () => {
    expect(why(ready())).toMatchInlineSnapshot(`
      "✗ \`build\` is ready.
        ✓ What it depends on is done.
        ✗ Nobody has claimed it. — \`ENG\` (\`dan\`) → \`/claim\`
        ✗ It is not submitted.
        ✗ Gate \`review\` is open.
          ✗ \`EM\` has not approved. — \`EM\` (\`erin\`) → \`/approve\` once it is submitted
          ✗ \`VP\` has not approved. — \`VP\` (\`vera\`) → \`/approve\` once it is submitted"
    `);
  });

  test('of a claimed stage says who submits it, and that early reviews are kept', () => {
    expect(why(claimed().and(erin, review(erin, 7, 'approved')))).toMatchInlineSnapshot(`
      "✗ \`build\` is in-progress.
        ✓ What it depends on is done.
        ✓ \`dan\` has claimed it.
        ✗ It is not submitted. — \`dan\` → \`/submit\`
        ✗ Gate \`review\` is open.
          ✗ \`EM\` has not approved. — \`EM\` (\`erin\`) → \`/approve\` once it is submitted
          ✗ \`VP\` has not approved. — \`VP\` (\`vera\`) → \`/approve\` once it is submitted
          ✓ The review of \`erin\` is kept and counts once the stage is submitted.
        ✗ Pull request #7 is still open. → merge it, or close it"
    `);
  });

  test('of an open gate says who has approved, who has not, and whose approval does not count', () => {
    const mixed = half()
      .and(vera, review(vera, 7, 'approved', { commit: sha('0') }))
      .and(dan, review(dan, 7, 'approved', { roles: ['VP'] }));
    expect(why(mixed)).toMatchInlineSnapshot(`
      "✗ \`build\` is in-review.
        ✓ What it depends on is done.
        ✓ \`dan\` has claimed it.
        ✓ It is submitted.
        ✗ Gate \`review\` is open.
          ✓ \`EM\`: approved by \`erin\`.
          ✗ \`VP\` has not approved. — \`VP\` (\`vera\`) → \`/approve\`, or approve the pull request
          ✓ The approval of \`vera\` does not count: it was given on an older commit.
          ✓ The approval of \`dan\` does not count: they claimed the stage.
        ✗ Pull request #7 is still open. → merge it, or close it"
    `);
  });

  test('of a gate that is passed says only what is left to do', () => {
    expect(why(half().and(vera, review(vera, 7, 'approved')))).toMatchInlineSnapshot(`
      "✗ \`build\` is in-review.
        ✓ What it depends on is done.
        ✓ \`dan\` has claimed it.
        ✓ It is submitted.
        ✓ Gate \`review\` is passed.
          ✓ \`EM\`: approved by \`erin\`.
          ✓ \`VP\`: approved by \`vera\`.
        ✗ Pull request #7 is still open. → merge it, or close it"
    `);
  });

  test('of a rejected stage says by whom and who goes on', () => {
    expect(why(half().and(vera, on('build', 'Reject')))).toMatchInlineSnapshot(`
      "✗ \`build\` is in-progress.
        ✓ What it depends on is done.
        ✓ \`dan\` has claimed it.
        ✗ \`vera\` rejected it on <when>; it is not submitted again. — \`dan\` → \`/submit\`
        ✗ Gate \`review\` is open.
          ✗ \`EM\` has not approved. — \`EM\` (\`erin\`) → \`/approve\` once it is submitted
          ✗ \`VP\` has not approved. — \`VP\` (\`vera\`) → \`/approve\` once it is submitted
        ✗ Pull request #7 is still open. → merge it, or close it"
    `);
  });

  test('of a blocked stage in a paused epic says both', () => {
    const stuck = half().and(vera, on('build', 'Block')).and(pat, { type: 'Pause', reason: 'holidays' });
    expect(why(stuck)).toMatchInlineSnapshot(`
      "✗ \`build\` is blocked.
        ✗ The epic is paused by \`pat\` since <when>. — \`OVERRIDER\` (nobody holds it: add somebody under \`roles:\` in \`.github/gatehouse.yml\`); \`pat\`, who opened the epic → \`/resume\`
        ✓ What it depends on is done.
        ✗ It is blocked by \`vera\` since <when>. — \`ENG\` (\`dan\`), \`EM\` (\`erin\`) and \`VP\` (\`vera\`) → \`/unblock\`
        ✓ \`dan\` has claimed it.
        ✓ It is submitted.
        ✗ Gate \`review\` is open.
          ✓ \`EM\`: approved by \`erin\`.
          ✗ \`VP\` has not approved. — \`VP\` (\`vera\`) → \`/approve\`, or approve the pull request
        ✗ Pull request #7 is still open. → merge it, or close it"
    `);
  });

  test('never repeats what people wrote, which might call others', () => {
    const rude = half()
      .and(vera, on('build', 'Block', { reason: '@everybody look' }))
      .and(vera, on('build', 'Reject', { reason: 'fixes #1 @everybody' }));
    expect(why(rude)).not.toContain('@everybody');
  });

  test.each([
    [
      'done',
      half()
        .and(vera, review(vera, 7, 'approved'))
        .and(dan, now(7, { state: 'merged' })),
      '✓ `build` is done since <when>.',
    ],
    ['skipped', ready().and(olga, on('build', 'Skip')), '✓ `build` was SKIPPED by `olga` on <when>.'],
  ])('of a %s stage is one line', (_, given, line) => {
    expect(why(given)).toBe(line);
  });

  test('of an overridden gate never hides that it was', () => {
    expect(why(half().and(olga, on('build', 'Override')))).toContain('OVERRIDDEN by `olga`');
  });

  test('of a cancelled epic says who ended it', () => {
    const ended = submitted().and(pat, { type: 'Cancel', reason: 'no', gone: false });
    expect(why(ended)).toContain('✗ The epic was cancelled by `pat`.');
  });

  test('of a role nobody holds says where to name somebody', () => {
    const rules = { ...rulesWith(), roles: [] };
    expect(why(ready().and(pat, { type: 'NoteRules' }, { rules }))).toContain('`.github/gatehouse.yml`');
  });
});
