/** Whole lives with going back in them: what must hold after any sequence of commands (issue 4, contract §3). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { EpicEvent } from '../../../src/core/epic/events.ts';
import { evolve, replay } from '../../../src/core/epic/evolve.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import type { PastRound } from '../../../src/core/epic/past-round.ts';
import { settle } from '../../../src/core/epic/settle.ts';
import { isSettled, openDependencies } from '../../../src/core/epic/stage.ts';
import type { OpenedEpic, Stage } from '../../../src/core/epic/state.ts';
import { runs } from '../../fuzz/effort.ts';
import { cast, facts, on, opened, stage, started, type Wanted, workflow } from './given.ts';
import { link, now, pullFacts, review } from './pulls.ts';

const gate = (name: string) => ({ name, approvers: ['EM', 'VP'] });

/** Two branches that come together, and something beside them. */
const definition = {
  ...workflow,
  stages: [
    stage('plan', { gate: { name: 'plan', approvers: ['EM'] } }),
    stage('draw', { dependsOn: ['plan'], gate: gate('look') }),
    stage('write', { dependsOn: ['plan'] }),
    stage('ship', { dependsOn: ['draw', 'write'], gate: gate('go') }),
    stage('hire'),
  ],
};

type Deed = readonly [keyof typeof cast, Wanted];

const deeds: fc.Arbitrary<Deed> = (() => {
  const key = fc.constantFrom('plan', 'draw', 'write', 'ship', 'hire');
  const approver = fc.constantFrom('erin' as const, 'vera' as const);
  const number = fc.constantFrom(7, 8);
  const work = fc
    .tuple(key, fc.constantFrom('Claim', 'Submit', 'Submit'))
    .map(([k, type]): Deed => ['dan', on(k, type)]);
  const judge = fc
    .tuple(approver, key, fc.constantFrom('Approve', 'Approve', 'Approve', 'Reject'), fc.nat(9))
    .map(([by, k, type, commentId]): Deed => [by, on(k, type, { commentId })]);
  const back = fc
    .tuple(approver, fc.constantFrom('draw', 'ship', 'ship'), fc.constantFrom('plan', 'draw', 'write'))
    .map(([by, k, to]): Deed => [by, on(k, 'Reject', { to })]);
  const retry = fc
    .tuple(fc.constantFrom('dan' as const, 'olga' as const), key)
    .map(([by, k]): Deed => [by, on(k, 'Retry')]);
  const skip = key.map((k): Deed => ['olga', on(k, 'Skip')]);
  const pulls = fc
    .tuple(key, number, fc.constantFrom('open' as const, 'merged' as const, 'closed' as const), fc.boolean())
    .map(([k, n, state, linking]): Deed => ['dan', linking ? link(k, n) : now(n, { state })]);
  const reviews = fc
    .tuple(approver, number, fc.constantFrom('approved', 'approved', 'changes-requested'), fc.nat(40))
    .map(([by, n, verdict, id]): Deed => [by, review(cast[by], n, verdict, { id })]);
  const rest = fc.oneof(
    fc.nat(9).map((commentId): Deed => ['sam', { type: 'RevokeApproval', commentId, how: 'edited' }]),
    fc.constantFrom<Deed>(['pat', { type: 'Pause', reason: '' }], ['pat', { type: 'Resume' }]),
    key.map((from): Deed => ['pat', { type: 'Resume', from }]),
    number.map((n): Deed => ['dan', { type: 'Unlink', number: n }]),
    fc.constant<Deed>([
      'pat',
      { type: 'NextBatch', reason: '', definition, source: { path: 'x', commit: null } },
    ]),
  );
  return fc.oneof(
    { weight: 14, arbitrary: work },
    { weight: 14, arbitrary: judge },
    { weight: 3, arbitrary: back },
    { weight: 2, arbitrary: retry },
    { weight: 2, arbitrary: skip },
    { weight: 4, arbitrary: pulls },
    { weight: 4, arbitrary: reviews },
    { weight: 4, arbitrary: rest },
  );
})();

interface Step {
  readonly before: OpenedEpic;
  readonly events: readonly EpicEvent[];
  readonly after: OpenedEpic;
}

const beginning = started(definition);
const begun = () => beginning;

const lived = (plan: readonly Deed[]): readonly Step[] => {
  let epic = opened(begun());
  return plan.map(([name, wanted]) => {
    const pulls = epic.pulls.map(({ number, state, head }) => pullFacts(number, { state, head }));
    const command = { ...wanted, ...facts(cast[name], { pulls }) } as EpicCommand;
    const before = epic;
    const { events } = decide(before, command);
    const after = events.reduce<ReturnType<typeof evolve>>(evolve, before);
    if (after.status === 'unopened') throw new Error('It was opened.');
    epic = after;
    return { before, events, after };
  });
};

