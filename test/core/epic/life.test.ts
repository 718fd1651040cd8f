/** Whole lives of epics: the stock workflows by commands, and what must hold after any sequence of them (design §9, contract §3). */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { EpicEvent } from '../../../src/core/epic/events.ts';
import { evolve, replay } from '../../../src/core/epic/evolve.ts';
import { explainStage } from '../../../src/core/epic/explain.ts';
import { judgePull } from '../../../src/core/epic/pull-request.ts';
import { settle } from '../../../src/core/epic/settle.ts';
import { isFinal } from '../../../src/core/epic/stage.ts';
import { type Epic, type OpenedEpic, unopened } from '../../../src/core/epic/state.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { parseWorkflow } from '../../../src/core/workflow/parse.ts';
import { runs } from '../../fuzz/effort.ts';
import {
  cast,
  facts,
  type Given,
  on,
  open,
  opened,
  rulesWith,
  started,
  submitted,
  type Wanted,
  workflow,
} from './given.ts';
import { link, now, pullFacts, review, sha } from './pulls.ts';

const { pat, dan, olga, sam } = cast;

const stock = (name: string): WorkflowDefinition => {
  const path = `workflows/${name}.yml`;
  const parsed = parseWorkflow(readFileSync(path, 'utf8'), path);
  if ('problems' in parsed) throw new Error(`${path} has problems.`);
  return parsed.definition;
};

/** Takes one stage from claim to done: dan works, and each approver is somebody else. */
const finish = (given: Given, key: string): Given => {
  const definition = opened(given).definition.stages.find((one) => one.key === key);
  if (definition === undefined) throw new Error(`There is no stage ${key}.`);
  const worked = given.and(dan, on(key, 'Claim'), { roles: [definition.role] }).and(dan, on(key, 'Submit'));
  return (definition.gate?.approvers ?? []).reduce((so, role, index) => {
    const by = { id: 100 + index, login: `approver-${index}` };
    return so.and(by, on(key, 'Approve', { commentId: index }), { roles: [role] });
  }, worked);
};
const readyOf = (given: Given): readonly string[] =>
  opened(given)
    .stages.filter((one) => one.status === 'ready')
    .map((one) => one.definition.key);

test('a feature goes from definition to launch, one stage after the other, and is done with the last', () => {
  const feature = stock('feature');
  const end = feature.stages.reduce((given, { key }) => {
    expect(readyOf(given)).toEqual([key]);
    return finish(given, key);
  }, started(feature));
  expect(opened(end).status).toBe('done');
  expect(end.events.at(-1)?.type).toBe('EpicDone');
});

test('a launch works on what does not depend on each other at once, and waits where it comes together', () => {
  const planned = finish(started(stock('launch')), '1_plan');
  expect(readyOf(planned)).toEqual(['2_content', '3_feature_flag']);
  const content = finish(planned, '2_content');
  expect(readyOf(content)).toEqual(['3_feature_flag', '5_support_docs']);
  const tested = ['3_feature_flag', '4_regression_test'].reduce(finish, content);
  expect(readyOf(tested)).toEqual(['5_support_docs']);
  expect(tested.when(dan, on('6_go_live', 'Claim'), { roles: ['PRODUCT_MANAGER'] })).toBe('not-claimable');
  const last = finish(tested, '5_support_docs');
  expect(readyOf(last)).toEqual(['6_go_live']);
  expect(opened(finish(last, '6_go_live')).status).toBe('done');
});

test.each(['bug', 'trading_strategy'])('%s can be brought to its end', (name) => {
  const definition = stock(name);
  const all = definition.stages.reduce(
    (given) => finish(given, readyOf(given)[0] ?? ''),
    started(definition),
  );
  expect(opened(all).status).toBe('done');
});

type Deed = readonly [keyof typeof cast, Wanted];

