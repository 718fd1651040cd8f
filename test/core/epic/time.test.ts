/** Time at a gate: who is asked, who is told, and what happens when nobody answers; a late tick, a pause or a restart changes none of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { officeCalendar } from '../../../src/core/epic/calendar.ts';
import { everyMoment, goOn, momentOf, startClock, stopClock } from '../../../src/core/epic/clock.ts';
import type { Facts } from '../../../src/core/epic/commands.ts';
import { nextAlarm } from '../../../src/core/epic/overdue.ts';
import type { GateDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { stockTimeouts, type Timeouts } from '../../../src/core/workflow/timeouts.ts';
import { cast, type Given, on, opened, stage, started, workflow } from './given.ts';

const hour = 3_600_000;
const zero = Date.UTC(2026, 2, 2, 8);
const at = (hours: number): Partial<Facts> => ({ at: new Date(zero + hours * hour).toISOString() });
const tick = (given: Given, hours: number): Given => given.and(cast.sam, { type: 'Tick' }, at(hours));
const names = (given: Given): readonly string[] => given.events.map((event) => event.type);
const alarmsRung = (given: Given): readonly string[] =>
  given.events.flatMap((event) => (event.type === 'AlarmRang' ? [event.alarm] : []));
const statusOf = (given: Given): string => opened(given).stages[0]?.status ?? 'none';

const gate = (timeouts: Timeouts, more: Partial<GateDefinition> = {}): WorkflowDefinition => ({
  ...workflow,
  stages: [stage('ship', { gate: { name: 'go', approvers: ['EM', 'VP'], timeouts, ...more } })],
});

/** Submitted at hour 0. */
const inReview = (definition: WorkflowDefinition): Given =>
  started(definition, at(-2))
    .and(cast.dan, on('ship', 'Claim'), at(-1))
    .and(cast.dan, on('ship', 'Submit'), at(0));

describe('the stock schedules', () => {
  test('a requirement gate is escalated after a day and rejected after two (TO-01, TO-02)', () => {
    const given = inReview(gate(stockTimeouts.requirement));
    expect(alarmsRung(tick(given, 23.9))).toEqual([]);
    expect(alarmsRung(tick(given, 24))).toEqual(['escalate']);
    const after = tick(tick(given, 24), 48);
    expect(alarmsRung(after)).toEqual(['escalate', 'reject']);
    expect(statusOf(after)).toBe('in-progress');
  });

  test('a task review is escalated after two days and passes with a warning after three (TO-03, TO-04)', () => {
    const after = tick(inReview(gate(stockTimeouts.task_review)), 72);
    expect(alarmsRung(after)).toEqual(['escalate', 'approve']);
    expect(statusOf(after)).toBe('done');
    expect(opened(after).stages[0]?.timedOut?.text).toContain('3d');
  });

  test('a production gate is rejected after three days and never approved by time (TO-05, TO-06)', () => {
    const after = tick(
      inReview(gate({ ...stockTimeouts.production, approveAfter: hour }, { explicitOnly: true })),
      80,
    );
    expect(statusOf(after)).toBe('in-progress');
    expect(names(after)).not.toContain('GateTimedOut');
  });
});

test('an approval just before the end of the time counts, also when it is read after it', () => {
  const given = inReview(gate({ rejectAfter: 10 * hour }))
    .and(cast.erin, on('ship', 'Approve', { commentId: 1 }), at(9))
    .and(cast.vera, on('ship', 'Approve', { commentId: 2 }), at(9.99));
  expect(statusOf(tick(given, 11))).toBe('done');
});

test('an approval after the end of the time is refused, whether or not the house was awake at the end', () => {
  const asleep = inReview(gate({ rejectAfter: 10 * hour }));
  expect(asleep.when(cast.erin, on('ship', 'Approve'), at(10.5))).toBe('gate-not-open');
  expect(tick(asleep, 10).when(cast.erin, on('ship', 'Approve'), at(10.5))).toBe('gate-not-open');
});

