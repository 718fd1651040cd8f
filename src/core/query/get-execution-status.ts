/** `getExecutionStatus`: why a stage is where it is, as the tree that /why prints. */
import { explainStage } from '../epic/explain.ts';
import type { Explanation } from '../epic/explanation.ts';
import { isFinal, shownStatus } from '../epic/stage.ts';
import type { Stage } from '../epic/state.ts';
import { whyReply } from '../render/status-reply.ts';
import { askedStages } from './asked-stages.ts';
import { type Asked, query } from './query.ts';

/** The answer of `getExecutionStatus`. */
interface ExecutionStatus {
  readonly stages: readonly { readonly stage: string; readonly status: string; readonly why: Explanation }[];
}

/** The stage asked for, otherwise every one that people could be waiting for; the last one once all are over. */
const stagesOf = (asked: Asked): readonly Stage[] => {
  if (asked.stage !== undefined) return askedStages(asked);
  const open = asked.epic.stages.filter((stage) => !isFinal(stage) && stage.status !== 'waiting');
  return open.length > 0 ? open : asked.epic.stages.slice(-1);
};

const answer = (asked: Asked): ExecutionStatus => ({
  stages: stagesOf(asked).map((stage) => ({
    stage: stage.definition.key,
    status: shownStatus(stage),
    why: explainStage(asked.epic, stage),
  })),
});

/** The record of `getExecutionStatus`; `/why` answers with it. */
export const getExecutionStatus = query<ExecutionStatus>({
  name: 'getExecutionStatus',
  word: 'why',
  summary: 'What is missing, who can give it and what to type.',
  ofStage: true,
  answer,
  lines: (_, asked) =>
    stagesOf(asked)
      .map((stage) => whyReply(stage, explainStage(asked.epic, stage)))
      .join('\n\n')
      .split('\n'),
});
