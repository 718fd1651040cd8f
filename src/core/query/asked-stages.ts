/** Which stages a query is about: the one asked for, otherwise all of them. */
import type { Stage } from '../epic/state.ts';
import type { Asked } from './query.ts';

/** In the definition's order; empty where the epic has no stage of that key. */
export const askedStages = ({ epic, stage }: Asked): readonly Stage[] =>
  stage === undefined ? epic.stages : epic.stages.filter((one) => one.definition.key === stage);
