/** A pull request review: APPROVED is an approval, CHANGES_REQUESTED a rejection, a dismissal revokes (contract §4). */
import { saidBeforeNo } from '../before-a-no.ts';
import type { NoteReview } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { heldBy } from '../hold.ts';
import { isOfPastRound } from '../round-of.ts';
import { findStage, mayReject } from '../stage.ts';
import type { OpenedEpic, Pull, Stage } from '../state.ts';
import { actedFor } from '../substitution.ts';
import { vetoes } from '../veto.ts';

const isNews = (pull: Pull, { review }: NoteReview): boolean =>
  pull.reviews.every((one) => one.by.id !== review.by.id || one.id < review.id);

const given = (pull: Pull, { review, at, by }: NoteReview, late = false): EpicEvent => ({
  type: 'ReviewGiven',
  number: pull.number,
  review,
  ...(late && { late }),
  at,
  by,
});

/** A dismissal that overtook its review is kept too, so that the late review does not count. */
const dismissed = (pull: Pull, command: NoteReview): readonly EpicEvent[] => {
  const known = pull.reviews.find((review) => review.id === command.review.id);
  const told = { at: command.at, by: command.by };
  if (known === undefined) return isNews(pull, command) ? [given(pull, command)] : [];
  if (known.verdict === 'dismissed') return [];
  return [{ type: 'ReviewDismissed', number: pull.number, reviewId: known.id, ...told }];
};

/** Whether this review, by somebody the gate asks, sends the stage back now. */
const rejects = (
  epic: OpenedEpic,
  stage: Stage | undefined,
  pull: Pull,
  command: NoteReview,
): stage is Stage =>
  epic.status === 'running' &&
  stage?.status === 'in-review' &&
  heldBy(epic, stage) === undefined &&
  pull.link === 'linked' &&
  pull.state !== 'closed' &&
  command.review.verdict === 'changes-requested' &&
  mayReject(stage).some((role) => command.review.roles.includes(role));

/**
 * `ReviewGiven`, kept even before the stage is submitted; `StageRejected` behind it where it is a rejection.
 * An older review than the one known, and the same one again, change nothing (threats T31, F17).
 */
export const noteReview = (epic: OpenedEpic, command: NoteReview): readonly EpicEvent[] => {
  const pull = epic.pulls.find((one) => one.number === command.number);
  if (pull === undefined) return [];
  if (command.review.verdict === 'dismissed') return dismissed(pull, command);
  if (!isNews(pull, command)) return [];
  const stage = findStage(epic, pull.stage);
  const { saidAt, review } = command;
  const overtaken =
    stage !== undefined &&
    (isOfPastRound(stage, saidAt) ||
      (review.verdict === 'approved' && saidBeforeNo(stage, { by: review.by, ...(saidAt && { saidAt }) })));
  if (overtaken) return [given(pull, command, true)];
  if (!rejects(epic, stage, pull, command)) return [given(pull, command)];
  const reason =
    command.review.text.trim() === '' ? `changes requested on #${pull.number}` : command.review.text;
  const of = actedFor(command.review, mayReject(stage));
  const told = { at: command.at, by: command.review.by, ...(of !== undefined && { instead: of }) };
  const said = saidAt === undefined ? {} : { saidAt };
  const veto = vetoes(epic, stage, { ...command.review, ...said, text: reason, at: command.at });
  return [
    given(pull, command),
    ...veto,
    { type: 'StageRejected', stage: pull.stage, reason, ...said, ...told },
  ];
};
