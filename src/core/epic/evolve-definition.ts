/** What a migration does to the stages of an epic: those that are over stay, the others follow the new definition. */
import type { StageDefinition } from '../workflow/definition.ts';
import { sameGate, sameTimeouts } from '../workflow/diff.ts';
import { startClock } from './clock.ts';
import type { EpicEvent } from './events.ts';
import { enter } from './evolve-stage.ts';
import { findStage, isFinal, isSettled } from './stage.ts';
import { signOfLife } from './stage-clocks.ts';
import type { OpenedEpic, RemovedStage, Stage } from './state.ts';

type Migrated = Extract<EpicEvent, { type: 'DefinitionMigrated' }>;

/** A stage nobody has touched. */
export const freshStage = (definition: StageDefinition, at: string): Stage => ({
  definition,
  status: 'waiting',
  since: at,
  submission: 0,
  note: '',
  approvals: [],
  gatePassed: false,
  blockers: [],
  evidence: [],
  clock: startClock(at, false),
  rung: [],
  widened: [],
});

/** A gate that changed has been open from now on: nothing that was counted for the old one passes the new one. */
const inReview = (stage: Stage, definition: StageDefinition, at: string): Stage => {
  const before = stage.definition;
  const next = { ...stage, definition };
  if (sameGate(before, definition) && sameTimeouts(before, definition)) return next;
  if (before.gate !== undefined && definition.gate === undefined)
    return signOfLife({ ...enter(next, 'in-progress', at), widened: [] }, at);
  return { ...enter(next, 'in-review', at), widened: [] };
};

/** Criteria are ticked by their number: in another list it would be something else that was ticked. */
const withTicks = (stage: Stage, { gate }: StageDefinition): Stage => {
  const [before, after] = [stage.definition.gate?.criteria ?? [], gate?.criteria ?? []];
  const ticks = (stage.ticks ?? []).flatMap((tick) => {
    const criterion = after.indexOf(before[tick.criterion - 1] ?? '') + 1;
    return criterion === 0 ? [] : [{ ...tick, criterion }];
  });
  return stage.ticks === undefined ? stage : { ...stage, ticks };
};

const follow = (epic: OpenedEpic, stage: Stage, definition: StageDefinition, at: string): Stage => {
  if (isFinal(stage)) return stage;
  const ticked = withTicks(stage, definition);
  if (stage.status === 'in-review') return inReview(ticked, definition, at);
  const next = { ...ticked, definition };
  if (stage.status !== 'ready') return next;
  const free = definition.dependsOn.every((key) => {
    const dependency = findStage(epic, key);
    return dependency !== undefined && isSettled(dependency);
  });
  return free ? next : enter(next, 'waiting', at);
};

/** Stages that are over and not in the file stay where they stood: behind the one before them that stays too. */
const withKept = (epic: OpenedEpic, stages: readonly Stage[]): readonly Stage[] => {
  const result = [...stages];
  epic.stages.forEach((stage, index) => {
    const { key } = stage.definition;
    if (!isFinal(stage) || result.some((one) => one.definition.key === key)) return;
    const before = epic.stages
      .slice(0, index)
      .map((one) => result.findIndex((other) => other.definition.key === one.definition.key))
      .findLast((at) => at >= 0);
    result.splice(before === undefined ? 0 : before + 1, 0, stage);
  });
  return result;
};

const removedBy = (epic: OpenedEpic, stages: readonly Stage[], at: string): readonly RemovedStage[] => {
  const stays = new Set(stages.map((one) => one.definition.key));
  const before = (epic.removed ?? []).filter((one) => !stays.has(one.key));
  const now = epic.stages
    .filter((stage) => !stays.has(stage.definition.key))
    .map(({ definition: { key, role, action }, issue }) => ({
      key,
      role,
      action,
      at,
      ...(issue === undefined ? {} : { issue }),
    }));
  return [...before, ...now];
};

/** The epic with the definition of the event. A stage that comes back finds its issue again. */
export const migrated = (epic: OpenedEpic, event: Migrated): OpenedEpic => {
  const { at, definition, source } = event;
  const follows = definition.stages.map((next): Stage => {
    const stage = findStage(epic, next.key);
    if (stage !== undefined) return follow(epic, stage, next, at);
    const issue = epic.removed?.find((one) => one.key === next.key)?.issue;
    return { ...freshStage(next, at), ...(issue === undefined ? {} : { issue }) };
  });
  const stages = withKept(epic, follows);
  const removed = removedBy(epic, stages, at);
  return {
    ...epic,
    definition: { ...definition, stages: stages.map((stage) => stage.definition) },
    source,
    stages,
    ...(removed.length === 0 && epic.removed === undefined ? {} : { removed }),
  };
};
