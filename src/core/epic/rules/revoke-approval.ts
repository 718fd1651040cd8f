/** Editing or deleting the comment that approved takes the approval back, until the stage is done (contract §4). */
import type { RevokeApproval } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isFinal } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

/** `ApprovalRevoked` where the comment carries a live approval; otherwise nothing. */
export const revokeApproval = (epic: OpenedEpic, command: RevokeApproval): readonly EpicEvent[] => {
  const stage = epic.stages.find(
    (one) => !isFinal(one) && one.approvals.some((approval) => approval.commentId === command.commentId),
  );
  if (stage === undefined) return [];
  const { commentId, at, by } = command;
  const reason = `the comment that approved was ${command.how}`;
  return [{ type: 'ApprovalRevoked', stage: stage.definition.key, commentId, reason, at, by }];
};
