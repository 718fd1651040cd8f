/** Stages that were added while the epic runs stay with it, whichever file it goes over to. */
import type { StageDefinition, StageKey, WorkflowDefinition } from '../workflow/definition.ts';
import { findStage, isFinal, isSettled } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Whatever has begun was let through already; what has not waits for the added stage there too. */
const mayWait = (epic: OpenedEpic, key: StageKey, added: Stage): boolean => {
  const status = findStage(epic, key)?.status ?? 'waiting';
  return status === 'waiting' || status === 'ready' || isSettled(added);
};

/** The definition with the added stages that are not over and not in it behind its own, and with what waits for them. */
export const withAdded = (epic: OpenedEpic, definition: WorkflowDefinition): WorkflowDefinition => {
  const inFile = new Set(definition.stages.map((one) => one.key));
  const added = epic.stages.filter(
    (one) => one.addedBefore !== undefined && !isFinal(one) && !inFile.has(one.definition.key),
  );
  if (added.length === 0) return definition;
  const keys = new Set([...inFile, ...added.map((one) => one.definition.key)]);
  const stages = [...definition.stages, ...added.map((one) => one.definition)].map(
    (stage): StageDefinition => {
      const waitsFor = added.filter(
        (one) => one.addedBefore?.includes(stage.key) === true && mayWait(epic, stage.key, one),
      );
      const dependsOn = [...stage.dependsOn, ...waitsFor.map((one) => one.definition.key)];
      return { ...stage, dependsOn: [...new Set(dependsOn)].filter((key) => keys.has(key)) };
    },
  );
  return { ...definition, stages };
};
