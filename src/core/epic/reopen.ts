/** Going back: the events that open a new round of a stage and of exactly what rested on it (issue 4, contract §3). */
import type { StageKey } from '../workflow/definition.ts';
import type { Facts } from './commands.ts';
import { downstream } from './downstream.ts';
import type { StageReopened } from './events.ts';
import { openConcerns } from './open-concerns.ts';
import { roundOf } from './round-of.ts';
import { findStage, isFinal } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Where it goes back to, and why. */
export interface GoingBack {
  readonly to: StageKey;
  readonly reason: string;
  /** The stage under review whose approver sent it back. */
  readonly from?: StageKey;
}

/** Nothing has begun on a stage that waits: it stays in its round. Whatever else rested on what is made anew does not stand. */
const isVoid = (stage: Stage): boolean => stage.status !== 'waiting';

/** The stages whose round ends, the one gone back to first; a skip is void too, it was decided on what went before. */
const voided = (epic: OpenedEpic, to: StageKey): readonly Stage[] => {
  const root = findStage(epic, to);
  return root === undefined ? [] : [root, ...downstream(epic, to).filter(isVoid)];
};

/** One `StageReopened` for each of them. */
export const reopen = (
  epic: OpenedEpic,
  { to, reason, from }: GoingBack,
  { at, by }: Pick<Facts, 'at' | 'by'>,
): readonly StageReopened[] =>
  voided(epic, to).map((stage): StageReopened => {
    const { key } = stage.definition;
    // Only their owner, or an overrider, says that they are settled: not whoever goes back.
    const open = isFinal(stage) ? [] : openConcerns(epic, stage).map(({ id }) => id);
    const why = {
      root: to,
      reason,
      ...(from === key && { rejected: true as const }),
      ...(open.length > 0 && { concerns: open }),
    };
    return { type: 'StageReopened', stage: key, round: roundOf(stage) + 1, ...why, at, by };
  });
