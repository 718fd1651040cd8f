/** Answers about epics that did not go straight on: paused, taken back, migrated, gone back on, cancelled. */
import { describe, expect, test } from 'vitest';
import { replay } from '../../../src/core/epic/evolve.ts';
import type { Part } from '../../../src/core/epic/hold.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import {
  cast,
  type Given,
  on,
  opened,
  stage,
  started,
  submitted,
  type Wanted,
  workflow,
} from '../epic/given.ts';
import { link, now, review, sha } from '../epic/pulls.ts';
import { askedOf, at, textOf, theQuery } from './asked.ts';

const { pat, dan, erin, olga } = cast;
const hour = 3_600;

interface Figures {
  readonly paused: number;
  readonly stages: readonly {
    readonly stage: string;
    readonly inReview: number;
    readonly submissions: number;
  }[];
  readonly totals: { readonly submissions: number };
  readonly gateWaits: readonly {
    readonly stage: string;
    readonly how: string | null;
    readonly seconds: number;
  }[];
}
const figures = (given: Given): Figures => theQuery('metrics').answer(askedOf(given)) as Figures;
const waits = (given: Given): readonly (readonly unknown[])[] =>
  figures(given).gateWaits.map(({ stage: key, how }) => [key, how]);

/** The epic with another definition, however it came to it. */
const migrated = (given: Given, stages: WorkflowDefinition['stages'], day: number): Given => {
  const events = [
    ...given.events,
    {
      type: 'DefinitionMigrated' as const,
      definition: { ...workflow, stages },
      source: { path: 'workflows/feature.yml', commit: null },
      from: 'a',
      to: 'b',
      by: olga,
      ...at(day),
    },
  ];
  return { ...given, events, epic: replay(events) };
};

const reviewing = (): Given =>
  started(undefined, at(1))
    .and(pat, on('define', 'Claim'), at(1, 10))
    .and(pat, on('define', 'Submit'), at(1, 11))
    .and(erin, on('define', 'Approve'), at(1, 12))
    .and(dan, on('build', 'Claim'), at(2))
    .and(dan, on('build', 'Submit'), at(3));

describe('time', () => {
  test('a pause that was taken back is over, and an emergency stop is one', () => {
    const back = started(undefined, at(1))
      .and(pat, { type: 'Pause', reason: '' }, at(1, 10))
      .and(pat, { type: 'Undo', on: { kind: 'checklist' } }, { at: '2026-02-01T10:30:00.000Z' })
      .and(pat, on('define', 'Claim'), at(2));
    expect(figures(back).paused).toBe(hour / 2);
    const stopped = started(undefined, at(1)).and(olga, { type: 'Stop', reason: 'fire' }, at(1, 10));
    expect(figures(stopped).paused).toBe(119 * hour);
    expect(textOf('timeline', stopped)).toContain('; paused after 5d.');
    expect(figures(stopped.and(olga, { type: 'Resume' }, at(1, 12))).paused).toBe(2 * hour);
  });

  test('a migration that puts a stage in front moves nobody’s hours to another stage', () => {
    const given = migrated(reviewing(), [stage('intro', { role: 'PM' }), ...workflow.stages], 5);
    const { steps } = theQuery('timeline').answer(askedOf(given)) as { steps: readonly object[] };
    expect(steps.at(-1)).toMatchObject({ stage: 'build', from: 'in-progress', to: 'in-review' });
    expect(figures(given).stages.map((one) => [one.stage, one.inReview / hour])).toEqual([
      ['intro', 0],
      ['define', 1],
      ['build', 72],
      ['tell', 0],
    ]);
  });

  test('nobody is waited for at a gate that a migration took away, and they are at one it brought', () => {
    const [define, build, tell] = workflow.stages;
    if (define === undefined || build === undefined || tell === undefined) throw new Error('three stages');
    const { gate: _, ...bare } = build;
    const gone = migrated(reviewing(), [define, bare, tell], 5);
    expect(figures(gone).gateWaits.at(-1)).toMatchObject({
      stage: 'build',
      how: 'removed',
      seconds: 48 * hour,
    });
    const free = started({ ...workflow, stages: [define, bare, tell] }, at(1))
      .and(pat, on('define', 'Claim'), at(1))
      .and(pat, on('define', 'Submit'), at(1, 10))
      .and(erin, on('define', 'Approve'), at(1, 11))
      .and(dan, on('build', 'Claim'), at(2))
      .and(dan, link('build', 7), at(2))
      .and(dan, on('build', 'Submit'), at(3));
    expect(waits(free)).toEqual([['define', 'passed']]);
    expect(figures(migrated(free, workflow.stages, 5)).gateWaits.at(-1)).toMatchObject({
      stage: 'build',
      how: null,
      seconds: 24 * hour,
    });
    const over = free.and(dan, now(7, { state: 'merged' }), at(4));
    expect(waits(migrated(over, workflow.stages, 5))).toEqual([['define', 'passed']]);
  });

  test('an override that was taken back after the stage was done is no end of the wait', () => {
    const given = started()
      .and(pat, on('define', 'Claim'))
      .and(pat, on('define', 'Submit'))
      .and(olga, on('define', 'Override'))
      .and(olga, on('define', 'Undo'));
    expect(waits(given)).toEqual([
      ['define', 'overridden'],
      ['define', null],
    ]);
    expect(waits(given.and(erin, on('define', 'Approve'))).at(-1)).toEqual(['define', 'passed']);
  });
});

