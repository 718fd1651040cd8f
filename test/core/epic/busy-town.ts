/** A town with every feature on: one epic, ten people, and anything any of them might type or GitHub might tell, tried blindly. */
import fc from 'fast-check';
import type { EpicCommand, Facts } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { EpicEvent } from '../../../src/core/epic/events.ts';
import { evolve } from '../../../src/core/epic/evolve.ts';
import { partsOf } from '../../../src/core/epic/hold.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Rules } from '../../../src/core/epic/policy.ts';
import type { Refusal } from '../../../src/core/epic/refusal.ts';
import { isRefusal, refuse } from '../../../src/core/epic/refusal.ts';
import type { Epic, OpenedEpic } from '../../../src/core/epic/state.ts';
import { findCommand } from '../../../src/core/slash/index.ts';
import type { StageDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { standardPolicy } from '../../../src/core/workflow/policy.ts';
import { open, stage, type Wanted, workflow } from './given.ts';
import { pullFacts, sha } from './pulls.ts';

const names = ['pat', 'dan', 'dora', 'erin', 'emil', 'vera', 'olga', 'oscar', 'sam', 'sue'] as const;
export const people: readonly Person[] = names.map((login, index) => ({ id: index + 1, login }));
const roles: Readonly<Record<string, readonly string[]>> = {
  PM: ['pat'],
  ENG: ['dan', 'dora'],
  EM: ['erin', 'emil'],
  VP: ['vera'],
  OVERRIDER: ['olga', 'oscar'],
  QA: ['sam', 'sue'],
};
export const rules: Rules = {
  policy: { ...standardPolicy, overrideRoles: ['OVERRIDER'], breakGlass: { people: 2 } },
  roles: Object.entries(roles).map(([role, held]) => ({ role, names: held })),
};
const rolesOf = (person: Person): readonly string[] =>
  Object.keys(roles).filter((role) => roles[role]?.includes(person.login));

/** One of them by index. */
export const personOf = (index: number): Person => people[index] ?? { id: 99, login: 'nobody' };

const hour = 3_600_000;
const definition: WorkflowDefinition = {
  ...workflow,
  stages: [
    stage('plan', {
      role: 'PM',
      gate: {
        name: 'kickoff',
        approvers: ['EM'],
        criteria: ['it is written'],
        timeouts: { remindAfter: 20 * hour, approveAfter: 40 * hour },
      },
    }),
    stage('build', {
      dependsOn: ['plan'],
      claimExpires: 30 * hour,
      due: 50 * hour,
      gate: {
        name: 'review',
        class: 'code',
        approvers: ['EM', 'VP', 'QA'],
        require: { all: ['EM', { any: ['VP', 'QA'] }] },
        veto: ['QA'],
        validFor: 30 * hour,
        timeouts: { widenAfter: 10 * hour, widenTo: 'OVERRIDER', rejectAfter: 60 * hour },
      },
    }),
    stage('check', {
      role: 'QA',
      dependsOn: ['build'],
      distinctFrom: ['build'],
      gate: { name: 'go', class: 'production', explicitOnly: true, approvers: ['EM', 'VP'] },
    }),
    stage('tell', { role: 'PM' }),
  ],
};

/** The town at a moment. */
export interface Town {
  readonly epic: OpenedEpic;
  readonly events: readonly EpicEvent[];
  /** Hours since the beginning. */
  readonly hours: number;
}

export const momentOf = ({ hours }: Pick<Town, 'hours'>): string =>
  new Date(Date.UTC(2026, 2, 2) + hours * hour).toISOString();

const factsOf = (town: Pick<Town, 'hours'> & { readonly epic: Epic }, by: Person): Facts => ({
  by,
  at: momentOf(town),
  cause: 'test',
  roles: rolesOf(by),
  canWrite: true,
  rules,
  pulls:
    town.epic.status === 'unopened'
      ? []
      : town.epic.pulls.filter((one) => one.state === 'open').map((one) => pullFacts(7, one)),
  rolesOf: {},
});

/** What came of a command. */
export interface Tried {
  readonly town: Town;
  readonly refusal?: Refusal;
}

const decided = (town: Town, command: EpicCommand): Tried => {
  const { events, refusal } = decide(town.epic, command);
  const epic = events.reduce<Epic>(evolve, town.epic);
  if (epic.status === 'unopened') throw new Error('not opened');
  return {
    town: { ...town, epic, events: [...town.events, ...events] },
    ...(refusal !== undefined && { refusal }),
  };
};

let comments = 0;

/** Somebody types a line on a stage's issue. */
export const types = (town: Town, by: Person, line: string, key = 'build'): Tried => {
  const [, name = '', argument = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  const { stages } = town.epic.definition;
  comments += 1;
  const meaning = findCommand(name)?.meaning(argument, {
    on: { kind: 'stage', stage: key },
    stages: stages.map((one) => one.key),
    kinds: partsOf(town.epic),
    gates: [],
    commentId: comments,
  });
  if (meaning === undefined) throw new Error(`${line} is no command`);
  if (isRefusal(meaning)) return { town, refusal: meaning };
  if (meaning.type === 'Ask') return { town };
  if (meaning.type === 'LinkTo' || meaning.type === 'BeginNextBatch' || meaning.type === 'MigrateTo')
    return { town, refusal: refuse('facts-missing', line) };
  return decided(town, { ...meaning, ...factsOf(town, by) });
};

/** A pull request is merged, or approved by a review. */
export const pulls = (town: Town, by: Person, what: 'merged' | 'approved'): Town =>
  told(town, by, telling(town, by, what)).town;

/** GitHub tells something; where the check is there, it shows the head at once. */
export const told = (town: Town, by: Person, wanted: Wanted): Tried => {
  const command = { ...wanted, ...factsOf(town, by), pulls: [] } as EpicCommand;
  const after = decided(town, command);
  const pull = after.town.epic.pulls.find((one) => one.state === 'open' && one.shown !== one.head);
  if (pull === undefined) return after;
  const shown: Wanted = { type: 'RecordHeadShown', number: 7, head: pull.head };
  return decided(after.town, { ...shown, ...factsOf(after.town, by) } as EpicCommand);
};

export const begun = (): Town => {
  const pat = personOf(0);
  const unopened: Epic = { status: 'unopened' };
  const first = { ...open(definition), author: pat, ...factsOf({ epic: unopened, hours: 0 }, pat) };
  const { events } = decide(unopened, first as EpicCommand);
  const epic = events.reduce<Epic>(evolve, unopened);
  if (epic.status === 'unopened') throw new Error('not opened');
  return { epic, events, hours: 0 };
};

const lines = [
  ...['/claim', '/submit', '/approve', '/submit', '/approve', '/approve', '/claim', '/release'],
  ...['/reject no', '/reject to:plan no', '/block it burns', '/unblock', '/unblock b1', '/skip no time'],
  ...['/override we must', '/confirm g1', '/undo', '/pause', '/resume', '/pause build', '/resume build'],
  ...['/pause ENG', '/resume ENG', '/emergency-stop fire', '/check 1 done', '/waive 1 not now', '/extend'],
  ...['/concern it leaks', '/resolve c1 mended', '/clarify why?', '/request-evidence logs', '/answer so'],
  ...['/evidence https://example.com', '/withdraw', '/retry again', '/resume --from build', '/priority high'],
  ...['/add-stage more role:ENG after:plan More', '/approve if tell is done', '/approve if check ci passes'],
];
const keys = ['plan', 'build', 'build', 'check', 'tell'] as const;
const tellings = [
  'migrate',
  'link',
  'push',
  'approved',
  'changes',
  'merged',
  'closed',
  'open',
  'base',
  'green',
] as const;

/** One thing that happens. */
export type Step =
  | { readonly kind: 'passes'; readonly hours: number }
  | { readonly kind: 'goes on'; readonly key: string; readonly first: number }
  | { readonly kind: 'types'; readonly who: number; readonly line: string; readonly key: string }
  | { readonly kind: 'told'; readonly who: number; readonly what: (typeof tellings)[number] };

export const steps = fc.array(
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('passes' as const), hours: fc.integer({ min: 1, max: 25 }) }),
    },
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('goes on' as const),
        key: fc.constantFrom(...keys),
        first: fc.nat({ max: people.length - 1 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('types' as const),
        who: fc.nat({ max: people.length - 1 }),
        line: fc.constantFrom(...lines),
        key: fc.constantFrom(...keys),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('told' as const),
        who: fc.nat({ max: people.length - 1 }),
        what: fc.constantFrom(...tellings),
      }),
    },
  ),
  { minLength: 12, maxLength: 45, size: 'max' },
);

