/** The claimant says the stage is ready for its gate. */
import { beforeReview } from '../before-review.ts';
import type { Submit } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireUnblocked } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, nameOf } from '../say-who.ts';
import { shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';

const submittable = (epic: OpenedEpic, stage: Stage, command: Submit): Refusal | undefined => {
  const key = code(stage.definition.key);
  if (stage.status === 'ready' || stage.status === 'waiting') {
    return refuse('not-in-progress', `Nobody has claimed ${key} yet: it is ${shownStatus(stage)}.`, {
      ...beforeReview(epic, stage),
    });
  }
  if (stage.status !== 'in-progress' || stage.claimant === undefined) {
    return refuse('not-in-progress', `${key} is ${shownStatus(stage)}: there is nothing to submit.`);
  }
  if (stage.claimant.id === command.by.id) return undefined;
  return refuse('not-the-claimant', `${key} is claimed by ${nameOf(stage.claimant)}: only they submit it.`, {
    who: nameOf(stage.claimant),
  });
};

/** `StageSubmitted`; reviews kept from before count from then on (contract §4). Fresh roles of those reviewers come first. */
export const submit = (epic: OpenedEpic, command: Submit): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(
    epic,
    command,
    (one) => one.claimant?.id === command.by.id && one.status === 'in-progress',
  );
  if (isRefusal(stage)) return stage;
  const refused =
    requireMoving(epic, stage) ?? submittable(epic, stage, command) ?? requireUnblocked(epic, stage);
  if (refused !== undefined) return refused;
  const told = { at: command.at, by: command.by };
  return [{ type: 'StageSubmitted', stage: stage.definition.key, note: command.note, ...told }];
};