const lives = (minLength = 0) => fc.array(deeds, { minLength, maxLength: 90, size: 'max' });
const always = (check: (step: Step) => void): void => {
  fc.assert(
    fc.property(lives(), (plan) => {
      for (const step of lived(plan)) check(step);
    }),
    runs(150),
  );
};

/** What a round was, without the place of its issue. */
const deed = ({ issue: _, ...rest }: PastRound) => rest;
const sameBatch = ({ before, after }: Step): boolean => before.round === after.round;
const pairs = (step: Step): readonly (readonly [Stage, Stage])[] =>
  step.before.stages.flatMap((was, index) => {
    const is = step.after.stages[index];
    return is === undefined ? [] : [[was, is] as const];
  });

test('no stage on top of one that is not done can be claimed, worked on, passed or done', () => {
  always(({ after }) => {
    for (const one of after.stages) {
      if (one.status === 'waiting' || one.status === 'skipped') continue;
      expect(openDependencies(after, one)).toEqual([]);
    }
  });
});

test('rounds that are over never change, and none is left out or counted twice', () => {
  always((step) => {
    if (!sameBatch(step)) return;
    for (const [was, is] of pairs(step)) {
      const past = (is.past ?? []).map(deed);
      expect(past.slice(0, (was.past ?? []).length)).toEqual((was.past ?? []).map(deed));
      expect(past.map(({ round }) => round)).toEqual(past.map((_, index) => index + 1));
      expect(is.round ?? 1).toBe(past.length + 1);
    }
  });
});

test('the gate of a round counts nothing that was said before it began', () => {
  always(({ after }) => {
    for (const one of after.stages) {
      const since = one.reopening?.at ?? '';
      const old = new Set((one.past ?? []).flatMap(({ approvals }) => approvals.map(({ at }) => at)));
      for (const consent of judgeGate(after, one).consents) {
        expect(old).not.toContain(consent.at);
        if (consent.not === undefined && !consent.at.startsWith('2026-01-01T12'))
          expect(consent.at >= since).toBe(true);
      }
      for (const approval of one.approvals) expect(approval.at >= since).toBe(true);
    }
  });
});

test('a stage leaves what is over only by a new round, and going back touches nothing that did not rest on it', () => {
  always((step) => {
    if (!sameBatch(step)) return;
    const reopened = new Set(
      step.events.flatMap((event) => (event.type === 'StageReopened' ? [event.stage] : [])),
    );
    for (const [was, is] of pairs(step)) {
      const again = (is.round ?? 1) > (was.round ?? 1);
      expect(again).toBe(reopened.has(was.definition.key));
      if (isSettled(was) && !again) expect(is).toEqual(was);
    }
    const kept = ({ status, round, claimant, approvals, evidence, submission }: Stage) => [
      status,
      [round, claimant, approvals, evidence, submission],
    ];
    // What was merged while the epic was paused is done when it goes on, whatever is gone back to.
    const goesOn = (was: Stage, is: Stage): boolean =>
      step.events.some((event) => event.type === 'EpicResumed') &&
      was.status === 'in-review' &&
      is.status === 'done';
    for (const [was, is] of reopened.size === 0 ? [] : pairs(step))
      if (was.definition.key === 'hire' && !reopened.has('hire'))
        expect(kept(is)).toEqual(kept(goesOn(was, is) ? { ...was, status: 'done' } : was));
  });
});

test('the ledger alone brings back the same epic, and everything that follows has followed', () => {
  fc.assert(
    fc.property(lives(), (plan) => {
      const steps = lived(plan);
      const events = [...begun().events, ...steps.flatMap((step) => step.events)];
      const last = steps.at(-1)?.after;
      if (last === undefined) return;
      expect(replay(JSON.parse(JSON.stringify(events)))).toEqual(JSON.parse(JSON.stringify(last)));
      expect(settle(last, { at: '2026-12-31T00:00:00.000Z' })).toEqual([]);
    }),
    runs(50),
  );
});

test('these lives go back often, over branches and several times, and reach the next batch', () => {
  const steps = fc.sample(lives(60), { numRuns: 300, seed: 5 }).flatMap(lived);
  const types = new Set(steps.flatMap(({ events }) => events.map(({ type }) => type)));
  for (const type of ['StageReopened', 'StageRejected', 'StageDone', 'EpicDone', 'EpicResumed'] as const)
    expect(types).toContain(type);
  const rounds = steps.flatMap(({ after }) => after.stages.map((one) => one.round ?? 1));
  expect(Math.max(...rounds)).toBeGreaterThan(3);
  const outcomes = new Set(
    steps.flatMap(({ after }) => after.stages.flatMap((one) => (one.past ?? []).map((past) => past.outcome))),
  );
  for (const outcome of ['done', 'skipped', 'rejected', 'sent-back'] as const)
    expect(outcomes).toContain(outcome);
  expect(steps.some(({ after }) => after.round > 1)).toBe(true);
});
