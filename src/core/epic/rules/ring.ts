/** What an alarm does when its moment has come: people are told, a gate opens wider, closes or passes, a claim is given back. */
import { writeDuration } from '../../workflow/duration.ts';
import type { Alarm } from '../alarms.ts';
import type { EpicEvent } from '../events.ts';
import { gatehouse } from '../person.ts';
import { findStage } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';
import { voidedBy } from '../voided.ts';

type OfStage = Pick<Extract<EpicEvent, { type: 'StageDone' }>, 'stage' | 'at' | 'by'>;

const length = (ms: number | undefined): string => (ms === undefined ? 'the time set' : writeDuration(ms));

/** An explicit gate is passed by people alone, whatever its file says (requirements G-19, TO-06). */
const passes = (stage: Stage): boolean => stage.definition.gate?.explicitOnly !== true;

const followUp = (stage: Stage, { kind, person, given }: Alarm, told: OfStage): readonly EpicEvent[] => {
  const timeouts = stage.definition.gate?.timeouts;
  switch (kind) {
    case 'widen':
      return timeouts?.widenTo === undefined
        ? []
        : [{ type: 'GateWidened', role: timeouts.widenTo, ...told }];
    case 'reject': {
      const reason = `nobody passed the gate within ${length(timeouts?.rejectAfter)}`;
      return [{ type: 'StageRejected', reason, ...told }];
    }
    case 'approve': {
      const reason = `nobody answered within ${length(timeouts?.approveAfter)}`;
      return passes(stage) ? [{ type: 'GateTimedOut', reason, ...told }] : [];
    }
    case 'expire': {
      const reason = `no sign of life within ${length(stage.definition.claimExpires)}`;
      return [{ type: 'StageReleased', reason, ...told }];
    }
    case 'outdated':
      return person === undefined || given === undefined
        ? []
        : [{ type: 'ApprovalOutdated', person, given, ...told }];
    default:
      return [];
  }
};

/** The events of one alarm, at the moment it was set for: a late tick makes nothing later. */
export const ring = (epic: OpenedEpic, alarm: Alarm): readonly EpicEvent[] => {
  const stage = findStage(epic, alarm.stage);
  if (stage === undefined) return [];
  const told = { stage: alarm.stage, at: alarm.at, by: gatehouse };
  const rang: EpicEvent = { type: 'AlarmRang', alarm: alarm.kind, ...told };
  const then = followUp(stage, alarm, told);
  // Somebody who approved again since, or whom a push had cost it already, loses nothing now: nobody is told so.
  const unnoticed = alarm.kind === 'outdated' && then.every((event) => voidedBy(epic, event).length === 0);
  return unnoticed ? then : [rang, ...then];
};
