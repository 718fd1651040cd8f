/** Where clocks and approvals meet: a gate that was passed and is not any more, two opinions of one person, what grows old while nothing moves. */
import { describe, expect, test } from 'vitest';
import { noticeOf } from '../../../src/core/render/notice.ts';
import type { GateDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, type Given, on, opened, stage, started, type Wanted, workflow } from './given.ts';
import { link, now, review, seen, sha, shown } from './pulls.ts';
import { stageIn } from './rounds.ts';

const { dan, erin, olga, sam, vera } = cast;
const hour = 3_600_000;
const t = (hours: number): string => new Date(Date.UTC(2026, 0, 1) + hours * hour).toISOString();
const at = (hours: number) => ({ at: t(hours) });
const tick: Wanted = { type: 'Tick' };

/** `ship` in review at midnight, with pull request #7. */
const inReview = (gate: Partial<GateDefinition>): Given =>
  started(
    { ...workflow, stages: [stage('ship', { gate: { name: 'go', approvers: ['EM', 'VP'], ...gate } })] },
    at(0),
  )
    .and(dan, on('ship', 'Claim'), at(0))
    .and(dan, link('ship', 7), at(0))
    .and(dan, shown(7), at(0))
    .and(dan, on('ship', 'Submit'), at(0));
const approves = (given: Given, by: typeof erin, hours: number, more: object = {}): Given =>
  given.and(by, review(by, 7, 'approved', { at: t(hours), ...more }), at(hours));
const rings = (given: Given): readonly string[] =>
  given.events.flatMap((event) => (event.type === 'AlarmRang' ? [`${event.alarm} ${event.at}`] : []));

describe('a push onto what was approved long ago', () => {
  const timeouts = { remindAfter: 24 * hour, approveAfter: 72 * hour };
  const pushed = approves(inReview({ approvers: ['EM'], timeouts }), erin, 1).and(
    dan,
    now(7, { head: sha('b') }),
    at(100),
  );

  test('is not passed at once by a timer that nobody was waited for by', () => {
    const given = pushed.and(sam, tick, at(171));
    expect(stageIn(given, 'ship')).toMatchObject({ gatePassed: false, status: 'in-review' });
    expect(stageIn(given, 'ship').timedOut).toBeUndefined();
    expect(rings(given)).toEqual([`remind ${t(124)}`]);
  });
  test('gives people the whole time again', () => {
    expect(stageIn(pushed.and(sam, tick, at(172)), 'ship').timedOut).toMatchObject({ at: t(172) });
  });
  test('does not reject the work of somebody whose gate was passed all the while', () => {
    const strict = approves(
      inReview({ approvers: ['EM'], timeouts: { rejectAfter: 72 * hour } }),
      erin,
      1,
    ).and(dan, now(7, { head: sha('b') }), at(100));
    expect(stageIn(strict.and(sam, tick, at(101)), 'ship').status).toBe('in-review');
  });
  test('whoever the gate was opened to may still approve', () => {
    const wide = inReview({
      approvers: ['EM'],
      timeouts: { widenAfter: 2 * hour, widenTo: 'DIRECTOR' },
    }).and(sam, tick, at(3));
    const given = approves(wide, sam, 4, { roles: ['DIRECTOR'] }).and(dan, now(7, { head: sha('b') }), at(5));
    expect(stageIn(given.and(sam, tick, at(50)), 'ship').widened).toEqual(['DIRECTOR']);
  });
});

describe('an approval given again after a push', () => {
  const again = (() => {
    const pushed = approves(inReview({ validFor: 48 * hour }), erin, 1)
      .and(dan, now(7, { head: sha('b') }), at(30))
      .and(dan, shown(7, sha('b')), at(30));
    return pushed.and(erin, on('ship', 'Approve'), { ...seen(pushed), ...at(31) });
  })();

  test('does not grow old with the one before it', () => {
    const given = again.and(sam, tick, at(50));
    expect(stageIn(given, 'ship').approvals).toHaveLength(1);
    expect(approves(given, vera, 51, { commit: sha('b') }).events.at(-1)?.type).toBe('GatePassed');
  });
  test('tells nobody of an old one that counted no more', () => {
    expect(rings(again.and(sam, tick, at(50)))).toEqual([]);
  });
  test('grows old in its own time', () => {
    const given = again.and(sam, tick, at(79));
    expect(stageIn(given, 'ship').approvals).toEqual([]);
    expect(rings(given)).toEqual([`outdated ${t(79)}`]);
  });
});

