/** Small worlds for asking what would unblock a stage: four people (one of whom only opened the epic), two stages, and everything they could type, tried out blindly. */
import fc from 'fast-check';
import type { EpicCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import { evolve } from '../../../src/core/epic/evolve.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Rules } from '../../../src/core/epic/policy.ts';
import type { Epic, OpenedEpic } from '../../../src/core/epic/state.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { standardPolicy } from '../../../src/core/workflow/policy.ts';
import { facts, open, stage, workflow } from '../epic/given.ts';
import { pullFacts } from '../epic/pulls.ts';

export const people: readonly Person[] = ['ann', 'bob', 'cyd'].map((login, index) => ({
  id: index + 11,
  login,
}));
const author: Person = { id: 1, login: 'pat' };
const everybody = [...people, author];
const now = '2026-03-01T00:00:00.000Z';

/** Something somebody tries; what the rules refuse has not happened. */
export interface Try {
  readonly who: number;
  readonly what:
    | 'Claim'
    | 'Submit'
    | 'Approve'
    | 'Unblock'
    | 'Resume'
    | 'Merge'
    | 'Review'
    | 'Check'
    | 'Concern'
    | 'Ask'
    | 'AskEvidence'
    | 'Answer'
    | 'Evidence'
    | 'Withdraw'
    | 'HoldStage'
    | 'HoldRole'
    | 'Stop'
    | 'Resolve'
    | 'Block'
    | 'Pause'
    | 'Reject'
    | 'Release';
  readonly stage: string;
}

export const personOf = (login: string): number => everybody.findIndex((one) => one.login === login);

const rolesOf = (rules: Rules, person: Person): readonly string[] =>
  rules.roles.filter((entry) => entry.names.includes(person.login)).map((entry) => entry.role);

const replies = { Answer: 'AnswerQuestion', Evidence: 'AddEvidence', Withdraw: 'WithdrawQuestion' } as const;

/** What is said of the epic, or of a part of it. */
const commandsOfEpic = (epic: OpenedEpic, what: Try['what'], key: string): readonly object[] | undefined => {
  if (what === 'HoldStage') return [{ type: 'Pause', part: { kind: 'stage', name: key }, reason: 'so' }];
  if (what === 'HoldRole') return [{ type: 'Pause', part: { kind: 'role', name: 'ENG' }, reason: 'so' }];
  if (what !== 'Resume') return undefined;
  const held = (epic.holds ?? []).filter(({ part }) => part.kind === 'role' || part.name === key);
  return [{ type: what }, ...held.map(({ part }) => ({ type: what, part }))];
};

const commandsOf = (epic: OpenedEpic, { what, stage: key }: Try, by: Person): readonly object[] => {
  const about = { on: { kind: 'stage', stage: key }, stage: key, note: '', reason: 'so', text: 'x' };
  const pull = epic.pulls.find((one) => one.stage === key && one.state === 'open');
  if (what === 'Approve') {
    const approve = { type: what, ...about, commentId: 5 };
    return pull === undefined ? [approve] : [approve, { ...approve, commit: pull.head.slice(0, 7) }];
  }
  const epicWide = commandsOfEpic(epic, what, key);
  if (epicWide !== undefined) return epicWide;
  if (what === 'Ask' || what === 'AskEvidence')
    return [{ type: 'AskQuestion', ...about, kind: what === 'Ask' ? 'clarification' : 'evidence' }];
  if (what === 'Check') return [{ type: what, ...about, words: '1', commentId: 6 }];
  const {
    blockers = [],
    concerns = [],
    questions = [],
  } = epic.stages.find((one) => one.definition.key === key) ?? {};
  const open = concerns.find((one) => one.resolved === undefined);
  if (what === 'Resolve') return open === undefined ? [] : [{ type: what, ...about, id: open.id }];
  const asked = questions.find((one) => one.answer === undefined && one.withdrawn === undefined);
  if (what === 'Answer' || what === 'Evidence' || what === 'Withdraw')
    return asked === undefined ? [] : [{ type: replies[what], ...about, question: asked.id }];
  if (what === 'Unblock')
    return blockers[0] === undefined ? [] : [{ type: what, ...about, blocker: blockers[0].id }];
  if (what === 'Merge')
    return pull === undefined ? [] : [{ type: 'NotePull', pull: pullFacts(7, { ...pull, state: 'merged' }) }];
  if (what !== 'Review') return [{ type: what, ...about }];
  if (pull === undefined) return [];
  const review = {
    id: 50,
    by,
    verdict: 'approved',
    commit: pull.head,
    roles: rolesOf(epic.rules, by),
    text: '',
    at: now,
  };
  return [{ type: 'NoteReview', number: 7, review }];
};

/** The epic after a try; the same epic where it was refused. */
export const after = (epic: OpenedEpic, one: Try): OpenedEpic => {
  const by = everybody[one.who] ?? author;
  const pulls = epic.pulls.filter((pull) => pull.state === 'open').map((pull) => pullFacts(7, pull));
  for (const command of commandsOf(epic, one, by)) {
    const given = facts(by, { at: now, rules: epic.rules, roles: rolesOf(epic.rules, by), pulls });
    const { refusal, events } = decide(epic, { ...command, ...given } as EpicCommand);
    const next = events.reduce<Epic>(evolve, epic);
    if (refusal === undefined && next.status !== 'unopened') return next;
  }
  return epic;
};

export const isDone = (epic: OpenedEpic, key: string): boolean =>
  epic.stages.some((one) => one.definition.key === key && one.status === 'done');

const digest = (epic: OpenedEpic): string =>
  JSON.stringify([
    epic.status,
    epic.stop === undefined,
    epic.holds?.map(({ part }) => part.name),
    epic.stages.map((one) => [
      one.status,
      one.claimant?.id,
      one.approvals.map(({ by, commits }) => [by.id, commits]).sort(),
      one.blockers.length,
      one.ticks?.length,
      one.concerns?.map(({ resolved }) => resolved !== undefined),
      one.questions?.map(({ answer, withdrawn }) => (answer ?? withdrawn) !== undefined),
    ]),
    epic.pulls.map((one) => [
      one.state,
      one.reviews.map(({ by, verdict, voided }) => [by.id, verdict, voided]),
    ]),
  ]);

const forward = [
  'Claim',
  'Submit',
  'Approve',
  'Unblock',
  'Resume',
  'Merge',
  'Review',
  'Check',
  'Resolve',
  'Answer',
  'Evidence',
  'Withdraw',
] as const;

/** How few tries of these people bring the stage to its end; undefined where none of at most so many does. */
export const fewest = (
  epic: OpenedEpic,
  key: string,
  who: readonly number[],
  most = 20,
): number | undefined => {
  let frontier = [epic];
  const seen = new Set([digest(epic)]);
  for (let steps = 0; frontier.length > 0 && steps <= most; steps += 1) {
    if (frontier.some((one) => isDone(one, key))) return steps;
    const next: OpenedEpic[] = [];
    for (const one of frontier) {
      const open = one.stages.find((stage) => stage.status !== 'done');
      const all = forward.flatMap((what) =>
        who.map((index) => ({ who: index, what, stage: open?.definition.key ?? key })),
      );
      for (const to of all.map((each) => after(one, each))) {
        const name = digest(to);
        if (seen.has(name)) continue;
        seen.add(name);
        next.push(to);
      }
    }
    frontier = next;
  }
  return undefined;
};

/** Every set of at most so many of the people. */
export const crews = (most: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** everybody.length }, (_, mask) =>
    [...everybody.keys()].filter((index) => (mask >> index) % 2 === 1),
  ).filter((crew) => crew.length <= most);

