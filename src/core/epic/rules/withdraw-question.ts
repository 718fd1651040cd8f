/** Taking a question back: by whoever asked it, or somebody who may override. */
import type { EpicEvent } from '../events.ts';
import { openQuestions } from '../question.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, nameOf, whoHoldAny } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';
import { chooseQuestion } from './choose-question.ts';

/** `QuestionWithdrawn`; the question stays readable. */
export const withdrawQuestion = (
  epic: OpenedEpic,
  command: Signal<'WithdrawQuestion'>,
): readonly EpicEvent[] | Refusal => {
  const { question: id, at, by } = command;
  const asked = (one: Stage): boolean =>
    !isFinal(one) && openQuestions(one).some((question) => (id === undefined ? true : question.id === id));
  const stage = resolveStage(epic, { ...command, type: 'withdraw' }, asked);
  if (isRefusal(stage)) return stage;
  const moving = requireMoving(epic, stage);
  if (moving !== undefined) return moving;
  const { key } = stage.definition;
  if (isFinal(stage)) return refuse('already-done', `${code(key)} is ${shownStatus(stage)}; that is final.`);
  const question = chooseQuestion(stage, { word: 'withdraw', id });
  if (isRefusal(question)) return question;
  const override = epic.rules.policy.overrideRoles;
  if (question.by.id !== by.id && !override.some((role) => command.roles.includes(role))) {
    const also = override.length === 0 ? '' : `; ${whoHoldAny(epic.rules, override)}`;
    return refuse('not-the-asker', `${code(question.id)} was asked by ${nameOf(question.by)}.`, {
      who: `${nameOf(question.by)}${also}`,
    });
  }
  return [{ type: 'QuestionWithdrawn', stage: key, question: question.id, at, by }];
};
