/** Which stages rest on which, over any number of steps. */
import type { StageKey } from '../workflow/definition.ts';
import { findStage } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Everything that depends on a stage, directly or not, in the definition's order; without the stage itself. */
export const downstream = (epic: OpenedEpic, key: StageKey): readonly Stage[] => {
  const resting = new Set<StageKey>([key]);
  // A file may list a stage before what it depends on: so often until nothing is added.
  for (let before = 0; before !== resting.size; ) {
    before = resting.size;
    for (const { definition } of epic.stages)
      if (definition.dependsOn.some((one) => resting.has(one))) resting.add(definition.key);
  }
  return epic.stages.filter(({ definition }) => definition.key !== key && resting.has(definition.key));
};

/** Everything a stage depends on, directly or not, in the definition's order. */
export const upstream = (epic: OpenedEpic, stage: Stage): readonly Stage[] => {
  const under = new Set<StageKey>();
  const open = [...stage.definition.dependsOn];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (under.has(key)) continue;
    under.add(key);
    open.push(...(findStage(epic, key)?.definition.dependsOn ?? []));
  }
  return epic.stages.filter(({ definition }) => under.has(definition.key));
};
