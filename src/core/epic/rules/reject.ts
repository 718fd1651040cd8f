/** An approver sends a stage back to its claimant, with a reason; the gate's approvals are void (contract §3). */
import type { Reject } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireReason, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code } from '../say-who.ts';
import { mayFill, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';

const inReview = (stage: Stage): Refusal | undefined => {
  const key = code(stage.definition.key);
  if (stage.definition.gate === undefined)
    return refuse('no-gate', `${key} has no gate, so there is nothing to reject.`);
  if (stage.status === 'in-review') return undefined;
  if (stage.status === 'done' || stage.status === 'skipped') {
    return refuse('already-done', `${key} is ${stage.status} already; that is final.`);
  }
  return refuse('not-in-review', `${key} is ${shownStatus(stage)}: it can be rejected once it is submitted.`);
};

/** `StageRejected`; the reason is mandatory and the actor must hold one of the gate's roles. */
export const reject = (epic: OpenedEpic, command: Reject): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.status === 'in-review');
  if (isRefusal(stage)) return stage;
  const key = stage.definition.key;
  return (
    requireMoving(epic, stage) ??
    inReview(stage) ??
    requireRole(epic, command, mayFill(stage), `reject ${code(key)}`) ??
    requireReason(command.reason, 'reject') ?? [
      { type: 'StageRejected', stage: key, reason: command.reason, at: command.at, by: command.by },
    ]
  );
};
