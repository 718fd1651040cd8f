/** Events that people must be told of in words → comments on the stage's issue, each said once. */
import type { EpicEvent } from '../core/epic/events.ts';
import { findStage } from '../core/epic/stage.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import { noticeOf } from '../core/render/notice.ts';
import { roundNotice } from '../core/render/round-notice.ts';
import type { SayOnce } from '../ledger/outbox.ts';
import { epicLane } from './engine.ts';
import { say } from './say.ts';

const roundNoticeOf = (
  epicId: string,
  epic: OpenedEpic,
  event: Extract<EpicEvent, { type: 'IssueOpened' }>,
): readonly SayOnce[] => {
  const notice = roundNotice(epic, event);
  if (notice === undefined) return [];
  const { issue, once, text } = notice;
  const { number, nodeId } = issue;
  const saying = { repository: epic.subject.repository, number, nodeId, text };
  return [say(epicLane(epicId), `notice/${epic.round}/${once}`, saying)];
};

/** What else than stage and time tells one from another: two pull requests may be found pushed to at one look. */
const thingOf = (event: EpicEvent): string | number | undefined => {
  if ('question' in event) return event.question;
  if ('glass' in event) return event.glass;
  if (event.type === 'PullRequestLinked') return event.pull.number;
  return 'number' in event ? event.number : undefined;
};

/** Nothing for a stage that has no issue yet. */
export const noticesOf = (
  epicId: string,
  epic: OpenedEpic,
  events: readonly EpicEvent[],
): readonly SayOnce[] =>
  events.flatMap((event) => {
    if (event.type === 'IssueOpened') return roundNoticeOf(epicId, epic, event);
    const notice = noticeOf(epic, event);
    if (notice === undefined) return [];
    const issue = notice.on === 'epic' ? epic.subject.issue : findStage(epic, notice.stage)?.issue;
    if (issue === undefined) return [];
    const { number, nodeId } = issue;
    const thing = thingOf(event);
    const named = thing === undefined ? event.type : `${event.type}/${thing}`;
    const about = event.type === 'AlarmRang' ? event.alarm : named;
    const name = `notice/${epic.round}/${notice.stage}/${about}/${event.at}`;
    return [
      say(epicLane(epicId), name, { repository: epic.subject.repository, number, nodeId, text: notice.text }),
    ];
  });
