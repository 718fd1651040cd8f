/** Recording evidence on a stage: by its claimant and its role. */
import type { AddEvidence } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { openQuestions } from '../question.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code } from '../say-who.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';
import { chooseQuestion } from './choose-question.ts';

/** `EvidenceAdded`, and `QuestionAnswered` where an approver had asked for it; with several such requests one is named. Refused without text, and once the stage is done: what was approved stays what it was. */
export const addEvidence = (epic: OpenedEpic, command: AddEvidence): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(
    epic,
    { ...command, type: 'evidence' },
    (one) => one.status === 'in-progress' || one.status === 'in-review',
  );
  if (isRefusal(stage)) return stage;
  const { key, role } = stage.definition;
  const mine = stage.claimant?.id === command.by.id;
  const refused =
    requireLive(epic) ??
    (mine ? undefined : requireRole(epic, command, [role], `add evidence to ${code(key)}`));
  if (refused !== undefined) return refused;
  if (isFinal(stage)) return refuse('already-done', `${code(key)} is ${shownStatus(stage)}; that is final.`);
  if (command.text.trim() === '') {
    return refuse('text-needed', 'There is no evidence in this comment.', {
      next: code('/evidence <url or text>'),
    });
  }
  const { text, at, by } = command;
  const added: EpicEvent = { type: 'EvidenceAdded', stage: key, text, at, by };
  const asked = openQuestions(stage).some((one) => one.kind === 'evidence');
  if (!asked && command.question === undefined) return [added];
  const question = chooseQuestion(stage, { word: 'evidence', id: command.question, kind: 'evidence' });
  if (isRefusal(question)) return question;
  return [added, { type: 'QuestionAnswered', stage: key, question: question.id, text, at, by }];
};
