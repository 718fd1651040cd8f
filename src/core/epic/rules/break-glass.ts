/** What stands between somebody's /skip or /override and its effect: nothing, a second person, or a review afterwards. */
import type { Override, Skip } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { confirmWithin, type Glass, isAskedFor, needsGlass, nextGlass } from '../glass.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { code, nameOf, whoHoldAny } from '../say-who.ts';
import type { OpenedEpic, Stage } from '../state.ts';

const asked = (epic: OpenedEpic, stage: Stage, command: Skip | Override): Glass | undefined =>
  epic.glasses?.find(
    (one) =>
      one.stage === stage.definition.key &&
      one.what === command.type.toLowerCase() &&
      one.used === undefined &&
      isAskedFor(stage, one) &&
      Date.parse(command.at) - Date.parse(one.at) <= confirmWithin,
  );

/** `then`, as it is where no glass is in the way; behind `GlassAsked` and `GlassUsed` where one is; or `GlassAsked` alone, where two people are needed. */
export const breakGlass = (
  epic: OpenedEpic,
  stage: Stage,
  command: Skip | Override,
  then: EpicEvent,
): readonly EpicEvent[] | Refusal => {
  const { breakGlass: rule, overrideRoles } = epic.rules.policy;
  if (rule === undefined || !needsGlass(epic, stage)) return [then];
  const waiting = asked(epic, stage, command);
  if (waiting !== undefined) {
    return refuse('needs-second', `${nameOf(waiting.by)} has asked for this already (${code(waiting.id)}).`, {
      who: `somebody else of ${whoHoldAny(epic.rules, overrideRoles)}`,
      next: code(`/confirm ${waiting.id}`),
    });
  }
  const { at, by, reason } = command;
  const glass = nextGlass(epic);
  const what = command.type === 'Skip' ? 'skip' : 'override';
  const wish: EpicEvent = { type: 'GlassAsked', glass, what, stage: stage.definition.key, reason, at, by };
  if (rule.people > 1) return [wish];
  const { reviewWithin } = rule;
  return [
    wish,
    { type: 'GlassUsed', glass, ...(reviewWithin === undefined ? {} : { reviewWithin }), at, by },
    then,
  ];
};