describe('rounds', () => {
  const back = (): Given =>
    submitted().and(erin, on('build', 'Reject', { to: 'define', reason: 'no refunds' }));

  test('what was asked to be changed by sending it further back is a finding too', () => {
    expect(theQuery('getReviewFindings').answer(askedOf(back()))).toMatchObject({
      findings: [{ stage: 'build', by: 'erin', text: 'no refunds', pull: null }],
    });
  });

  test('what was submitted, shown and asked before somebody went back is not forgotten', () => {
    const given = submitted()
      .and(dan, on('build', 'AddEvidence', { text: 'https://example.com/log' }))
      .and(erin, on('build', 'AskQuestion', { kind: 'clarification', text: 'and refunds?' }))
      .and(erin, on('build', 'Reject', { to: 'define', reason: 'no refunds' }));
    expect(textOf('getTaskReview', given)).toMatch(/`build`\*\* \(rejected\), submission 1[\s\S]*no refunds/);
    expect(textOf('getTaskReview', given)).toMatch(
      /`define`\*\* \(done\), submission 1[\s\S]*approved by `erin` as `EM`, [^`]*\n\n\*\*`build`/,
    );
    expect(textOf('evidence', given)).toMatch(/example\.com\/log.* \(round 1\)$/);
    const questions = theQuery('getClarificationQuestions').answer(askedOf(given));
    expect(questions).toMatchObject({ open: 0, questions: [{ stage: 'build', state: 'gone' }] });
  });

  test('a stage’s submissions are of all its rounds, as the sum above them', () => {
    const { stages, totals } = figures(back());
    expect(stages.map((one) => one.submissions)).toEqual([1, 1, 0]);
    expect(totals.submissions).toBe(2);
  });
});

describe('what stands still or is over', () => {
  const pausing = (part?: Part): Wanted => ({
    type: 'Pause',
    reason: 'the audit',
    ...(part === undefined ? {} : { part }),
  });

  test('nobody is told to approve what takes no approval', () => {
    expect(textOf('gates', submitted().and(olga, pausing()))).toMatch(
      /takes no approval\. \*\*Next:\*\* `\/resume`$/,
    );
    const held = submitted().and(olga, pausing({ kind: 'stage', name: 'build' }));
    expect(textOf('gates', held)).toMatch(/takes no approval\. \*\*Next:\*\* `\/resume build`$/);
    const forked = submitted().and(dan, link('build', 7, { fork: true }));
    expect(textOf('gates', forked)).toMatch(/`\/approve build aaaaaaa`$/);
  });

  test('a paused part is among what is blocked, with who may let it go on', () => {
    const held = submitted().and(olga, pausing({ kind: 'role', name: 'ENG' }));
    expect(textOf('blockers', held)).toMatch(
      /^- ■ everything of `ENG`: paused by `olga` for .*: the audit\. \*\*Who:\*\* .*`pat`.* \*\*Next:\*\* `\/resume ENG`$/,
    );
    expect(theQuery('blockers').answer(askedOf(held))).toMatchObject({ held: [{ part: 'ENG', by: 'olga' }] });
    expect(textOf('blockers', held, { stage: 'tell' })).toMatch(/^Nothing is blocked/);
    expect(textOf('blockers', submitted().and(olga, pausing()))).toMatch(/: the audit\. \*\*Who:\*\*/);
  });

  test('nothing of a cancelled epic is still to be done, and no gate of it looks passed', () => {
    const given = started().and(pat, { type: 'Cancel', reason: 'no', gone: false });
    expect(theQuery('plan').answer(askedOf(given))).toMatchObject({ current: null, longestChain: [] });
    expect(textOf('plan', given)).not.toContain('now');
    expect(textOf('getValidationStatus', given)).toContain('- ⊘ Gate `kickoff` of `define`: cancelled');
    expect(textOf('timeline', given)).toMatch(/; cancelled 2026-/);
  });

  test('what was skipped ends a chain: nothing behind it waits for what is before it', () => {
    const given = started().and(olga, on('build', 'Skip'));
    expect(theQuery('plan').answer(askedOf(given))).toMatchObject({ current: 1, longestChain: ['define'] });
  });
});

describe('reviews', () => {
  const pushed = (moved?: readonly string[]): Given => {
    const given = submitted()
      .and(dan, link('build', 7))
      .and(erin, review(erin, 7, 'approved'));
    const moves = moved === undefined ? {} : { moved: { from: sha('a'), to: sha('b'), files: moved } };
    return given.and(dan, now(7, { head: sha('b'), ...moves }));
  };
  const holds = (given: Given, epic = opened(given)): unknown =>
    (theQuery('reviews').answer(askedOf(given, { epic })) as { pulls: { reviews: { holds: boolean }[] }[] })
      .pulls[0]?.reviews[0]?.holds;

  test('an approval that the gate counts is not called one that no longer holds', () => {
    expect(holds(pushed())).toBe(false);
    expect(holds(pushed(['src/a.ts']))).toBe(false);
    expect(holds(pushed([]))).toBe(true);
    const epic = opened(pushed());
    const lenient = {
      ...epic,
      rules: { ...epic.rules, policy: { ...epic.rules.policy, staleOnPush: false } },
    };
    expect(holds(pushed(), lenient)).toBe(true);
  });
});

describe('history', () => {
  test('says whether a pull request was merged and what a review said, on its stage’s page too', () => {
    const given = submitted()
      .and(dan, link('build', 7))
      .and(erin, review(erin, 7, 'approved', { text: 'fine by me' }))
      .and(olga, { type: 'Pause', reason: '', part: { kind: 'role', name: 'PM' } })
      .and(dan, now(7, { state: 'merged' }));
    const text = textOf('history', given, { stage: 'build' });
    expect(text).toContain('review given `build` #7 (approved): fine by me');
    expect(text).toContain('pull request closed `build` #7 (merged)');
    expect(textOf('history', given)).toContain('part paused (PM)');
  });
});

describe('mine', () => {
  test('a list that was cut says so: nobody believes that nothing waits', () => {
    const by = { login: 'dan', id: 2, roles: ['ENG'] };
    expect(textOf('mine', started(), { by })).toBe('Nothing waits for `dan` in this repository.');
    const cut = textOf('mine', started(), { by, unasked: 3 });
    expect(cut).toContain('Nothing waits for `dan` in the epics that were looked at.');
    expect(cut).toContain(
      '3 epics of this repository were not looked at: all of it is at `/api/v1/people/dan/waiting`',
    );
    const pm = { login: 'pat', id: 1, roles: ['PM'] };
    expect(textOf('mine', started(), { by: pm, unasked: 1 })).toMatch(
      /`\/claim define`\n\nOne epic of this repository was not/,
    );
  });
});
