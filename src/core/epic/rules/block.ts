/** Raising a blocker on a stage: by its role or its approvers. */
import { nextBlocker } from '../blocker.ts';
import type { Block } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireReason, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code } from '../say-who.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

/** `BlockerRaised`; refused on a stage that is over, and without a reason. */
export const block = (epic: OpenedEpic, command: Block): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(
    epic,
    command,
    (one) => one.status === 'in-progress' || one.status === 'in-review',
  );
  if (isRefusal(stage)) return stage;
  const { key, role, gate } = stage.definition;
  const refused =
    requireLive(epic) ??
    requireRole(epic, command, [role, ...(gate?.approvers ?? [])], `block ${code(key)}`) ??
    requireReason(command.reason, 'block');
  if (refused !== undefined) return refused;
  if (isFinal(stage)) return refuse('already-done', `${code(key)} is ${shownStatus(stage)}; that is final.`);
  const { reason, at, by } = command;
  return [{ type: 'BlockerRaised', stage: key, reason, blocker: nextBlocker(epic), at, by }];
};
