/** What queries answer in figures: shares, waits, pauses, waves. */
import { describe, expect, test } from 'vitest';
import { cast, on, started, submitted, workflow } from '../epic/given.ts';
import { askedOf, at, eventful, textOf, theQuery } from './asked.ts';

describe('in figures', () => {
  test('the score is the share of gates, and says which were not passed by approval', () => {
    const score = (given: ReturnType<typeof started>): unknown =>
      theQuery('readiness').answer(askedOf(given));
    expect(score(started())).toMatchObject({ score: 0, ready: false, passed: 0, total: 2, excused: [] });
    const { olga, pat } = cast;
    const forced = started()
      .and(pat, on('define', 'Claim'))
      .and(pat, on('define', 'Submit'))
      .and(olga, on('define', 'Override'));
    expect(score(forced)).toMatchObject({
      score: 50,
      excused: ['kickoff (define)'],
      open: ['review (build)'],
    });
    expect(score(forced.and(olga, on('build', 'Skip')))).toMatchObject({
      score: 100,
      ready: true,
      excused: ['kickoff (define)', 'review (build)'],
    });
    expect(theQuery('readiness').answer(askedOf(forced, { stage: 'tell' }))).toMatchObject({
      score: 0,
      of: 'stages',
    });
  });

  test('waits at gates that came while it ran, and those after something was taken back, are waits too', () => {
    const { erin, olga, pat, dan } = cast;
    const waits = (given: ReturnType<typeof started>): readonly (readonly unknown[])[] =>
      (
        theQuery('metrics').answer(askedOf(given)) as { gateWaits: { stage: string; how: unknown }[] }
      ).gateWaits.map(({ stage, how }) => [stage, how]);
    const audit = { key: 'audit', role: 'ENG', title: 'Audit', after: [], before: [], approvers: ['EM'] };
    const added = started()
      .and(pat, { type: 'AddStage', on: { kind: 'checklist' }, ...audit })
      .and(dan, on('audit', 'Claim'))
      .and(dan, on('audit', 'Submit'));
    expect(waits(added)).toEqual([['audit', null]]);
    const back = added.and(erin, on('audit', 'Reject')).and(erin, on('audit', 'Undo'));
    expect(waits(back)).toEqual([
      ['audit', 'rejected'],
      ['audit', null],
    ]);
    const skipped = back.and(olga, on('audit', 'Skip')).and(olga, on('audit', 'Undo'));
    expect(waits(skipped).at(-1)).toEqual(['audit', null]);
    const never = started().and(olga, on('define', 'Skip')).and(olga, on('define', 'Undo'));
    expect(waits(never)).toEqual([]);
  });

  test('waits at gates: from submission to whatever ended each of them, and up to now while one lasts', () => {
    const { gateWaits, totals, stages } = theQuery('metrics').answer(askedOf(eventful())) as {
      gateWaits: readonly { stage: string; how: string | null; seconds: number }[];
      totals: object;
      stages: readonly object[];
    };
    const hour = 3_600;
    expect(gateWaits.map(({ stage, how, seconds }) => [stage, how, seconds / hour])).toEqual([
      ['define', 'rejected', 6],
      ['define', 'passed', 24],
      ['build', 'rejected', 1],
      ['build', null, 23],
    ]);
    expect(totals).toEqual({
      submissions: 4,
      rejections: 2,
      approvals: 2,
      overrides: 0,
      skips: 0,
      gateWaitSeconds: { count: 4, total: 54 * hour, longest: 24 * hour },
    });
    expect(stages[0]).toMatchObject({
      seconds: 48 * hour,
      unclaimed: hour,
      worked: 17 * hour,
      inReview: 30 * hour,
    });
  });

  test('going back to an earlier stage ends the wait of the one that was sent back, and counts as a rejection', () => {
    const back = submitted().and(cast.erin, on('build', 'Reject', { to: 'define' }));
    const { gateWaits, stages } = theQuery('metrics').answer(askedOf(back)) as {
      gateWaits: readonly { stage: string; how: string | null }[];
      stages: readonly object[];
    };
    expect(gateWaits.map(({ stage, how }) => [stage, how])).toEqual([
      ['define', 'passed'],
      ['build', 'rejected'],
    ]);
    expect(stages[1]).toMatchObject({ stage: 'build', rejections: 1 });
  });

  test('a gate that waits only for a concern says so, and asks nobody to approve again', () => {
    const { erin, vera } = cast;
    const kept = submitted()
      .and(erin, on('build', 'Concern'))
      .and(erin, on('build', 'Approve'))
      .and(vera, on('build', 'Approve'));
    expect(textOf('gates', kept)).toMatch(/open for .* Concern `c1` of `erin` is open\.$/);
    expect(theQuery('readiness').answer(askedOf(kept))).toMatchObject({ passed: 1, total: 2 });
  });

  test('a pause is counted as one, and a new round begins at nothing', () => {
    const { pat } = cast;
    const paused = started(undefined, at(1))
      .and(pat, { type: 'Pause', reason: '' }, at(2))
      .and(pat, { type: 'Resume' }, at(3))
      .and(pat, { type: 'Cancel', reason: 'no', gone: false }, at(4));
    expect(theQuery('metrics').answer(askedOf(paused))).toMatchObject({
      seconds: 3 * 86_400,
      paused: 86_400,
    });
    const [first] = paused.events;
    if (first?.type !== 'EpicOpened') throw new Error('An epic begins with being opened.');
    const again = [...paused.events, { ...first, round: 2, ...at(5) }];
    const asked = askedOf(paused, { history: again });
    expect(theQuery('metrics').answer(asked)).toMatchObject({ paused: 0, totals: { submissions: 0 } });
    expect(theQuery('timeline').answer(asked)).toMatchObject({ steps: [] });
    expect(theQuery('history').answer(asked)).toMatchObject({ events: { length: again.length } });
  });

  test('a plan is in waves: what depends on two is after the later one', () => {
    const stages = [
      ['a', []],
      ['d', ['b', 'c']],
      ['b', ['a']],
      ['c', ['b']],
      ['e', []],
    ] as const;
    const given = started({
      ...workflow,
      stages: stages.map(([key, dependsOn]) => ({
        key,
        role: 'ENG',
        action: 'do',
        deliverables: [],
        dependsOn,
      })),
    });
    const { waves, longestChain } = theQuery('plan').answer(askedOf(given)) as {
      waves: readonly { stages: readonly { stage: string }[] }[];
      longestChain: readonly string[];
    };
    expect(waves.map((wave) => wave.stages.map((one) => one.stage).join(' '))).toEqual([
      'a e',
      'b',
      'c',
      'd',
    ]);
    expect(longestChain).toEqual(['a', 'b', 'c', 'd']);
  });
});
