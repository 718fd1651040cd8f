/** Holding a whole epic still. */
import type { Pause } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireOwner } from '../require.ts';
import { code } from '../say-who.ts';
import type { OpenedEpic } from '../state.ts';

/** `EpicPaused`; by override roles and the epic's author. */
export const pause = (epic: OpenedEpic, command: Pause): readonly EpicEvent[] | Refusal => {
  const refused = requireLive(epic) ?? requireOwner(epic, command, 'pause');
  if (refused !== undefined) return refused;
  if (epic.status === 'paused')
    return refuse('paused', 'This epic is paused already.', { next: code('/resume') });
  return [{ type: 'EpicPaused', reason: command.reason, at: command.at, by: command.by }];
};
