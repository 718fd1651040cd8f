/** Letting a paused epic go on: from where it stood, from what failed, or from an earlier stage (requirements RS-07, RS-13). */
import type { Resume } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { reopen } from '../reopen.ts';
import { requireLive, requireOwner } from '../require.ts';
import { code, list } from '../say-who.ts';
import { findStage, shownStatus } from '../stage.ts';
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
    {
      next: code('/resume'),
    },
  );
};

const notPaused = (from: string | undefined): Refusal =>
  refuse(
    'not-paused',
    'This epic is not paused.',
    from === undefined ? {} : { next: code(`/retry ${from} <why>`) },
  );

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

/** `EpicResumed`, and `StageReopened` for what is done anew; what was recorded meanwhile takes effect then. */
export const resume = (epic: OpenedEpic, command: Resume): readonly EpicEvent[] | Refusal => {
  const refused = requireLive(epic) ?? requireOwner(epic, command, 'resume');
  if (refused !== undefined) return refused;
  if (epic.status !== 'paused') return notPaused(command.from);
  return (
    begun(epic, command.from) ?? [
      { type: 'EpicResumed', at: command.at, by: command.by },
      ...redone(epic, command),
    ]
  );
};