test('nothing runs while the epic is paused or the stage blocked, and it goes on from where it stood', () => {
  const given = inReview(gate({ rejectAfter: 10 * hour }))
    .and(cast.pat, { type: 'Pause', reason: '' }, at(4))
    .and(cast.pat, { type: 'Resume' }, at(100))
    .and(cast.erin, on('ship', 'Block'), at(102))
    .and(cast.erin, on('ship', 'Unblock'), at(200));
  expect(nextAlarm(given.epic)).toBe(at(204).at);
  expect(statusOf(tick(given, 203.9))).toBe('in-review');
  expect(statusOf(tick(given, 204))).toBe('in-progress');
});

test('a block lifted during a pause lets no time run before the pause is over', () => {
  const given = inReview(gate({ rejectAfter: 10 * hour }))
    .and(cast.erin, on('ship', 'Block'), at(1))
    .and(cast.pat, { type: 'Pause', reason: '' }, at(2))
    .and(cast.pat, { type: 'Resume' }, at(5))
    .and(cast.erin, on('ship', 'Unblock'), at(6));
  expect(nextAlarm(given.epic)).toBe(at(15).at);
});

test('a second submission begins the time anew, and everything rings again', () => {
  const given = tick(inReview(gate({ remindAfter: hour, rejectAfter: 10 * hour })), 10).and(
    cast.dan,
    on('ship', 'Submit'),
    at(20),
  );
  expect(nextAlarm(given.epic)).toBe(at(21).at);
});

test('once the gate is widened somebody else’s role fills what is missing, and not before', () => {
  const given = inReview(gate({ widenAfter: 5 * hour, widenTo: 'DIRECTOR' }));
  const sam = { ...at(4), roles: ['DIRECTOR'] };
  expect(given.when(cast.sam, on('ship', 'Approve'), sam)).toBe('not-your-role');
  const wide = tick(given, 5).and(cast.erin, on('ship', 'Approve', { commentId: 1 }), at(6));
  expect(statusOf(wide.and(cast.sam, on('ship', 'Approve', { commentId: 2 }), { ...sam, ...at(7) }))).toBe(
    'done',
  );
});

test('an approval that has grown old is asked for again', () => {
  const given = inReview(gate({}, { validFor: 24 * hour })).and(
    cast.erin,
    on('ship', 'Approve', { commentId: 1 }),
    at(1),
  );
  const later = given.and(cast.vera, on('ship', 'Approve', { commentId: 2 }), at(26));
  expect(statusOf(later)).toBe('in-review');
  expect(statusOf(later.and(cast.erin, on('ship', 'Approve', { commentId: 3 }), at(27)))).toBe('done');
});

describe('a claim that shows no sign of life', () => {
  const slow: WorkflowDefinition = {
    ...workflow,
    stages: [stage('ship', { claimExpires: 10 * hour, due: 40 * hour })],
  };
  const claimed = started(slow, at(-1)).and(cast.dan, on('ship', 'Claim'), at(0));

  test('is nudged at half of its time and given back at the end', () => {
    expect(alarmsRung(tick(claimed, 5))).toEqual(['nudge']);
    const after = tick(claimed, 10);
    expect(statusOf(after)).toBe('ready');
    expect(opened(after).stages[0]?.claimant).toBeUndefined();
  });

  test('is kept by one word, and by work that shows', () => {
    const kept = claimed.and(cast.dan, on('ship', 'Extend'), at(9));
    expect(statusOf(tick(kept, 18.9))).toBe('in-progress');
    const shown = kept.and(cast.dan, on('ship', 'AddEvidence'), at(18));
    expect(statusOf(tick(shown, 27.9))).toBe('in-progress');
    expect(statusOf(tick(shown, 28))).toBe('ready');
  });

  test('can be kept by nobody else', () => {
    expect(claimed.when(cast.pat, on('ship', 'Extend'), at(1))).toBe('not-the-claimant');
  });

  test('does not make the stage’s own deadline begin anew', () => {
    const again = tick(claimed, 10)
      .and(cast.dan, on('ship', 'Claim'), at(35))
      .and(cast.dan, on('ship', 'Extend'), at(38));
    expect(nextAlarm(again.epic)).toBe(at(39).at);
  });
});

