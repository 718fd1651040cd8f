/** What an approver wants to know or see before a gate passes (requirements G-15, G-17, SG-10, SG-32). */
import { pastRounds } from './round-of.ts';
import type { OpenedEpic, Stage, Statement } from './state.ts';

/** A question and what became of it; questions are kept with their answers. */
export interface Question extends Statement {
  /** `q1`, `q2`, … in the order of the epic. */
  readonly id: string;
  readonly kind: 'clarification' | 'evidence';
  readonly answer?: Statement;
  readonly withdrawn?: Statement;
}

/** Those that still keep the gate from passing. */
export const openQuestions = (stage: Stage): readonly Question[] =>
  (stage.questions ?? []).filter((one) => one.answer === undefined && one.withdrawn === undefined);

/** What the next question of the epic is called. */
export const nextQuestion = (epic: OpenedEpic): string =>
  `q${
    epic.stages
      .flatMap((stage) => [stage, ...pastRounds(stage)])
      .reduce((sum, round) => sum + (round.questions ?? []).length, 0) + 1
  }`;
