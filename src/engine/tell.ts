/** Events that people must be told of in words → comments on the stage's issue, each said once. */
import type { EpicEvent } from '../core/epic/events.ts';
import { findStage } from '../core/epic/stage.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import { noticeOf } from '../core/render/notice.ts';
import type { SayOnce } from '../ledger/outbox.ts';
import { epicLane } from './engine.ts';
import { say } from './say.ts';

/** Nothing for a stage that has no issue yet. */
export const noticesOf = (
  epicId: string,
  epic: OpenedEpic,
  events: readonly EpicEvent[],
): readonly SayOnce[] =>
  events.flatMap((event) => {
    const notice = noticeOf(epic, event);
    if (notice === undefined) return [];
    const issue = notice.on === 'epic' ? epic.subject.issue : findStage(epic, notice.stage)?.issue;
    if (issue === undefined) return [];
    const { number, nodeId } = issue;
    const about = event.type === 'AlarmRang' ? event.alarm : event.type;
    const name = `notice/${epic.round}/${notice.stage}/${about}/${event.at}`;
    return [
      say(epicLane(epicId), name, { repository: epic.subject.repository, number, nodeId, text: notice.text }),
    ];
  });
