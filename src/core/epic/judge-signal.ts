/** Which rule judges which signal. */
import type { EpicEvent } from './events.ts';
import type { Refusal } from './refusal.ts';
import { addStage } from './rules/add-stage.ts';
import { answerQuestion } from './rules/answer-question.ts';
import { askQuestion } from './rules/ask-question.ts';
import { confirm } from './rules/confirm.ts';
import { giveVerdict } from './rules/give-verdict.ts';
import { setPriority } from './rules/set-priority.ts';
import { stop } from './rules/stop.ts';
import { undo } from './rules/undo.ts';
import { withdrawQuestion } from './rules/withdraw-question.ts';
import type { SignalCommand } from './signal-command.ts';
import type { OpenedEpic } from './state.ts';

/** The signal's events, or why not. */
export const judgeSignal = (epic: OpenedEpic, command: SignalCommand): readonly EpicEvent[] | Refusal => {
  switch (command.type) {
    case 'Stop':
      return stop(epic, command);
    case 'AskQuestion':
      return askQuestion(epic, command);
    case 'AnswerQuestion':
      return answerQuestion(epic, command);
    case 'WithdrawQuestion':
      return withdrawQuestion(epic, command);
    case 'SetPriority':
      return setPriority(epic, command);
    case 'AddStage':
      return addStage(epic, command);
    case 'Undo':
      return undo(epic, command);
    case 'Confirm':
      return confirm(epic, command);
    case 'GiveVerdict':
      return giveVerdict(epic, command);
  }
};
