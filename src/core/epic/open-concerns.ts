/** Which concerns still keep a gate shut. */
import { conditionHolds } from './condition.ts';
import { pullsOf } from './stage.ts';
import type { NamedConcern, OpenedEpic, Stage } from './state.ts';

/** Whoever vetoed and approves later has changed their mind, whether by comment or by review; on a condition, once it holds. */
const lifted = (epic: OpenedEpic, stage: Stage, { by, at, veto }: NamedConcern): boolean =>
  veto &&
  [
    ...stage.approvals.filter(
      (one) => one.condition === undefined || conditionHolds(epic, stage, one.condition),
    ),
    ...pullsOf(epic, stage.definition.key).flatMap((pull) =>
      pull.reviews.filter((one) => one.verdict === 'approved' && !one.voided),
    ),
  ].some((one) => one.by.id === by.id && one.at > at);

/** Concerns that nobody resolved and no approval of their owner lifted. */
export const openConcerns = (epic: OpenedEpic, stage: Stage): readonly NamedConcern[] =>
  (stage.concerns ?? []).filter((one) => one.resolved === undefined && !lifted(epic, stage, one));
