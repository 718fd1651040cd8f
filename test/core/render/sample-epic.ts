/** Epics as plain values, at the moments people look at them: the `feature` workflow of a small shop. */

import { explainStage } from '../../../src/core/epic/explain.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import { findStage } from '../../../src/core/epic/stage.ts';
import type { OpenedEpic, Pull, Stage } from '../../../src/core/epic/state.ts';
import type { IssueId, IssueNumber, IssueRef } from '../../../src/core/epic/subject.ts';
import type { StageDefinition, WorkflowMetadata } from '../../../src/core/workflow/definition.ts';
import { standardPolicy } from '../../../src/core/workflow/policy.ts';

export const person = (login: string, id: number): Person => ({ id, login });
export const [pm, em, dan, ana, boss] = [
  person('octo-pm', 1),
  person('octo-em', 2),
  person('octo-dan', 3),
  person('octo-ana', 4),
  person('octo-boss', 5),
] as const;

const issue = (number: number): IssueRef => ({
  number: number as IssueNumber,
  id: (9_000 + number) as IssueId,
  nodeId: `I_${number}`,
});

const metadata: WorkflowMetadata = {
  participants: ['Product Manager', 'Engineer'],
  typicalDuration: '2-4 weeks',
  successCriteria: ['All acceptance criteria met', 'All tests passing'],
  priorityLevels: [{ level: 'critical', policy: 'Drop everything' }],
  criticalPath: ['1_define -> 2_design -> 3_implement'],
  failureModes: ['Scope creep'],
  extra: [{ name: 'architecture_notes', value: { pipeline: ['a', 'b'], note: 'ask @acme/all, closes #1' } }],
};

const definitions: readonly StageDefinition[] = [
  {
    key: '1_define',
    role: 'PRODUCT_MANAGER',
    action: 'write_prd',
    output: 'Product Requirements Document (PRD)',
    deliverables: ['Problem statement', 'Acceptance criteria'],
    dependsOn: [],
    gate: { name: 'design_kickoff', approvers: ['ENGINEERING_MANAGER'] },
  },
  {
    key: '2_design',
    role: 'PRODUCT_DESIGNER',
    action: 'create_mocks',
    output: 'Design artifacts',
    deliverables: ['UI/UX mockups', 'User flows'],
    dependsOn: ['1_define'],
    gate: { name: 'design_review', approvers: ['PRODUCT_MANAGER', 'ENGINEERING_MANAGER'] },
    notes: 'Start from the design system.\n- keep it small\n',
  },
  { key: '3_launch', role: 'GROWTH_MANAGER', action: 'launch', deliverables: [], dependsOn: ['2_design'] },
];

const stageOf = (
  definition: StageDefinition,
  number: number | undefined,
  more: Partial<Stage> = {},
): Stage => ({
  definition,
  status: 'waiting',
  since: '2026-11-20T09:00:00.000Z',
  ...(number === undefined ? {} : { issue: issue(number) }),
  submission: 0,
  note: '',
  approvals: [],
  gatePassed: false,
  blockers: [],
  evidence: [],
  clock: { ran: [] },
  rung: [],
  widened: [],
  ...more,
});

/** A running epic: `1_define` done, `2_design` in review with one approval of two, `3_launch` waiting. */
export const sampleEpic = (): OpenedEpic => {
  const [define, design, launch] = definitions as readonly [
    StageDefinition,
    StageDefinition,
    StageDefinition,
  ];
  const approval = { commentId: 1, commits: {}, note: '', at: '2026-11-20T12:30:00.000Z' };
  return {
    status: 'running',
    round: 1,
    subject: { repository: { id: 42, nodeId: 'R_42', owner: 'acme', name: 'shop' }, issue: issue(1) },
    title: 'Gift cards',
    author: pm,
    definition: {
      name: 'feature',
      version: '1',
      description: 'From idea to launch.',
      metadata,
      stages: definitions,
    },
    source: { path: 'workflows/feature.yml', commit: null },
    rules: {
      policy: standardPolicy,
      roles: [
        { role: 'PRODUCT_MANAGER', names: ['octo-pm'] },
        { role: 'ENGINEERING_MANAGER', names: ['@acme/managers', 'octo-em'] },
        { role: 'PRODUCT_DESIGNER', names: ['octo-ana'] },
        { role: 'GROWTH_MANAGER', names: ['octo-dan'] },
      ],
    },
    openedAt: '2026-11-20T09:00:00.000Z',
    checklist: issue(2),
    stages: [
      stageOf(define, 3, {
        status: 'done',
        claimant: pm,
        submission: 1,
        gatePassed: true,
        approvals: [{ ...approval, by: em, roles: ['ENGINEERING_MANAGER'] }],
      }),
      stageOf(design, 4, {
        status: 'in-review',
        since: '2026-11-21T14:05:00.000Z',
        claimant: ana,
        submission: 1,
        note: 'See the *last* page first',
        approvals: [{ ...approval, by: pm, roles: ['PRODUCT_MANAGER'], at: '2026-11-21T15:00:00.000Z' }],
        evidence: [{ by: ana, text: 'https://example.com/mocks_v2', at: '2026-11-21T13:00:00.000Z' }],
      }),
      stageOf(launch, 5),
    ],
    pulls: [],
  };
};

