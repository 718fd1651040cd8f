/** Holding an epic or a part of it still. */
import type { Pause } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { holdOf, isOfPart, type Part } from '../hold.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireOwner } from '../require.ts';
import { code, list } from '../say-who.ts';
import { isFinal } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

const pausePart = (epic: OpenedEpic, command: Pause, part: Part): readonly EpicEvent[] | Refusal => {
  const stages = epic.stages.filter((stage) => isOfPart(stage.definition, part));
  const name = code(part.name);
  if (stages.length === 0) {
    return refuse('nothing-to-pause', `No stage of this epic is of ${name}.`, {
      next: `one of ${list(epic.stages.map((stage) => code(stage.definition.key)))}`,
    });
  }
  if (holdOf(epic, part) !== undefined)
    return refuse('paused', `${name} is paused already.`, { next: code(`/resume ${part.name}`) });
  if (stages.every(isFinal)) return refuse('already-done', `Everything of ${name} is over; that is final.`);
  return [{ type: 'PartPaused', part, reason: command.reason, at: command.at, by: command.by }];
};

/** `EpicPaused`, or `PartPaused` where a stage, a role or a class of gates is named; by override roles and the epic's author. */
export const pause = (epic: OpenedEpic, command: Pause): readonly EpicEvent[] | Refusal => {
  const refused = requireLive(epic) ?? requireOwner(epic, command, 'pause');
  if (refused !== undefined) return refused;
  if (command.part !== undefined) return pausePart(epic, command, command.part);
  if (epic.status === 'paused')
    return refuse('paused', 'This epic is paused already.', { next: code('/resume') });
  return [{ type: 'EpicPaused', reason: command.reason, at: command.at, by: command.by }];
};
