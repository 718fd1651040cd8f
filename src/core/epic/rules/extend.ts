/** The claimant is still at it: the expiry of the claim counts from now. */
import type { Extend } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, nameOf } from '../say-who.ts';
import { shownStatus } from '../stage.ts';
import type { OpenedEpic } from '../state.ts';

/** `ClaimExtended`; refused for a stage that is not in progress, or to somebody else. */
export const extend = (epic: OpenedEpic, command: Extend): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(
    epic,
    command,
    (one) => one.status === 'in-progress' && one.claimant?.id === command.by.id,
  );
  if (isRefusal(stage)) return stage;
  const moving = requireMoving(epic, stage);
  if (moving !== undefined) return moving;
  const key = stage.definition.key;
  if (stage.status !== 'in-progress' || stage.claimant === undefined) {
    return refuse('not-in-progress', `${code(key)} is ${shownStatus(stage)}: there is no claim to keep.`);
  }
  if (stage.claimant.id !== command.by.id) {
    return refuse('not-the-claimant', `${code(key)} is claimed by ${nameOf(stage.claimant)}.`, {
      who: nameOf(stage.claimant),
    });
  }
  return [{ type: 'ClaimExtended', stage: key, at: command.at, by: command.by }];
};