/** The epic with one stage changed. */
export const withStage = (epic: OpenedEpic, key: string, more: Partial<Stage>): OpenedEpic => ({
  ...epic,
  stages: epic.stages.map((stage) => (stage.definition.key === key ? { ...stage, ...more } : stage)),
});

/** The stage, or a failing test. */
export const theStage = (epic: OpenedEpic, key: string): Stage => {
  const stage = findStage(epic, key);
  if (stage === undefined) throw new Error(`the sample has no stage ${key}`);
  return stage;
};

/** A linked open pull request of `2_design` by its claimant. */
export const pull: Pull = {
  number: 7,
  stage: '2_design',
  link: 'linked',
  via: 'body',
  head: '4f2a91c0000000000000000000000000000000aa',
  base: 'main',
  fork: false,
  author: ana,
  contributors: [4],
  state: 'open',
  reviews: [],
};

/** Each stage's explanation, as the engine hands it in. */
export const explainIn = (epic: OpenedEpic) => (key: string) => explainStage(epic, theStage(epic, key));

/** A signature that is good enough to tell texts apart. */
export const sign = (text: string): string => {
  let hash = 7;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 4_294_967_291;
  return hash.toString(36).padStart(8, '0');
};

/** A hundred stages in a row with the longest names there can be, every kind of state, and words that want to be Markdown. */
export const hugeEpic = (): OpenedEpic => {
  const epic = sampleEpic();
  const nasty = '<!-- @acme/all closes #1 | `x` **_~~ https://github.com/acme/shop/issues/9 '.repeat(8);
  const key = (index: number): string => `stage_${index}_${'x'.repeat(50)}`.slice(0, 50);
  const stages = Array.from({ length: 100 }, (_, index) => {
    const definition: StageDefinition = {
      key: key(index),
      role: 'ROLE_'.repeat(9),
      action: nasty,
      output: nasty,
      deliverables: Array.from({ length: 50 }, () => nasty),
      dependsOn: Array.from({ length: index }, (_one, at) => key(at)),
      gate: { name: nasty.slice(0, 100), approvers: ['A_'.repeat(22), 'B_'.repeat(22), 'C_'.repeat(22)] },
      notes: nasty.repeat(30),
    };
    const status =
      (['done', 'in-review', 'in-progress', 'ready', 'waiting'] as const)[index % 5] ?? 'waiting';
    const statement = { by: boss, text: nasty, at: '2026-11-21T14:05:00.000Z' };
    return stageOf(definition, 1_000 + index, {
      status,
      claimant: ana,
      note: nasty,
      evidence: Array.from({ length: 40 }, () => statement),
      blockers:
        index % 7 === 0 ? Array.from({ length: 40 }, (_, nth) => ({ ...statement, id: `b${nth + 1}` })) : [],
    });
  });
  const extra = Array.from({ length: 40 }, (_, index) => ({
    name: nasty,
    value: { [`key${index}`]: nasty.repeat(5) },
  }));
  return {
    ...epic,
    title: 'x',
    stages,
    definition: {
      ...epic.definition,
      description: nasty.repeat(10),
      metadata: { ...metadata, extra, successCriteria: Array.from({ length: 80 }, () => nasty) },
      stages: stages.map(({ definition }) => definition),
    },
  };
};
