/** Giving a claimed stage back: by its claimant, or by somebody who may override. */
import type { Release } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, nameOf, whoHoldAny } from '../say-who.ts';
import { shownStatus } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

/** `StageReleased`; refused for a stage that is not in progress, or to somebody else. */
export const release = (epic: OpenedEpic, command: Release): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.status === 'in-progress');
  if (isRefusal(stage)) return stage;
  const key = stage.definition.key;
  const moving = requireMoving(epic, stage);
  if (moving !== undefined) return moving;
  if (stage.status !== 'in-progress' || stage.claimant === undefined) {
    if (stage.status === 'in-review') {
      return refuse('not-in-progress', `${code(key)} is submitted: its claim cannot be given back now.`, {
        who: whoHoldAny(epic.rules, stage.definition.gate?.approvers ?? []),
        next: `${code('/reject <why>')} by an approver sends it back first`,
      });
    }
    return refuse(
      'not-in-progress',
      `${code(key)} is ${shownStatus(stage)}: there is no claim to give back.`,
    );
  }
  const override = epic.rules.policy.overrideRoles;
  const may = stage.claimant.id === command.by.id || override.some((role) => command.roles.includes(role));
  if (!may) {
    const who = `${nameOf(stage.claimant)}${override.length === 0 ? '' : `; ${whoHoldAny(epic.rules, override)}`}`;
    return refuse('not-the-claimant', `${code(key)} is claimed by ${nameOf(stage.claimant)}.`, { who });
  }
  return [{ type: 'StageReleased', stage: key, reason: command.reason, at: command.at, by: command.by }];
};
