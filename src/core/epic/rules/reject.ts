/** An approver sends a stage back to its claimant, or the epic back to an earlier stage, with a reason (contract §3). */
import type { Reject } from '../commands.ts';
import { upstream } from '../downstream.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { reopen } from '../reopen.ts';
import { requireMoving, requireReason, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, list } from '../say-who.ts';
import { findStage, isSettled, mayReject, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';
import { vetoes } from '../veto.ts';

const inReview = (stage: Stage): Refusal | undefined => {
  const key = code(stage.definition.key);
  if (stage.definition.gate === undefined)
    return refuse('no-gate', `${key} has no gate, so there is nothing to reject.`);
  if (stage.status === 'in-review') return undefined;
  if (stage.status === 'done' || stage.status === 'skipped') {
    return refuse('already-done', `${key} is ${stage.status} already; that is final.`, {
      next: code(`/retry ${stage.definition.key} <why>`),
    });
  }
  return refuse('not-in-review', `${key} is ${shownStatus(stage)}: it can be rejected once it is submitted.`);
};

/** Only what a stage was built on can be at fault for it: whatever else is done stays as it is. */
const reachable = (epic: OpenedEpic, stage: Stage, to: string | undefined): Refusal | undefined => {
  if (to === undefined) return undefined;
  const key = code(stage.definition.key);
  const target = findStage(epic, to);
  if (target === undefined) return refuse('unknown-stage', `This epic has no stage ${code(to)}.`);
  const under = upstream(epic, stage);
  if (!under.includes(target)) {
    const keys = under.map((one) => code(one.definition.key));
    return refuse('not-a-dependency', `${key} does not depend on ${code(to)}.`, {
      next:
        keys.length === 0 ? code('/reject <why>') : `${code('/reject to:<stage> <why>')} with ${list(keys)}`,
    });
  }
  if (isSettled(target)) return undefined;
  return refuse('not-done', `${code(to)} is ${shownStatus(target)}: there is nothing to go back to.`);
};

/**
 * `StageRejected`, and `ConcernRaised` where a veto rejects; with `to`, `StageReopened` for that stage and for everything that rested on it, this stage included.
 * The reason is mandatory and the actor must hold one of the gate's roles.
 */
export const reject = (epic: OpenedEpic, command: Reject): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.status === 'in-review');
  if (isRefusal(stage)) return stage;
  const { key } = stage.definition;
  const { to, reason, at, by, saidAt } = command;
  const refused =
    requireMoving(epic, stage) ??
    inReview(stage) ??
    requireRole(epic, command, mayReject(stage), `reject ${code(key)}`) ??
    requireReason(reason, to === undefined ? 'reject' : `reject to:${to}`) ??
    reachable(epic, stage, to);
  if (refused !== undefined) return refused;
  return to === undefined
    ? [
        ...vetoes(epic, stage, { ...command, text: reason }),
        { type: 'StageRejected', stage: key, reason, ...(saidAt !== undefined && { saidAt }), at, by },
      ]
    : reopen(epic, { to, reason, from: key }, command);
};
