/** Editing or deleting the comment that approved, or ticked a criterion, takes that back, until the stage is done (contract §4). */
import type { RevokeApproval } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isFinal } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

const reopened = (epic: OpenedEpic, command: RevokeApproval): readonly EpicEvent[] =>
  epic.stages
    .filter((stage) => !isFinal(stage))
    .flatMap((stage) =>
      (stage.ticks ?? [])
        .filter((one) => one.commentId === command.commentId)
        .map(({ criterion, how }) => ({
          type: 'CriterionReopened',
          stage: stage.definition.key,
          criterion,
          reason: `the comment by which it was ${how} was ${command.how}`,
          at: command.at,
          by: command.by,
        })),
    );

/** `ApprovalRevoked` for each stage the comment approved, `CriterionReopened` for each tick of it; otherwise nothing. */
export const revokeApproval = (epic: OpenedEpic, command: RevokeApproval): readonly EpicEvent[] => {
  const { commentId, at, by } = command;
  const reason = `the comment that approved was ${command.how}`;
  const revoked: readonly EpicEvent[] = epic.stages
    .filter((stage) => !isFinal(stage) && stage.approvals.some((one) => one.commentId === commentId))
    .map((stage) => ({ type: 'ApprovalRevoked', stage: stage.definition.key, commentId, reason, at, by }));
  return [...revoked, ...reopened(epic, command)];
};
