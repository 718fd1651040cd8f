/** Letting a paused epic go on: from where it stood, from what failed, or from an earlier stage (requirements RS-07, RS-13). */
import type { Resume } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { holdOf, type Part } from '../hold.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { reopen } from '../reopen.ts';
import { requireLive, requireOwner, requireRole } from '../require.ts';
import { code, list } from '../say-who.ts';
import { findStage, isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

const begun = (epic: OpenedEpic, from: string | undefined): Refusal | undefined => {
  if (from === undefined) return undefined;
  const stage = findStage(epic, from);
  if (stage === undefined) {
    return refuse('unknown-stage', `This epic has no stage ${code(from)}.`, {
      next: `one of ${list(epic.stages.map((one) => code(one.definition.key)))}`,
    });
  }
  if (stage.status !== 'waiting' && stage.status !== 'ready') return undefined;
  return refuse(
    'nothing-to-redo',
    `${code(from)} is ${shownStatus(stage)}: nothing has been done on it yet.`,
    epic.status === 'paused' ? { next: code('/resume') } : {},
  );
};

const notPaused = (epic: OpenedEpic, why: string, from?: string): Refusal => {
  if (epic.status === 'paused')
    return refuse('not-paused', `${why} The whole epic is.`, { next: code('/resume') });
  if (from !== undefined) {
    const stage = findStage(epic, from);
    const again = code(`/retry ${from} <why>`);
    const anew = `${code('/pause')}, then ${code(`/resume --from ${from}`)}`;
    const next = stage !== undefined && isFinal(stage) ? again : anew;
    return begun(epic, from) ?? refuse('not-paused', why, { next });
  }
  const held = (epic.holds ?? []).map(({ part }) => code(`/resume ${part.name}`));
  return refuse('not-paused', why, held.length === 0 ? {} : { next: held.join(' or ') });
};

const resumePart = (epic: OpenedEpic, command: Resume, part: Part): readonly EpicEvent[] | Refusal => {
  if (holdOf(epic, part) === undefined) return notPaused(epic, `${code(part.name)} is not paused.`);
  return [{ type: 'PartResumed', part, at: command.at, by: command.by }];
};

const mayLift = (epic: OpenedEpic, command: Resume): Refusal | undefined =>
  epic.stop === undefined
    ? undefined
    : requireRole(epic, command, epic.rules.policy.overrideRoles, 'lift an emergency stop');

/** What is done anew: the stage named and what rested on it; without one, whatever failed. */
const redone = (epic: OpenedEpic, command: Resume): readonly EpicEvent[] => {
  const { from } = command;
  if (from !== undefined) {
    return reopen(epic, { to: from, reason: command.reason || 'the epic was resumed from here' }, command);
  }
  const failed = epic.stages.filter((stage) => stage.status === 'failed');
  const reason = 'it had failed when the epic was resumed';
  const events = failed.flatMap((stage) => reopen(epic, { to: stage.definition.key, reason }, command));
  // Two that failed may carry the same third one: it is opened once.
  return [...new Map(events.map((event) => [event.stage, event])).values()];
};

/**
 * `EpicResumed`, and `StageReopened` for what is done anew, or `PartResumed`; what was recorded meanwhile takes effect then. An
 * emergency stop is lifted by override roles alone.
 */
export const resume = (epic: OpenedEpic, command: Resume): readonly EpicEvent[] | Refusal => {
  const refused = requireLive(epic) ?? requireOwner(epic, command, 'resume');
  if (refused !== undefined) return refused;
  if (command.part !== undefined) return resumePart(epic, command, command.part);
  if (epic.status !== 'paused') return notPaused(epic, 'This epic is not paused.', command.from);
  return (
    mayLift(epic, command) ??
    begun(epic, command.from) ?? [
      { type: 'EpicResumed', at: command.at, by: command.by },
      ...redone(epic, command),
    ]
  );
};