const holders = fc.subarray(
  people.map((one) => one.login),
  { minLength: 1, maxLength: 3 },
);
const gate = fc.option(
  fc.record({
    name: fc.constant('gate'),
    approvers: fc.subarray(['EM', 'VP'], { minLength: 1 }),
    any: fc.boolean(),
    criteria: fc.constantFrom([], ['it is tested']),
  }),
  { nil: undefined },
);

const tries = fc.record({
  who: fc.nat({ max: 3 }),
  what: fc.constantFrom<Try['what'][]>(
    ...forward,
    'Claim',
    'Submit',
    'Block',
    'Pause',
    'Reject',
    'Release',
    'Concern',
    'Ask',
    'AskEvidence',
    'HoldStage',
    'HoldRole',
    'Stop',
  ),
  stage: fc.constantFrom('one', 'two'),
});

/** Half of the worlds begin where questions are: few random tries lead there. */
const begun = fc
  .constantFrom<readonly Try['what'][]>(
    [],
    [],
    ['Claim', 'Submit', 'Ask'],
    ['Claim', 'Submit', 'AskEvidence', 'Approve'],
  )
  .map((whats) => whats.flatMap((what) => people.map((_, who): Try => ({ who, what, stage: 'one' }))));

/** An epic somewhere on its way. */
export const worlds = fc
  .record({
    gates: fc.tuple(gate, gate),
    held: fc.record({ ENG: holders, EM: holders, VP: holders, OVERRIDER: holders }),
    policy: fc.record({ selfApproval: fc.boolean(), distinctApprovers: fc.boolean() }),
    apart: fc.boolean(),
    fork: fc.option(fc.boolean(), { nil: undefined }),
    before: fc.tuple(begun, fc.array(tries, { maxLength: 12 })).map((parts) => parts.flat()),
  })
  .map(({ gates, held, policy, apart, fork, before }) => {
    const rules: Rules = {
      policy: { ...standardPolicy, overrideRoles: ['OVERRIDER'], ...policy },
      roles: Object.entries(held).map(([role, names]) => ({ role, names })),
    };
    const gateOf = (index: 0 | 1) => {
      const given = gates[index];
      if (given === undefined) return {};
      const { name, approvers, criteria } = given;
      return { gate: { name, approvers, criteria, ...(given.any ? { require: { any: approvers } } : {}) } };
    };
    const definition: WorkflowDefinition = {
      ...workflow,
      stages: [
        stage('one', gateOf(0)),
        stage('two', { dependsOn: ['one'], ...(apart ? { distinctFrom: ['one'] } : {}), ...gateOf(1) }),
      ],
    };
    const started = decide({ status: 'unopened' }, {
      ...open(definition),
      ...facts(author, { rules }),
    } as EpicCommand);
    let epic = started.events.reduce<Epic>(evolve, { status: 'unopened' });
    if (fork !== undefined) {
      const pull = pullFacts(7, { fork, author: people[0] ?? author, contributors: [11] });
      const link = {
        type: 'Link',
        stage: 'two',
        via: 'body',
        pull,
        ...facts(author, { rules }),
      } as EpicCommand;
      epic = decide(epic, link).events.reduce<Epic>(evolve, epic);
    }
    if (epic.status === 'unopened') throw new Error('The epic was not opened.');
    return before.reduce<OpenedEpic>(after, epic);
  });
