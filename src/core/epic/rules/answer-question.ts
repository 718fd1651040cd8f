/** Answering what an approver asked: by the claimant or the stage's role. */
import type { EpicEvent } from '../events.ts';
import { openQuestions } from '../question.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';
import { chooseQuestion } from './choose-question.ts';

/** `QuestionAnswered`; a request for evidence is answered with /evidence. */
export const answerQuestion = (
  epic: OpenedEpic,
  command: Signal<'AnswerQuestion'>,
): readonly EpicEvent[] | Refusal => {
  const { question: id, text, at, by } = command;
  const asked = (one: Stage): boolean =>
    !isFinal(one) && openQuestions(one).some((question) => (id === undefined ? true : question.id === id));
  const stage = resolveStage(epic, { ...command, type: 'answer' }, asked);
  if (isRefusal(stage)) return stage;
  const { key, role } = stage.definition;
  const mine = stage.claimant?.id === by.id;
  const refused =
    requireMoving(epic, stage) ??
    (mine ? undefined : requireRole(epic, command, [role], `answer for ${code(key)}`));
  if (refused !== undefined) return refused;
  if (isFinal(stage)) return refuse('already-done', `${code(key)} is ${shownStatus(stage)}; that is final.`);
  const question = chooseQuestion(stage, { word: 'answer', id, kind: 'clarification' });
  if (isRefusal(question)) return question;
  if (text.trim() === '') {
    const next = code(`/answer ${question.id} <text>`);
    return refuse('text-needed', 'There is no answer in this comment.', { next });
  }
  return [{ type: 'QuestionAnswered', stage: key, question: question.id, text, at, by }];
};
