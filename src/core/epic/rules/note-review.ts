/** A pull request review: APPROVED is an approval, CHANGES_REQUESTED a rejection, a dismissal revokes (contract §4). */
import type { NoteReview } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { findStage } from '../stage.ts';
import type { OpenedEpic, Pull, Stage } from '../state.ts';

const dismissed = (pull: Pull, command: NoteReview): readonly EpicEvent[] => {
  const known = pull.reviews.find((review) => review.id === command.review.id);
  if (known === undefined || known.verdict === 'dismissed') return [];
  return [
    { type: 'ReviewDismissed', number: pull.number, reviewId: known.id, at: command.at, by: command.by },
  ];
};

/** Whether this review, by somebody the gate asks, sends the stage back now. */
const rejects = (epic: OpenedEpic, stage: Stage | undefined, pull: Pull, command: NoteReview): boolean =>
  epic.status === 'running' &&
  stage?.status === 'in-review' &&
  pull.link === 'linked' &&
  command.review.verdict === 'changes-requested' &&
  (stage.definition.gate?.approvers ?? []).some((role) => command.review.roles.includes(role));

/**
 * `ReviewGiven`, kept even before the stage is submitted; `StageRejected` behind it where it is a rejection.
 * An older review than the one known, and the same one again, change nothing (threats T31, F17).
 */
export const noteReview = (epic: OpenedEpic, command: NoteReview): readonly EpicEvent[] => {
  const pull = epic.pulls.find((one) => one.number === command.number);
  if (pull === undefined) return [];
  if (command.review.verdict === 'dismissed') return dismissed(pull, command);
  const known = pull.reviews.find((review) => review.by.id === command.review.by.id);
  if (known !== undefined && known.id >= command.review.id) return [];
  const told = { at: command.at, by: command.by };
  const given: EpicEvent = { type: 'ReviewGiven', number: pull.number, review: command.review, ...told };
  const stage = findStage(epic, pull.stage);
  if (!rejects(epic, stage, pull, command)) return [given];
  const reason =
    command.review.text.trim() === '' ? `changes requested on #${pull.number}` : command.review.text;
  return [given, { type: 'StageRejected', stage: pull.stage, reason, ...told }];
};
