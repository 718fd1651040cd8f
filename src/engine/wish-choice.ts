/** Promises that follow from a gate that waits: choosing who is asked, and asking them on its pull requests. */
import type { EpicEvent } from '../core/epic/events.ts';
import { stagesToAsk } from '../core/epic/reviewers.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import type { KeepInStep } from '../ledger/outbox.ts';
import { epicLane } from './engine.ts';

/** None where everybody is asked, or everybody who is to be asked was. Before the paint: it mentions who was chosen. */
export const choiceWishes = (
  epicId: string,
  epic: OpenedEpic,
  events: readonly EpicEvent[],
): readonly KeepInStep[] => {
  const lane = epicLane(epicId);
  const choose: readonly KeepInStep[] =
    stagesToAsk(epic).length === 0
      ? []
      : [{ once: false, lane, key: 'choose', kind: 'choose', epicId, priority: 0 }];
  const asks = events.some(({ type }) => type === 'ReviewersChosen' || type === 'PullRequestLinked');
  const waits = epic.stages.some(
    (stage) => stage.status === 'in-review' && (stage.reviewers ?? []).length > 0,
  );
  return asks && waits
    ? [...choose, { once: false, lane, key: 'ask-review', kind: 'ask-review', epicId, priority: 4 }]
    : choose;
};
