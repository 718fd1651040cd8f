/** A gate that only time passed was passed for what there was to see until then. */
import type { EpicEvent } from './events.ts';
import { gatehouse } from './person.ts';
import type { OpenedEpic } from './state.ts';

/** The pull request that has something new in it by this event; undefined for anything else, and for a clean rebase. */
const renewed = (epic: OpenedEpic, event: EpicEvent): number | undefined => {
  switch (event.type) {
    case 'PullRequestLinked':
      return event.pull.number;
    case 'PullRequestRetargeted':
    case 'PullRequestReopened':
      return event.number;
    case 'PullRequestPushed': {
      const same = event.moved?.files?.length === 0 || !epic.rules.policy.staleOnPush;
      const pull = epic.pulls.find((one) => one.number === event.number);
      return same || pull?.head === event.head ? undefined : event.number;
    }
    default:
      return undefined;
  }
};

/** `GateReopened` for the stages whose gate time has passed and to which one of the events brings what nobody had the time to see. */
export const timeOver = (epic: OpenedEpic, events: readonly EpicEvent[]): readonly EpicEvent[] =>
  events.flatMap((event): readonly EpicEvent[] => {
    const number = renewed(epic, event);
    if (number === undefined) return [];
    const pull = epic.pulls.find((one) => one.number === number);
    const key = event.type === 'PullRequestLinked' ? event.stage : pull?.stage;
    const link = event.type === 'PullRequestLinked' ? event.pull.link : pull?.link;
    const stage = epic.stages.find((one) => one.definition.key === key);
    if (stage?.status !== 'in-review' || stage.timedOut === undefined || link !== 'linked') return [];
    const reason = `#${number} has changed since time passed the gate`;
    const told = { at: event.at, by: gatehouse };
    return [
      { type: 'GateReopened', stage: stage.definition.key, reason, anew: true, timeOver: true, ...told },
    ];
  });
