/** `/status`, `/why` and `/help`: answered from the epic as it is, in one comment. */
import { explainStage } from '../core/epic/explain.ts';
import { isFinal } from '../core/epic/stage.ts';
import type { OpenedEpic, Stage } from '../core/epic/state.ts';
import { helpReply, statusReply, whyReply } from '../core/render/reply.ts';
import type { Question } from '../core/slash/slash-command.ts';
import type { Speech } from './speech.ts';

const stageHere = (epic: OpenedEpic, question: Question, speech: Speech): string | undefined => {
  if (question.stage !== undefined) return question.stage;
  const { on } = speech;
  if (on.kind === 'stage') return on.stage;
  return on.kind === 'pull' ? epic.pulls.find((pull) => pull.number === on.number)?.stage : undefined;
};

/** The stages /why is about: the one named or stood on, otherwise every one that people could be waiting for. */
const asked = (epic: OpenedEpic, question: Question, speech: Speech): readonly Stage[] => {
  const key = stageHere(epic, question, speech);
  const here = epic.stages.filter((stage) => stage.definition.key === key);
  if (here.length > 0) return here;
  const open = epic.stages.filter((stage) => !isFinal(stage) && stage.status !== 'waiting');
  return open.length > 0 ? open : epic.stages.slice(-1);
};

/** The answer's text. */
export const answerQuestion = (epic: OpenedEpic, question: Question, speech: Speech): string => {
  if (question.about === 'help') return helpReply();
  const explain = (stage: Stage) => explainStage(epic, stage);
  if (question.about === 'status') return statusReply(epic, explain);
  return asked(epic, question, speech)
    .map((stage) => whyReply(stage, explain(stage)))
    .join('\n\n');
};
