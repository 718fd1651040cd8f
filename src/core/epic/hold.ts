/** Pausing a part of an epic: one stage, the stages of a role, or those whose gate is of one class (requirements SG-15). */
import type { StageDefinition } from '../workflow/definition.ts';
import type { OpenedEpic, Stage, Statement } from './state.ts';

/** What stands still; `class` is a gate's (`code`, `qa`, …). */
export interface Part {
  readonly kind: 'stage' | 'role' | 'class';
  readonly name: string;
}

/** A part that somebody has paused. */
export interface Hold extends Statement {
  readonly part: Part;
}

/** True where a stage belongs to the part. */
export const isOfPart = (definition: StageDefinition, { kind, name }: Part): boolean => {
  if (kind === 'stage') return definition.key === name;
  return kind === 'role' ? definition.role === name : definition.gate?.class === name;
};

/** The pause of exactly this part, if there is one. */
export const holdOf = (epic: Pick<OpenedEpic, 'holds'>, part: Part): Hold | undefined =>
  (epic.holds ?? []).find((one) => one.part.kind === part.kind && one.part.name === part.name);

/** What a stage stands still for, if anybody has paused it or its kind; the first of several. */
export const heldBy = (epic: Pick<OpenedEpic, 'holds'>, stage: Stage): Hold | undefined =>
  epic.holds?.find(({ part }) => isOfPart(stage.definition, part));

/** What /pause and /resume may name beside stages: the kinds there are, and those paused that a migration took away since. */
export const partsOf = (epic: Pick<OpenedEpic, 'definition' | 'holds'>): readonly Part[] => {
  const kinds = kindsOf(epic.definition.stages);
  const held = (epic.holds ?? []).map(({ part }) => part);
  return [...held, ...kinds.filter((one) => held.every(({ name }) => name !== one.name))];
};

/** The roles and gate classes that stages have: what can be paused beside single stages. */
export const kindsOf = (stages: readonly StageDefinition[]): readonly Part[] => {
  const roles = new Set(stages.map((stage) => stage.role));
  const classes = new Set(stages.flatMap((stage) => stage.gate?.class ?? []));
  return [
    ...[...roles].map((name) => ({ kind: 'role' as const, name })),
    ...[...classes].map((name) => ({ kind: 'class' as const, name })),
  ];
};
