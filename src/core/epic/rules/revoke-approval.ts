/** Editing or deleting the comment that approved takes the approval back, until the stage is done (contract §4). */
import type { RevokeApproval } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isFinal } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

/** `ApprovalRevoked` for each stage the comment approved (it may hold several commands); otherwise nothing. */
export const revokeApproval = (epic: OpenedEpic, command: RevokeApproval): readonly EpicEvent[] => {
  const { commentId, at, by } = command;
  const reason = `the comment that approved was ${command.how}`;
  return epic.stages
    .filter((stage) => !isFinal(stage) && stage.approvals.some((one) => one.commentId === commentId))
    .map((stage) => ({ type: 'ApprovalRevoked', stage: stage.definition.key, commentId, reason, at, by }));
};
