/** Which roles of an open gate people are still to be asked for, where the repository chooses its reviewers. */
import type { Role } from '../workflow/definition.ts';
import { judgeGate } from './gate.ts';
import type { Epic, OpenedEpic, Stage } from './state.ts';

/** The first ones when the gate opens, the next ones with the reminder. */
export const turnOf = (stage: Stage): number => (stage.rung.includes('remind') ? 2 : 1);

/** Missing roles for which nobody was looked for in this turn. */
export const rolesToAsk = (epic: OpenedEpic, stage: Stage): readonly Role[] => {
  if (epic.status !== 'running' || epic.rules.policy.reviewers === undefined) return [];
  if (stage.status !== 'in-review' || stage.override !== undefined || stage.timedOut !== undefined) return [];
  const { missing } = judgeGate(epic, stage);
  return missing.filter((role) => (stage.asked?.[role] ?? 0) < turnOf(stage));
};

/** The stages at whose gates somebody is to be asked. */
export const stagesToAsk = (epic: Epic): readonly Stage[] =>
  epic.status === 'unopened' ? [] : epic.stages.filter((stage) => rolesToAsk(epic, stage).length > 0);
