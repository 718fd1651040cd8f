/** Words on the issue of a round that is over are not about the one that came after it. */

import { roundIn, stageOf } from './object.ts';
import { objectNumbered } from './object-numbered.ts';
import { type Refusal, refuse } from './refusal.ts';
import { roundOf } from './round-of.ts';
import { code } from './say-who.ts';
import { findStage } from './stage.ts';
import type { OpenedEpic } from './state.ts';

const elsewhere = (why: string, issue: number | undefined): Refusal =>
  refuse('past-round', why, {
    next:
      issue === undefined ? 'the same command once its new issue is there' : `the same command on #${issue}`,
  });

/** Refuses with `past-round`, and says where the work goes on, for an issue of an earlier round or an earlier batch. */
export const requireHere = (epic: OpenedEpic, number: number): Refusal | undefined => {
  const { former, checklist } = epic;
  if (former?.checklist?.number === number || former?.issues.includes(number) === true) {
    return elsewhere('This issue belongs to an earlier batch of the epic, which is over.', checklist?.number);
  }
  const object = objectNumbered(epic, number);
  const stage = object === undefined ? undefined : findStage(epic, stageOf(object) ?? '');
  if (object === undefined || stage === undefined || roundIn(object) === roundOf(stage)) return undefined;
  const key = code(stage.definition.key);
  return elsewhere(`This is round ${roundIn(object)} of ${key}, which is over.`, stage.issue?.number);
};
