/** Leaving a stage out, by those who may override; it is marked as skipped everywhere. */
import type { Skip } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireReason, requireRole } from '../require.ts';
import { requireAccountable } from '../require-accountable.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, whoHoldAny } from '../say-who.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';
import { breakGlass } from './break-glass.ts';

/** `StageSkipped`; it satisfies what depends on it (contract §3). */
export const skip = (epic: OpenedEpic, command: Skip): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.status === 'ready' || one.status === 'in-progress');
  if (isRefusal(stage)) return stage;
  const key = stage.definition.key;
  const refused =
    requireMoving(epic, stage) ??
    requireRole(epic, command, epic.rules.policy.overrideRoles, `skip ${code(key)}`) ??
    requireAccountable(epic, command, 'skip') ??
    requireReason(command.reason, 'skip');
  if (refused !== undefined) return refused;
  if (isFinal(stage)) return refuse('already-done', `${code(key)} is ${shownStatus(stage)}; that is final.`);
  const { gate } = stage.definition;
  if (gate?.explicitOnly === true) {
    return refuse(
      'explicit-gate',
      `Gate ${code(gate.name)} is passed by people alone, so ${code(key)} cannot be skipped.`,
      {
        who: whoHoldAny(epic.rules, gate.approvers),
        next: `${code('/override <why>')} once it is submitted`,
      },
    );
  }
  const { reason, at, by } = command;
  return breakGlass(epic, stage, command, { type: 'StageSkipped', stage: key, reason, at, by });
};
