/** That nobody answered in time, in words: the gate is passed by it, unless something else than approvals keeps it shut. */
import { judgeGate } from './gate.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** `PASSED BY TIME on`, or that only approvals are waited for no more; a moment follows. Undefined where no time ran out. */
export const timedOutWords = (epic: OpenedEpic, stage: Stage): string | undefined => {
  if (stage.timedOut === undefined) return undefined;
  const shut = stage.status === 'in-review' && !judgeGate(epic, stage).passed;
  return shut ? 'NO LONGER WAITS FOR APPROVALS since' : 'PASSED BY TIME on';
};
