/** Holding an epic or a part of it still, and letting it go on. */
import type { Pause, Resume } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { type Hold, isOfPart, type Part } from '../hold.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireOwner, requireRole } from '../require.ts';
import { code, list } from '../say-who.ts';
import { isFinal } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

const holdOf = (epic: OpenedEpic, part: Part): Hold | undefined =>
  (epic.holds ?? []).find((one) => one.part.kind === part.kind && one.part.name === part.name);

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

const resumePart = (epic: OpenedEpic, command: Resume, part: Part): readonly EpicEvent[] | Refusal => {
  if (holdOf(epic, part) === undefined) return notPaused(epic, `${code(part.name)} is not paused.`);
  return [{ type: 'PartResumed', part, at: command.at, by: command.by }];
};

const notPaused = (epic: OpenedEpic, why: string): Refusal => {
  if (epic.status === 'paused')
    return refuse('not-paused', `${why} The whole epic is.`, { next: code('/resume') });
  const held = (epic.holds ?? []).map(({ part }) => code(`/resume ${part.name}`));
  return refuse('not-paused', why, held.length === 0 ? {} : { next: held.join(' or ') });
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

/** `EpicResumed` or `PartResumed`; what was recorded meanwhile takes effect then. An emergency stop is lifted by override roles alone. */
export const resume = (epic: OpenedEpic, command: Resume): readonly EpicEvent[] | Refusal => {
  const refused = requireLive(epic) ?? requireOwner(epic, command, 'resume');
  if (refused !== undefined) return refused;
  if (command.part !== undefined) return resumePart(epic, command, command.part);
  if (epic.status !== 'paused') return notPaused(epic, 'This epic is not paused.');
  if (epic.stop !== undefined) {
    const no = requireRole(epic, command, epic.rules.policy.overrideRoles, 'lift an emergency stop');
    if (no !== undefined) return no;
  }
  return [{ type: 'EpicResumed', at: command.at, by: command.by }];
};
