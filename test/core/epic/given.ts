/** Given–when–then for epics: history as events, one command, what came of it. */
import type { EpicCommand, Facts } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { EpicEvent } from '../../../src/core/epic/events.ts';
import { evolve, replay } from '../../../src/core/epic/evolve.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Rules } from '../../../src/core/epic/policy.ts';
import type { RefusalCode } from '../../../src/core/epic/refusal.ts';
import type { Epic, OpenedEpic } from '../../../src/core/epic/state.ts';
import type { IssueId, IssueNumber, Subject } from '../../../src/core/epic/subject.ts';
import type { StageDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { type Policy, standardPolicy } from '../../../src/core/workflow/policy.ts';

const person = (id: number, login: string): Person => ({ id, login });

/** The cast, by first name. */
export const cast = {
  pat: person(1, 'pat'),
  dan: person(2, 'dan'),
  erin: person(3, 'erin'),
  vera: person(4, 'vera'),
  olga: person(5, 'olga'),
  sam: person(6, 'sam'),
} as const;

/** Who holds what, unless a test says otherwise. */
const held: Readonly<Record<number, readonly string[]>> = {
  1: ['PM'],
  2: ['ENG'],
  3: ['EM'],
  4: ['VP'],
  5: ['OVERRIDER'],
};

export const stage = (key: string, more: Partial<StageDefinition> = {}): StageDefinition => ({
  key,
  role: 'ENG',
  action: 'do',
  deliverables: [],
  dependsOn: [],
  ...more,
});

/** `define` (gate: EM) → `build` (gate: EM and VP) → `tell` (no gate). */
export const workflow: WorkflowDefinition = {
  name: 'feature',
  version: '1',
  description: '',
  metadata: {
    participants: [],
    successCriteria: [],
    priorityLevels: [],
    criticalPath: [],
    failureModes: [],
    extra: [],
  },
  stages: [
    stage('define', { role: 'PM', gate: { name: 'kickoff', approvers: ['EM'] } }),
    stage('build', { dependsOn: ['define'], gate: { name: 'review', approvers: ['EM', 'VP'] } }),
    stage('tell', { role: 'PM', dependsOn: ['build'] }),
  ],
};

export const rulesWith = (policy: Partial<Policy> = {}): Rules => ({
  policy: { ...standardPolicy, overrideRoles: ['OVERRIDER'], ...policy },
  roles: [
    { role: 'PM', names: ['pat'] },
    { role: 'ENG', names: ['dan'] },
    { role: 'EM', names: ['erin'] },
    { role: 'VP', names: ['vera'] },
  ],
});

const subject: Subject = {
  repository: { id: 9, nodeId: 'R', owner: 'acme', name: 'shop' },
  issue: { number: 1 as IssueNumber, id: 100 as IssueId, nodeId: 'I' },
};

let told = 0;
const nextMoment = (): string => {
  told += 1;
  return new Date(Date.UTC(2026, 0, 1) + told * 1_000).toISOString();
};

/** Facts as the shell would gather them for this person. */
export const facts = (by: Person, more: Partial<Facts> = {}): Facts => ({
  by,
  at: nextMoment(),
  cause: `test/${told}`,
  roles: held[by.id] ?? [],
  canWrite: true,
  rules: rulesWith(),
  pulls: [],
  rolesOf: {},
  ...more,
});

type Bare<C> = C extends Facts ? Omit<C, keyof Facts> : never;

/** A command without its facts. */
export type Wanted = Bare<EpicCommand>;

/** An epic with everything done to it so far. */
export interface Given {
  readonly epic: Epic;
  readonly events: readonly EpicEvent[];
  /** Applies a command that must be accepted. */
  readonly and: (by: Person, wanted: Wanted, more?: Partial<Facts>) => Given;
  /** Decides a command: the names of the events, or the refusal's code. */
  readonly when: (by: Person, wanted: Wanted, more?: Partial<Facts>) => readonly string[] | RefusalCode;
}

const fullCommand = (by: Person, wanted: Wanted, more: Partial<Facts>): EpicCommand =>
  ({ ...wanted, ...facts(by, more) }) as EpicCommand;

const from = (events: readonly EpicEvent[]): Given => {
  const epic = replay(events);
  return {
    epic,
    events,
    and: (by, wanted, more = {}) => {
      const { refusal, events: news } = decide(epic, fullCommand(by, wanted, more));
      if (refusal !== undefined)
        throw new Error(`${wanted.type} by ${by.login} was refused: ${refusal.refused}: ${refusal.why}`);
      return from([...events, ...news]);
    },
    when: (by, wanted, more = {}) => {
      const { refusal, events: news } = decide(epic, fullCommand(by, wanted, more));
      return refusal?.refused ?? news.map((event) => event.type);
    },
  };
};

const nothing: Given = from([]);

export const open = (definition: WorkflowDefinition = workflow): Wanted => ({
  type: 'Open',
  subject,
  title: 'Faster checkout',
  author: cast.pat,
  definition,
  source: { path: 'workflows/feature.yml', commit: null },
});

/** An epic just started. */
export const started = (definition?: WorkflowDefinition, more: Partial<Facts> = {}): Given =>
  nothing.and(cast.pat, open(definition), more);

type StageWish = Extract<Wanted, { on: unknown }>['type'];

/** A command about a stage, said on the stage's own issue. */
export const on = (key: string, type: StageWish, more: object = {}): Wanted =>
  ({
    type,
    on: { kind: 'stage', stage: key },
    note: '',
    reason: 'because',
    text: 'x',
    commentId: 1,
    ...more,
  }) as Wanted;

/** The opened epic, or a failing test. */
export const opened = (given: Given): OpenedEpic => {
  if (given.epic.status === 'unopened') throw new Error('The epic is not opened.');
  return given.epic;
};

/** `define` is done, `build` is claimed by dan and submitted. */
export const submitted = (more: Partial<Facts> = {}): Given =>
  started()
    .and(cast.pat, on('define', 'Claim'), more)
    .and(cast.pat, on('define', 'Submit'), more)
    .and(cast.erin, on('define', 'Approve'), more)
    .and(cast.dan, on('build', 'Claim'), more)
    .and(cast.dan, on('build', 'Submit'), more);

/** Every prefix folds to the same as the fold of all: history is believed. */
export const foldOf = (events: readonly EpicEvent[]): Epic =>
  events.reduce<Epic>(evolve, { status: 'unopened' });