const letters = 'abcdef';

/** Each time the gate of `build` is another one. */
const migration = (epic: OpenedEpic): Wanted => {
  const version = `${Number(epic.definition.version) + 1}`;
  const stages = definition.stages.map((one): StageDefinition => {
    if (one.gate === undefined || one.key !== 'build') return one;
    return { ...one, gate: { ...one.gate, name: `review_${version}` } };
  });
  const source = { path: 'workflows/feature.yml', commit: null };
  const next = { ...definition, version, stages };
  return { type: 'Migrate', shown: 'abc', definition: next, source, from: '123', to: 'abc' };
};

const telling = ({ epic, hours, events }: Town, by: Person, what: (typeof tellings)[number]): Wanted => {
  const pull = epic.pulls[0] ?? pullFacts(7, { author: people[1] ?? by });
  const now = pullFacts(7, pull);
  const review = (verdict: 'approved' | 'changes-requested'): Wanted => ({
    type: 'NoteReview',
    number: 7,
    review: {
      id: events.length,
      by,
      verdict,
      commit: pull.head,
      roles: rolesOf(by),
      text: 'so',
      at: momentOf({ hours }),
    },
  });
  const next = sha(letters[(letters.indexOf(pull.head[0] ?? 'a') + 1) % letters.length] ?? 'a');
  switch (what) {
    case 'migrate':
      return migration(epic);
    case 'link':
      return { type: 'Link', stage: 'build', via: 'body', pull: now };
    case 'push':
      return { type: 'NotePull', pull: { ...now, head: next } };
    case 'base':
      return { type: 'NotePull', pull: { ...now, base: now.base === 'main' ? 'release' : 'main' } };
    case 'approved':
      return review('approved');
    case 'changes':
      return review('changes-requested');
    case 'green':
      return { type: 'NotePull', pull: { ...now, checks: [{ name: 'ci', head: pull.head, passed: true }] } };
    default:
      return { type: 'NotePull', pull: { ...now, state: what } };
  }
};

const onwards = ['/resume', '/claim', '/check 1 done', '/submit', '/approve'];

/** The first of the people who may bring a stage further does. */
const goesOn = (town: Town, key: string, first: number): Town => {
  for (const line of onwards) {
    for (const person of [...people.slice(first), ...people.slice(0, first)]) {
      const { town: next, refusal } = types(town, person, line, key);
      if (refusal === undefined) return next;
    }
  }
  return town;
};

/** The town after one thing that happened. */
export const after = (town: Town, step: Step): Town => {
  if (step.kind === 'passes') {
    const later = { ...town, hours: town.hours + step.hours };
    return told(later, personOf(0), { type: 'Tick' }).town;
  }
  if (step.kind === 'goes on') return goesOn(town, step.key, step.first);
  const by = personOf(step.who);
  if (step.kind === 'types') return types(town, by, step.line, step.key).town;
  return told(town, by, telling(town, by, step.what)).town;
};
