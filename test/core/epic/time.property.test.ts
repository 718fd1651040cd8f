/** Whatever people do, however late ticks come, whoever else ticks and whenever the house starts anew: nothing rings twice, nothing is lost, no gate is passed that must not be. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { EpicEvent } from '../../../src/core/epic/events.ts';
import { replay } from '../../../src/core/epic/evolve.ts';
import { nextAlarm } from '../../../src/core/epic/overdue.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import { isSettled } from '../../../src/core/epic/stage.ts';
import type { Epic } from '../../../src/core/epic/state.ts';
import type { StageDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, facts, on, open, stage, type Wanted, workflow } from './given.ts';
import { type Deed, minute, TimeModel } from './time-model.ts';

const zero = Date.UTC(2026, 2, 2, 8);
const momentOf = (minutes: number): string => new Date(zero + minutes * minute).toISOString();
const minuteOf = (moment: string): number => (Date.parse(moment) - zero) / minute;

const wishes: Readonly<
  Record<Deed, readonly [Person, 'Approve' | Exclude<Deed, `Approve${string}`>, readonly string[]]>
> = {
  Claim: [cast.dan, 'Claim', ['ENG']],
  Submit: [cast.dan, 'Submit', []],
  Extend: [cast.dan, 'Extend', []],
  Release: [cast.dan, 'Release', []],
  Reject: [cast.erin, 'Reject', ['EM']],
  Block: [cast.dan, 'Block', ['ENG']],
  Unblock: [cast.dan, 'Unblock', ['ENG']],
  Skip: [cast.olga, 'Skip', ['OVERRIDER']],
  Override: [cast.olga, 'Override', ['OVERRIDER']],
  ApproveEM: [cast.erin, 'Approve', ['EM']],
  ApproveVP: [cast.vera, 'Approve', ['VP']],
  ApproveWide: [cast.sam, 'Approve', ['DIRECTOR']],
};

/** A ledger with two deciders: each folds what is stored by itself, and whoever comes second decides again. */
class Town {
  stored: readonly EpicEvent[] = [];
  #known: readonly [Epic, Epic] = [{ status: 'unopened' }, { status: 'unopened' }];
  #versions: readonly [number, number] = [0, 0];

  /** Folds everything anew, as after a start. */
  restarts(replica: 0 | 1): void {
    const told: readonly EpicEvent[] = JSON.parse(JSON.stringify(this.stored));
    const fresh = replay(told);
    this.#known = replica === 0 ? [fresh, this.#known[1]] : [this.#known[0], fresh];
    const version = this.stored.length;
    this.#versions = replica === 0 ? [version, this.#versions[1]] : [this.#versions[0], version];
  }

