/** The emergency stop: everything stands still at once and every check of the epic fails (requirements SG-04). */
import type { EpicEvent } from '../events.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireReason, requireRole } from '../require.ts';
import { code, nameOf, whoHoldAny } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import type { OpenedEpic } from '../state.ts';

/** `EpicStopped`, over a pause too; by override roles, with a reason; refused while it is stopped already. */
export const stop = (epic: OpenedEpic, command: Signal<'Stop'>): readonly EpicEvent[] | Refusal => {
  const roles = epic.rules.policy.overrideRoles;
  const refused =
    requireLive(epic) ??
    requireRole(epic, command, roles, 'stop this epic') ??
    requireReason(command.reason, 'emergency-stop');
  if (refused !== undefined) return refused;
  if (epic.stop !== undefined) {
    return refuse('stopped', `This epic is stopped already, by ${nameOf(epic.stop.by)}.`, {
      who: whoHoldAny(epic.rules, roles),
      next: `${code('/resume')} lifts the stop`,
    });
  }
  return [{ type: 'EpicStopped', reason: command.reason, at: command.at, by: command.by }];
};