/** Mostly by the one whose it is to do, so that lives get somewhere; now and then by anybody. */
const deeds: fc.Arbitrary<Deed> = (() => {
  const worker = (key: string) => (key === 'build' ? 'dan' : 'pat');
  const key = fc.constantFrom('define', 'build', 'tell');
  const number = fc.constantFrom(7, 8);
  const head = fc.constantFrom(sha('a'), sha('a'), sha('b'));
  const state = fc.constantFrom('open' as const, 'open' as const, 'merged' as const, 'closed' as const);
  const approver = fc.constantFrom('erin' as const, 'vera' as const);
  const byWorker = fc
    .tuple(key, fc.constantFrom('Claim' as const, 'Submit' as const, 'Release' as const))
    .map(([k, type]): Deed => [worker(k), on(k, type)]);
  const byApprover = fc
    .tuple(
      approver,
      key,
      fc.constantFrom('Approve', 'Approve', 'Approve', 'Reject', 'Block', 'Unblock'),
      fc.nat(3),
    )
    .map(([by, k, type, commentId]): Deed => [by, on(k, type, { commentId })]);
  const byOverrider = fc
    .tuple(key, fc.constantFrom('Skip' as const, 'Override' as const, 'Override' as const))
    .map(([k, type]): Deed => ['olga', on(k, type)]);
  const links = fc
    .tuple(fc.constantFrom('build', 'build', 'tell'), number, head)
    .map(([k, n, commit]): Deed => ['dan', link(k, n, { head: commit })]);
  const changes = fc
    .tuple(number, head, state)
    .map(([n, commit, now_]): Deed => ['dan', now(n, { head: commit, state: now_ })]);
  const verdict = fc.constantFrom('approved', 'approved', 'changes-requested', 'dismissed');
  const reviews = fc
    .tuple(approver, number, verdict, head, fc.nat(20))
    .map(([by, n, said, commit, id]): Deed => [by, review(cast[by], n, said, { commit, id })]);
  const rest = fc.oneof(
    fc
      .tuple(number, head)
      .map(([n, commit]): Deed => ['sam', { type: 'RecordHeadShown', number: n, head: commit }]),
    number.map((n): Deed => ['dan', { type: 'Unlink', number: n }]),
    fc.nat(3).map((commentId): Deed => ['sam', { type: 'RevokeApproval', commentId, how: 'edited' }]),
    fc.constantFrom<Deed>(
      ['pat', { type: 'Pause', reason: '' }],
      ['pat', { type: 'Resume' }],
      ['pat', { type: 'Resume' }],
      ['sam', { type: 'NoteRules' }],
      ['pat', open()],
      ['pat', open({ ...workflow, name: 'bug' })],
    ),
  );
  const cancel = fc.constant<Deed>(['pat', { type: 'Cancel', reason: 'no', gone: false }]);
  const likely = fc.oneof(
    { weight: 20, arbitrary: byWorker },
    { weight: 16, arbitrary: byApprover },
    { weight: 12, arbitrary: reviews },
    { weight: 6, arbitrary: links },
    { weight: 6, arbitrary: changes },
    { weight: 9, arbitrary: rest },
    { weight: 1, arbitrary: byOverrider },
    { weight: 1, arbitrary: cancel },
  );
  const anybody = fc
    .tuple(fc.constantFrom('pat', 'dan', 'erin', 'vera', 'olga', 'sam'), likely)
    .map(([name, [, wanted]]): Deed => [name, wanted]);
  return fc.oneof({ weight: 9, arbitrary: likely }, { weight: 1, arbitrary: anybody });
})();

interface Plan {
  /** Where the life begins: at the label, or with a pull request in review. */
  readonly from: () => Given;
  /** Each deed under strict or, at 0, lax rules. */
  readonly deeds: readonly (readonly [Deed, number])[];
}
const inReview = (): Given => submitted().and(dan, link('build', 7));
const plans = (minLength: number): fc.Arbitrary<Plan> =>
  fc.record({
    from: fc.constantFrom(started, inReview, inReview),
    deeds: fc.array(fc.tuple(deeds, fc.nat(9)), { minLength, maxLength: 80, size: 'max' }),
  });

interface Step {
  readonly before: Epic;
  readonly command: EpicCommand;
  readonly events: readonly EpicEvent[];
  readonly refused: boolean;
  readonly after: Epic;
}

const lived = (plan: Plan): readonly Step[] => {
  let epic: Epic = plan.from().epic;
  return plan.deeds.map(([[name, wanted], chance]) => {
    const known = epic.status === 'unopened' ? [] : epic.pulls;
    const pulls = known.map(({ number, head, state }) => pullFacts(number, { head, state }));
    const rules = rulesWith(chance === 0 ? { selfApproval: true, distinctApprovers: false } : {});
    const command = { ...wanted, ...facts(cast[name], { pulls, rules }) } as EpicCommand;
    const before = epic;
    const { events, refusal } = decide(before, command);
    epic = events.reduce<Epic>(evolve, before);
    return { before, command, events, refused: refusal !== undefined, after: epic };
  });
};

const stagesOf = (epic: Epic): OpenedEpic['stages'] => (epic.status === 'unopened' ? [] : epic.stages);
const roundOf = (epic: Epic): number => (epic.status === 'unopened' ? 0 : epic.round);
const always = (check: (step: Step, steps: readonly Step[]) => void, ordinary = 130): void => {
  fc.assert(
    fc.property(plans(0), (plan) => {
      const steps = lived(plan);
      for (const step of steps) check(step, steps);
    }),
    runs(ordinary),
  );
};

test('nothing anybody does makes the house fall, and everything that is can be explained', () => {
  always(({ after }) => {
    if (after.status === 'unopened') return;
    for (const stage of after.stages) expect(explainStage(after, stage).says).not.toBe('');
    for (const pull of after.pulls)
      expect(['success', 'failure', 'in_progress']).toContain(judgePull(after, pull).state);
  });
});