test('with deadlines off nothing rings', () => {
  const given = inReview(gate(stockTimeouts.requirement));
  const rules = opened(given).rules;
  const off = { rules: { ...rules, policy: { ...rules.policy, deadlines: false } } };
  const quiet = given.and(cast.sam, { type: 'NoteRules' }, { ...at(1), ...off });
  expect(nextAlarm(quiet.epic)).toBeUndefined();
  expect(names(quiet.and(cast.sam, { type: 'Tick' }, { ...at(100), ...off }))).not.toContain('StageRejected');
});

test('with deadlines off an approval still grows old: how long it is good is no deadline', () => {
  const given = inReview(gate({}, { validFor: 24 * hour }));
  const { rules } = opened(given);
  const off = { rules: { ...rules, policy: { ...rules.policy, deadlines: false } } };
  const first = given.and(cast.erin, on('ship', 'Approve', { commentId: 1 }), { ...at(1), ...off });
  const later = first.and(cast.vera, on('ship', 'Approve', { commentId: 2 }), { ...at(26), ...off });
  expect(statusOf(later)).toBe('in-review');
});

test('however late and however often a tick comes, the same has happened', () => {
  const definition = gate({
    remindAfter: hour,
    escalateAfter: 2 * hour,
    widenAfter: 3 * hour,
    widenTo: 'X',
    rejectAfter: 9 * hour,
  });
  const told = (given: Given): readonly object[] =>
    given.events.map(({ type, at: when }) => ({ type, when }));
  const once = told(tick(inReview(definition), 12));
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { maxLength: 12 }), (moments) => {
      const given = [...moments.toSorted((one, other) => one - other), 12].reduce(tick, inReview(definition));
      expect(told(given)).toEqual(once);
    }),
    { numRuns: 60 },
  );
});

describe('office hours', () => {
  const berlin = officeCalendar({
    timeZone: 'Europe/Berlin',
    from: 540,
    to: 1_020,
    days: [1, 2, 3, 4, 5],
    holidays: ['2026-04-06'],
  });
  const after = (from: string, hours: number): string =>
    new Date(berlin.after(Date.parse(from), hours * hour)).toISOString();

  test.each([
    ['within the day', '2026-03-02T09:00:00Z', 4, '2026-03-02T13:00:00.000Z'],
    ['over the night', '2026-03-02T15:00:00Z', 2, '2026-03-03T09:00:00.000Z'],
    ['over the weekend', '2026-03-06T15:00:00Z', 2, '2026-03-09T09:00:00.000Z'],
    ['from a Sunday', '2026-03-08T12:00:00Z', 1, '2026-03-09T09:00:00.000Z'],
    [
      'over the night in which clocks go forward, and a holiday',
      '2026-04-02T14:00:00Z',
      2,
      '2026-04-03T08:00:00.000Z',
    ],
    ['over Easter Monday', '2026-04-03T14:00:00Z', 2, '2026-04-07T08:00:00.000Z'],
    ['over the change of clocks itself', '2026-03-27T15:00:00Z', 2, '2026-03-30T08:00:00.000Z'],
  ])('a deadline runs %s', (_, from, hours, expected) => {
    expect(after(from, hours)).toBe(expected);
  });

  test('what has run and what is left add up, wherever the clock is stopped in between', () => {
    const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 80 * hour }),
        fc.integer({ min: 0, max: 400 * hour }),
        (from, length, stopped) => {
          const begun = new Date(from).toISOString();
          const stop = new Date(from + stopped).toISOString();
          const clock = stopClock(startClock(begun, false), stop);
          const whole = momentOf(startClock(begun, false), length, berlin);
          expect(momentOf(goOn(clock, stop), length, berlin)).toBe(whole);
          expect(berlin.worked(from, Date.parse(whole ?? ''))).toBe(length);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a stopped clock reaches nothing it had not reached', () => {
    const clock = stopClock(startClock(at(0).at ?? '', false), at(5).at ?? '');
    expect(momentOf(clock, 6 * hour)).toBeUndefined();
    expect(momentOf(clock, 5 * hour, everyMoment)).toBe(at(5).at);
  });
});
