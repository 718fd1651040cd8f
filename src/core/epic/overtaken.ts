/** A gate that time or an override passed was passed for what there was to see until then. */
import type { EpicEvent } from './events.ts';
import { gatehouse } from './person.ts';
import type { OpenedEpic, Stage } from './state.ts';
import { actorOf } from './substitution.ts';

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

/** Whom or what the stage's gate was passed by without approvals, in words; undefined where it was not. */
const passedBy = ({ timedOut, override }: Stage): string | undefined => {
  if (override !== undefined) return `${actorOf(override)} overrode the gate`;
  return timedOut === undefined ? undefined : 'time passed the gate';
};

/**
 * `GateOvertaken` for the stages whose gate was passed without approvals and to which one of the events brings what nobody
 * has looked at: whoever overrode a gate did not vouch for what is pushed afterwards (threats T35, T39).
 */
export const overtaken = (epic: OpenedEpic, events: readonly EpicEvent[]): readonly EpicEvent[] =>
  events.flatMap((event): readonly EpicEvent[] => {
    const number = renewed(epic, event);
    if (number === undefined) return [];
    const pull = epic.pulls.find((one) => one.number === number);
    const key = event.type === 'PullRequestLinked' ? event.stage : pull?.stage;
    const link = event.type === 'PullRequestLinked' ? event.pull.link : pull?.link;
    const stage = epic.stages.find((one) => one.definition.key === key);
    if (stage?.status !== 'in-review' || link !== 'linked') return [];
    const passed = passedBy(stage);
    if (passed === undefined) return [];
    const reason = `#${number} has changed since ${passed}`;
    return [{ type: 'GateOvertaken', stage: stage.definition.key, reason, at: event.at, by: gatehouse }];
  });
