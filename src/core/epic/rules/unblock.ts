/** Lifting a stage's blockers: by its role or its approvers. */
import type { Unblock } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code } from '../say-who.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

/** `BlockersLifted`; refused where nothing is blocked, and on a stage that is over. */
export const unblock = (epic: OpenedEpic, command: Unblock): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.blockers.length > 0 && !isFinal(one));
  if (isRefusal(stage)) return stage;
  const { key, role, gate } = stage.definition;
  const refused =
    requireLive(epic) ??
    requireRole(epic, command, [role, ...(gate?.approvers ?? [])], `unblock ${code(key)}`);
  if (refused !== undefined) return refused;
  if (isFinal(stage)) return refuse('already-done', `${code(key)} is ${shownStatus(stage)}; that is final.`);
  if (stage.blockers.length === 0) return refuse('not-blocked', `${code(key)} is not blocked.`);
  return [{ type: 'BlockersLifted', stage: key, at: command.at, by: command.by }];
};
