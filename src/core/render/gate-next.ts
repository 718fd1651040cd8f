/** What whoever is called to a gate can type there: it differs while a question is open, and where no approval is missing. */
import { judgeGate } from '../epic/gate.ts';
import { openQuestions } from '../epic/question.ts';
import { code } from '../epic/say-who.ts';
import { openPulls } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { isAsked } from './due.ts';

/** "What to type: …", for the people whom `due` names. A fork's commit has to be named (contract §4). */
export const gateNext = (epic: OpenedEpic, stage: Stage): string => {
  const [question] = isAsked(stage) ? openQuestions(stage) : [];
  if (question !== undefined) {
    const word = question.kind === 'evidence' ? 'evidence' : 'answer';
    return `What to type: ${code(`/${word} ${question.id} <text>`)}.`;
  }
  if (judgeGate(epic, stage).missing.length === 0 || stage.timedOut !== undefined)
    return `What to type: ${code('/why')} says what keeps it shut.`;
  const fork = openPulls(epic, stage.definition.key).find((pull) => pull.fork);
  const approve = fork === undefined ? '/approve' : `/approve ${fork.head.slice(0, 7)}`;
  return `What to type: ${code(approve)} or ${code('/reject <why>')}.`;
};
