/** Passing a gate without its approvals, by those who may override; it is marked as overridden everywhere. */
import { beforeReview } from '../before-review.ts';
import type { Override } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireReason, requireRole } from '../require.ts';
import { requireAccountable } from '../require-accountable.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code } from '../say-who.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';
import { actorOf } from '../substitution.ts';
import { breakGlass } from './break-glass.ts';

const overridable = (epic: OpenedEpic, stage: Stage): Refusal | undefined => {
  const key = code(stage.definition.key);
  if (isFinal(stage)) return refuse('already-done', `${key} is ${shownStatus(stage)}; that is final.`);
  if (stage.definition.gate === undefined) return refuse('no-gate', `${key} has no gate to override.`);
  if (stage.override !== undefined)
    return refuse('already-done', `The gate of ${key} was overridden by ${actorOf(stage.override)} already.`);
  if (stage.status === 'in-review') return undefined;
  const skipping = { next: `${code('/skip <why>')} leaves the whole stage out` };
  return refuse(
    'not-in-review',
    `${key} is ${shownStatus(stage)}: its gate opens when it is submitted.`,
    stage.definition.gate.explicitOnly === true ? beforeReview(epic, stage) : skipping,
  );
};

/** `GateOverridden`; the reason is mandatory. */
export const override = (epic: OpenedEpic, command: Override): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.status === 'in-review');
  if (isRefusal(stage)) return stage;
  const key = stage.definition.key;
  return (
    requireMoving(epic, stage) ??
    requireRole(epic, command, epic.rules.policy.overrideRoles, `override the gate of ${code(key)}`) ??
    requireAccountable(epic, command, 'override') ??
    requireReason(command.reason, 'override') ??
    overridable(epic, stage) ??
    breakGlass(epic, stage, command, {
      type: 'GateOverridden',
      stage: key,
      reason: command.reason,
      at: command.at,
      by: command.by,
    })
  );
};
