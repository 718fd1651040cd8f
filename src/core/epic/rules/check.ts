/** Ticking and waiving the criteria of a gate, by number or by their words (requirements SG-10). */

import { beforeReview } from '../before-review.ts';
import type { EpicEvent } from '../events.ts';
import { findCriterion, type Meant } from '../find-criterion.ts';
import type { Check, Waive } from '../gate-commands.ts';
import { criterionName } from '../outstanding.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireReason, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, nameOf, whoHolds } from '../say-who.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage, Tick } from '../state.ts';

const fits = (stage: Stage): boolean =>
  (stage.definition.gate?.criteria ?? []).length > 0 &&
  (stage.status === 'in-progress' || stage.status === 'in-review');

/** Nothing can be ticked before there is work to look at, nor once the stage is over. */
const requireWork = (epic: OpenedEpic, stage: Stage): Refusal | undefined => {
  const key = code(stage.definition.key);
  if (isFinal(stage)) return refuse('already-done', `${key} is ${shownStatus(stage)}; that is final.`);
  if (stage.status === 'in-progress' || stage.status === 'in-review') return undefined;
  return refuse('not-in-progress', `${key} is ${shownStatus(stage)}: nobody has claimed it yet.`, {
    ...beforeReview(epic, stage),
  });
};

const requireOpen = (stage: Stage, { criterion }: Meant): Refusal | undefined => {
  const known = (stage.ticks ?? []).find((one) => one.criterion === criterion);
  if (known === undefined) return undefined;
  return refuse(
    'ticked-already',
    `Criterion ${criterionName(stage, criterion)} was ${known.how} by ${nameOf(known.by)} on ${known.at.slice(0, 10)}.`,
  );
};

const ticked = (
  command: Check | Waive,
  stage: Stage,
  { criterion, rest }: Meant,
  how: Tick['how'],
): readonly EpicEvent[] => {
  const { by, at, commentId } = command;
  const tick: Tick = { criterion, how, by, text: rest, at, commentId };
  return [{ type: 'CriterionTicked', stage: stage.definition.key, tick, at, by }];
};

const requireDoer = (epic: OpenedEpic, stage: Stage, command: Check): Refusal | undefined => {
  if (stage.claimant?.id === command.by.id) return undefined;
  const { role, key } = stage.definition;
  const refused = requireRole(epic, command, [role], `tick the criteria of ${code(key)}`);
  if (refused === undefined || stage.claimant === undefined) return refused;
  return { ...refused, who: `${nameOf(stage.claimant)}; ${whoHolds(epic.rules, role)}` };
};

/** `CriterionTicked` by the claimant or the stage's role; what follows the criterion is kept as evidence. */
export const check = (epic: OpenedEpic, command: Check): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, fits);
  if (isRefusal(stage)) return stage;
  const refused = requireLive(epic) ?? requireDoer(epic, stage, command) ?? requireWork(epic, stage);
  if (refused !== undefined) return refused;
  const meant = findCriterion(stage, command.words, 'check');
  if (isRefusal(meant)) return meant;
  return requireOpen(stage, meant) ?? ticked(command, stage, meant, 'ticked');
};

/** `CriterionTicked` as waived, by an override role or one of the gate's waivers; the reason is mandatory. */
export const waive = (epic: OpenedEpic, command: Waive): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, fits);
  if (isRefusal(stage)) return stage;
  const roles = [...(stage.definition.gate?.waivers ?? []), ...epic.rules.policy.overrideRoles];
  const to = `waive a criterion of ${code(stage.definition.key)}`;
  const refused = requireLive(epic) ?? requireRole(epic, command, roles, to) ?? requireWork(epic, stage);
  if (refused !== undefined) return refused;
  const meant = findCriterion(stage, command.words, 'waive');
  if (isRefusal(meant)) return meant;
  return (
    requireReason(meant.rest, `waive ${meant.criterion}`) ??
    requireOpen(stage, meant) ??
    ticked(command, stage, meant, 'waived')
  );
};
