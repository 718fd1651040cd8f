/** Which object of an epic an issue's number is now. */
import { type EpicObject, stageObject } from './object.ts';
import { pastRounds, roundOf } from './round-of.ts';
import type { OpenedEpic } from './state.ts';

/** The checklist, a stage in its present round, or one in a round that is over; undefined for issues of earlier batches and lost ones. */
export const objectNumbered = (epic: OpenedEpic, number: number): EpicObject | undefined => {
  if (epic.checklist?.number === number) return 'checklist';
  for (const stage of epic.stages) {
    const rounds = [{ round: roundOf(stage), issue: stage.issue }, ...pastRounds(stage)];
    const found = rounds.find(({ issue }) => issue?.number === number);
    if (found !== undefined) return stageObject(stage.definition.key, found.round);
  }
  return undefined;
};