  /** Answers whether it was accepted. `together`: the other one has decided on what was there before. */
  decides(replica: 0 | 1, command: EpicCommand): boolean {
    const { events, refusal } = decide(this.#known[replica], command);
    if (this.#versions[replica] !== this.stored.length) {
      this.restarts(replica);
      return this.decides(replica, command);
    }
    this.stored = [...this.stored, ...events];
    this.restarts(replica);
    return refusal === undefined;
  }

  get epic(): Epic {
    return replay(this.stored);
  }
}

const length = fc.option(
  fc.integer({ min: 1, max: 25 }).map((minutes) => minutes * minute),
  { nil: undefined },
);
const even = fc.option(
  fc.integer({ min: 1, max: 12 }).map((minutes) => 2 * minutes * minute),
  { nil: undefined },
);
const lengths = fc.record({
  remindAfter: length,
  escalateAfter: length,
  widenAfter: length,
  rejectAfter: length,
  approveAfter: length,
  validFor: length,
  claimExpires: even,
  due: length,
  explicitOnly: fc.boolean(),
});

type Lengths = typeof lengths extends fc.Arbitrary<infer L> ? L : never;

/** Without what is not given. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

const stageOf = (key: string, dependsOn: readonly string[], wanted: Lengths): StageDefinition => {
  const { explicitOnly, validFor, claimExpires, due, ...timeouts } = wanted;
  return stage(key, {
    dependsOn: [...dependsOn],
    ...given({ claimExpires, due }),
    gate: {
      name: 'go',
      approvers: ['EM', 'VP'],
      timeouts: { ...given(timeouts), widenTo: 'DIRECTOR' },
      ...given({ validFor }),
      ...(explicitOnly && { class: 'production' as const, explicitOnly }),
    },
  });
};

const replica = fc.constantFrom(0 as const, 1 as const);
const deed = fc.constantFrom(...(Object.keys(wishes) as Deed[]));
const frequent = fc.constantFrom<Deed>('Claim', 'Submit', 'ApproveEM', 'ApproveVP');
const anything = fc.array(
  fc.oneof(
    fc.record({ step: fc.constant('does' as const), replica, deed, key: fc.constantFrom('work', 'next') }),
    fc.record({
      step: fc.constant('does' as const),
      replica,
      deed: frequent,
      key: fc.constantFrom('work', 'next'),
    }),
    fc.record({ step: fc.constant('passes' as const), minutes: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ step: fc.constantFrom('pauses' as const, 'resumes' as const, 'restarts' as const), replica }),
    fc.record({ step: fc.constant('ticks' as const), replica, late: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ step: fc.constant('both tick' as const) }),
  ),
  { maxLength: 45, size: 'max' },
);

type Step = typeof anything extends fc.Arbitrary<(infer S)[]> ? S : never;

/** Half of the plays begin where gates are: few random steps lead there. */
const begun = (deeds: readonly Deed[]): readonly Step[] =>
  deeds.map((one) => ({ step: 'does', replica: 0, deed: one, key: 'work' }));
const steps = fc
  .tuple(
    fc.constantFrom<readonly Deed[]>([], [], ['Claim', 'Submit'], ['Claim', 'Submit', 'ApproveEM']),
    anything,
  )
  .map(([deeds, more]) => [...begun(deeds), ...more]);

let comments = 0;
const told = (by: Person, wanted: Wanted, at: number, roles: readonly string[]): EpicCommand => {
  comments += 1;
  const cause = { at: momentOf(at), roles };
  return {
    ...wanted,
    ...('commentId' in wanted ? { commentId: comments } : {}),
    ...facts(by, cause),
  } as EpicCommand;
};
const tickAt = (at: number): EpicCommand => told(cast.sam, { type: 'Tick' }, at, []);

/** One step in the town and in the model; both must say the same. */
const take = (town: Town, model: TimeModel, one: Step): void => {
  switch (one.step) {
    case 'passes':
      model.pass(one.minutes);
      return;
    case 'restarts':
      town.restarts(one.replica);
      return;
    case 'ticks':
      // A clock that is behind rings nothing that is not due by it; the model may have looked further already.
      town.decides(one.replica, tickAt(Math.max(0, model.now - one.late)));
      return;
    case 'both tick': {
      town.decides(0, tickAt(model.now));
      const before = town.stored.length;
      town.decides(1, tickAt(model.now));
      expect(town.stored.length).toBe(before);
      return;
    }
    case 'does': {
      const [by, type, roles] = wishes[one.deed];
      const accepted = town.decides(one.replica, told(by, on(one.key, type), model.now, roles));
      expect([one.deed, accepted]).toEqual([one.deed, model.does(one.deed, one.key)]);
      return;
    }
    default: {
      const wanted: Wanted = one.step === 'pauses' ? { type: 'Pause', reason: '' } : { type: 'Resume' };
      const accepted = town.decides(one.replica, told(cast.pat, wanted, model.now, []));
      expect([one.step, accepted]).toEqual([
        one.step,
        one.step === 'pauses' ? model.pauses() : model.resumes(),
      ]);
    }
  }
};

const play = (definition: WorkflowDefinition, taken: readonly Step[]): readonly [Town, TimeModel] => {
  const town = new Town();
  town.decides(0, told(cast.pat, open(definition), 0, ['PM']));
  const model = new TimeModel(definition.stages);
  for (const one of taken) take(town, model, one);
  town.decides(1, tickAt(model.now));
  return [town, model];
};

const rungIn = (town: Town): readonly string[] =>
  town.stored.flatMap((event) =>
    event.type === 'AlarmRang' ? [`${event.stage} ${event.alarm} ${minuteOf(event.at)}`] : [],
  );

test('alarms ring once each and at their minute, and the stages are where a minute-by-minute reckoning has them', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(lengths, lengths, steps, (first, second, taken) => {
      const definition = {
        ...workflow,
        stages: [stageOf('work', [], first), stageOf('next', ['work'], second)],
      };
      const [town, model] = play(definition, taken);
      const { epic } = town;
      if (epic.status === 'unopened') throw new Error('not opened');
      expect(rungIn(town)).toEqual(model.rang);
      expect(epic.stages.map((one) => one.status)).toEqual(model.stages.map((one) => one.status));
      const next = nextAlarm(epic);
      if (next !== undefined) expect(next > momentOf(model.now)).toBe(true);
      for (const line of model.rang) seen.add(line.split(' ')[1] ?? '');
      if (epic.stages.every(isSettled)) seen.add('the end');
    }),
    { numRuns: 800 },
  );
  expect([...seen].sort()).toEqual(
    [
      'approve',
      'due',
      'escalate',
      'expire',
      'nudge',
      'outdated',
      'reject',
      'remind',
      'the end',
      'widen',
    ].sort(),
  );
});

test('an explicit gate is passed by nobody’s silence: only by its approvals, or an override said aloud', () => {
  fc.assert(
    fc.property(lengths, steps, (wanted, taken) => {
      const explicit = stageOf('work', [], { ...wanted, explicitOnly: true });
      const [town] = play(
        { ...workflow, stages: [explicit, stage('next', { dependsOn: ['work'] })] },
        taken.filter((one) => !('key' in one) || one.key === 'work'),
      );
      const ofWork = town.stored.filter((event) => 'stage' in event && event.stage === 'work');
      const types = ofWork.map(({ type }) => type);
      expect(types).not.toContain('GateTimedOut');
      expect(types).not.toContain('StageSkipped');
      const done = types.lastIndexOf('StageDone');
      if (done === -1) return;
      const since = types.slice(types.lastIndexOf('StageSubmitted', done), done);
      const approvals = since.filter((type) => type === 'ApprovalGiven').length;
      expect(since.includes('GateOverridden') || approvals >= 2).toBe(true);
    }),
    { numRuns: 300 },
  );
});
