/** Doing a stage that is over once more, and with it what rested on it (requirements SG-17, SG-19). */
import type { Retry } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { reopen } from '../reopen.ts';
import { requireMoving, requireReason, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code } from '../say-who.ts';
import { isFinal, isSettled, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';

const over = (stage: Stage): Refusal | undefined =>
  isFinal(stage)
    ? undefined
    : refuse(
        'nothing-to-redo',
        `${code(stage.definition.key)} is ${shownStatus(stage)}: only what is over can be done again.`,
      );

/** What is done is final, and others built on it: whoever undoes that says why. What failed or was cancelled needs no reason. */
const reasonIfSettled = (stage: Stage, reason: string): Refusal | undefined =>
  isSettled(stage) ? requireReason(reason, `retry ${stage.definition.key}`) : undefined;

/** An epic that is done is not opened again stage by stage. */
const batchInstead = (epic: OpenedEpic): Refusal | undefined =>
  epic.status === 'done'
    ? refuse('ended', 'This epic is done: every stage is done or skipped.', {
        next: `${code('/next-batch <why>')} takes it through the whole workflow again`,
      })
    : undefined;

/**
 * `StageReopened` for the stage and for everything that rested on it; by the stage's role and by override roles.
 * Refused while the stage is not over, and for one that is done or skipped without a reason.
 */
export const retry = (epic: OpenedEpic, command: Retry): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.status === 'failed' || one.status === 'cancelled');
  if (isRefusal(stage)) return stage;
  const { key, role } = stage.definition;
  const roles = [...new Set([role, ...epic.rules.policy.overrideRoles])];
  return (
    batchInstead(epic) ??
    requireMoving(epic) ??
    requireRole(epic, command, roles, `retry ${code(key)}`) ??
    over(stage) ??
    reasonIfSettled(stage, command.reason) ??
    reopen(epic, { to: key, reason: command.reason || `it was ${stage.status}` }, command)
  );
};