test('the ledger alone brings back the same epic, also after a trip through JSON', () => {
  fc.assert(
    fc.property(plans(0), (plan) => {
      const events = [...plan.from().events, ...lived(plan).flatMap((step) => step.events)];
      const folded = events.reduce<Epic>(evolve, unopened);
      expect(replay(JSON.parse(JSON.stringify(events)))).toEqual(JSON.parse(JSON.stringify(folded)));
    }),
    runs(70),
  );
});

test('what is over stays as it was: done, skipped and cancelled stages never change in their round', () => {
  always(({ before, after }) => {
    if (roundOf(before) !== roundOf(after)) return;
    for (const [index, stage] of stagesOf(before).entries()) {
      if (isFinal(stage)) expect(stagesOf(after)[index]).toEqual(stage);
    }
  });
});

test('no stage is done that was not submitted by its claimant and, where it has a gate, passed or overridden', () => {
  always(({ after }) => {
    for (const stage of stagesOf(after).filter((one) => one.status === 'done')) {
      expect(stage.claimant).toBeDefined();
      expect(stage.submission).toBeGreaterThan(0);
      if (stage.definition.gate !== undefined) expect(stage.gatePassed).toBe(true);
      expect(stage.blockers).toEqual([]);
    }
  });
});

test('no stage is claimed, worked on or done before what it depends on is settled', () => {
  always(({ after }) => {
    const settled = new Set(
      stagesOf(after)
        .filter((one) => one.status === 'done' || one.status === 'skipped')
        .map((one) => one.definition.key),
    );
    for (const stage of stagesOf(after)) {
      if (['ready', 'in-progress', 'in-review', 'done'].includes(stage.status)) {
        expect(stage.definition.dependsOn.filter((key) => !settled.has(key))).toEqual([]);
      }
    }
  });
});

test('while an epic is paused no stage moves, whatever people and GitHub say', () => {
  always(({ before, after }) => {
    if (before.status !== 'paused' || after.status !== 'paused') return;
    const moves = (epic: Epic) => stagesOf(epic).map((one) => [one.status, one.gatePassed, one.claimant]);
    expect(moves(after)).toEqual(moves(before));
  });
});

const byItself = new Set<EpicEvent['type']>([
  'RulesSeen',
  'RolesAsked',
  'GatePassed',
  'GateReopened',
  'GateOvertaken',
  'StageDone',
  'StageReady',
  'EpicDone',
]);

test('a refused command leaves only what was learned on the way, and what follows from it', () => {
  always(({ events, refused }) => {
    if (!refused) return;
    const own = events.filter(({ type }) => !byItself.has(type) && !type.startsWith('PullRequest'));
    expect(own).toEqual([]);
  });
});

test('when a command is decided, everything that follows from it has followed', () => {
  always(({ after }) => {
    expect(settle(after, { at: '2026-12-31T00:00:00.000Z' })).toEqual([]);
  });
});

test('the same command again, as a redelivery would bring it, opens, claims, submits and skips nothing twice', () => {
  always(({ after, command, events, refused }) => {
    const sentBack = events.some((event) => event.type === 'StageRejected');
    if (refused || sentBack) return;
    const again = decide(after, command).events.map((event) => event.type);
    const once = [
      'EpicOpened',
      'StageClaimed',
      'StageSubmitted',
      'StageSkipped',
      'EpicPaused',
      'EpicCancelled',
      'PullRequestLinked',
      'ReviewGiven',
    ];
    if (command.type !== 'Open') expect(again.filter((type) => once.includes(type))).toEqual([]);
  });
});

test('these lives reach far: stages done, rejected, overridden, epics done and cancelled', () => {
  const sample = fc.sample(plans(60), { numRuns: 120, seed: 11 });
  const seen = new Set(
    sample.flatMap((plan) => lived(plan).flatMap((step) => step.events.map((event) => event.type))),
  );
  for (const type of [
    'StageDone',
    'StageRejected',
    'GateReopened',
    'GateOverridden',
    'ApprovalRevoked',
    'EpicDone',
    'EpicCancelled',
    'ReviewDismissed',
    'PullRequestReopened',
    'PullRequestUnlinked',
  ] as const) {
    expect(seen).toContain(type);
  }
});

test('a skip of the last stage ends the epic, also when it was being reviewed', () => {
  const last = started({ ...workflow, stages: workflow.stages.slice(0, 1) });
  const reviewed = last.and(pat, on('define', 'Claim')).and(pat, on('define', 'Submit'));
  for (const given of [last, reviewed]) {
    expect(given.when(olga, on('define', 'Skip'))).toEqual(['StageSkipped', 'EpicDone']);
  }
  expect(opened(last.and(olga, on('define', 'Skip'))).endedAt).toBeDefined();
});

test('an epic whose issue is gone is cancelled without asking for permission, once', () => {
  const gone = started().and(sam, { type: 'Cancel', reason: 'deleted', gone: true });
  expect(opened(gone).status).toBe('cancelled');
  expect(gone.when(sam, { type: 'Cancel', reason: 'deleted', gone: true })).toEqual([]);
});
