/** An approver asks before deciding: the gate stays open until there is an answer (requirements SG-10, SG-32). */
import { beforeReview } from '../before-review.ts';
import type { EpicEvent } from '../events.ts';
import { nextQuestion } from '../question.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import { isFinal, mayFill, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';

const gateOpen = (epic: OpenedEpic, stage: Stage): Refusal | undefined => {
  const key = code(stage.definition.key);
  if (stage.definition.gate === undefined)
    return refuse('no-gate', `${key} has no gate that a question could keep open.`);
  if (stage.status === 'in-review') return undefined;
  if (isFinal(stage)) return refuse('already-done', `${key} is ${shownStatus(stage)}; that is final.`);
  return refuse('gate-not-open', `${key} is ${shownStatus(stage)}: its gate opens when it is submitted.`, {
    ...beforeReview(epic, stage),
  });
};

/** `QuestionAsked`, by those who may approve; refused without words, and while no gate is open. */
export const askQuestion = (
  epic: OpenedEpic,
  command: Signal<'AskQuestion'>,
): readonly EpicEvent[] | Refusal => {
  const { kind, text, at, by } = command;
  const word = kind === 'clarification' ? 'clarify' : 'request-evidence';
  const stage = resolveStage(epic, { ...command, type: word }, (one) => one.status === 'in-review');
  if (isRefusal(stage)) return stage;
  const { key } = stage.definition;
  const refused =
    requireMoving(epic, stage) ??
    gateOpen(epic, stage) ??
    requireRole(epic, command, mayFill(stage), `ask about ${code(key)}`);
  if (refused !== undefined) return refused;
  if (text.trim() === '')
    return refuse('text-needed', 'There is no question in this comment.', { next: code(`/${word} <what>`) });
  return [{ type: 'QuestionAsked', stage: key, question: nextQuestion(epic), kind, text, at, by }];
};