describe('an approval that grows old while nothing moves does not pass the gate', () => {
  const first = approves(inReview({ validFor: 48 * hour }), erin, 1);
  const part = { kind: 'stage', name: 'ship' } as const;

  test.each<[string, Wanted, Wanted]>([
    ['the epic was paused', { type: 'Pause', reason: '' }, { type: 'Resume' }],
    ['its stage was paused', { type: 'Pause', part, reason: '' }, { type: 'Resume', part }],
    ['there was an emergency stop', { type: 'Stop', reason: 'fire' }, { type: 'Resume' }],
    ['its pull request was closed', now(7, { state: 'closed' }), now(7)],
    ['its pull request belonged to nothing', { type: 'Unlink', number: 7 }, link('ship', 7)],
  ])('when %s', (_, stops, goesOn) => {
    const still = first.and(olga, stops, at(2));
    const given = approves(approves(still, vera, 90).and(olga, goesOn, at(91)), vera, 92, { id: 2 });
    expect(stageIn(given, 'ship')).toMatchObject({ gatePassed: false, status: 'in-review' });
  });
});

test('a review kept for a submission that came too late is not called lost before there is a gate', () => {
  const given = started({
    ...workflow,
    stages: [stage('ship', { gate: { name: 'go', approvers: ['EM'], validFor: 2 * hour } })],
  })
    .and(dan, on('ship', 'Claim'), at(0))
    .and(dan, link('ship', 7), at(0));
  const late = approves(given, erin, 1).and(sam, tick, at(5));
  expect(rings(late)).toEqual([]);
  expect(stageIn(late.and(dan, on('ship', 'Submit'), at(6)), 'ship').gatePassed).toBe(false);
});

describe('a gate that only time has passed', () => {
  const timeouts = { approveAfter: 72 * hour };
  const excused = inReview({ approvers: ['EM'], timeouts }).and(sam, tick, at(73));
  const open = { gatePassed: false, status: 'in-review' };
  const moved = { from: sha('a'), to: sha('b'), files: [] };

  test('was passed for what there was to see until then, not for what is pushed later', () => {
    expect(stageIn(excused, 'ship').gatePassed).toBe(true);
    const pushed = excused.and(dan, now(7, { head: sha('b') }), at(80));
    expect(stageIn(pushed, 'ship')).toMatchObject(open);
    expect(stageIn(pushed, 'ship').timedOut).toBeUndefined();
    expect(pushed.events.map((event) => noticeOf(opened(pushed), event)?.text)).toContainEqual(
      '@erin: the gate of `ship` is open again: #7 has changed since time passed the gate. What to type: `/approve` or `/reject <why>`.',
    );
    expect(stageIn(pushed.and(sam, tick, at(151)), 'ship')).toMatchObject(open);
    expect(stageIn(pushed.and(sam, tick, at(152)), 'ship').gatePassed).toBe(true);
  });
  test('nor for another base, nor for another pull request', () => {
    for (const wanted of [now(7, { base: 'release' }), link('ship', 9)])
      expect(stageIn(excused.and(dan, wanted, at(80)), 'ship')).toMatchObject(open);
  });
  test('nor for a pull request that comes back while another one is open', () => {
    const both = inReview({ approvers: ['EM'], timeouts })
      .and(dan, link('ship', 8), at(1))
      .and(dan, now(8, { state: 'closed' }), at(2))
      .and(sam, tick, at(73));
    expect(stageIn(both, 'ship').gatePassed).toBe(true);
    expect(stageIn(both.and(dan, now(8), at(80)), 'ship')).toMatchObject(open);
  });
  test('what was pushed and merged at once went past it, and that is told', () => {
    const merged = excused.and(dan, now(7, { head: sha('b'), state: 'merged' }), at(80));
    expect(merged.events.map(({ type }) => type)).toContain('GateBypassed');
  });
  test('stays passed by a clean rebase, and by the same head told again', () => {
    const rebased = excused.and(dan, now(7, { head: sha('b'), moved }), at(80));
    expect(stageIn(rebased, 'ship').gatePassed).toBe(true);
    const more = excused.and(dan, now(7, { contributors: [dan.id, sam.id] }), at(80));
    expect(stageIn(more, 'ship').gatePassed).toBe(true);
  });
});
