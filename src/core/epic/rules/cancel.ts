/** Ending an epic before it is done. */
import type { Cancel } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import type { Refusal } from '../refusal.ts';
import { requireLive, requireOwner, requireReason } from '../require.ts';
import type { OpenedEpic } from '../state.ts';

/** `EpicCancelled`; by override roles and the epic's author, with a reason, or because its issue is gone. */
export const cancel = (epic: OpenedEpic, command: Cancel): readonly EpicEvent[] | Refusal => {
  const event: EpicEvent = { type: 'EpicCancelled', reason: command.reason, at: command.at, by: command.by };
  const live = requireLive(epic);
  if (live !== undefined) return command.gone ? [] : live;
  if (command.gone) return [event];
  return requireOwner(epic, command, 'cancel') ?? requireReason(command.reason, 'cancel') ?? [event];
};
