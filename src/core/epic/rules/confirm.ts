/** The second person behind a /skip or /override: with them it takes effect, in the name of whoever asked. */
import type { EpicEvent } from '../events.ts';
import { confirmWithin, type Glass, isAskedFor } from '../glass.ts';
import { oneHand } from '../one-hand.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireRole } from '../require.ts';
import { requireAccountable } from '../require-accountable.ts';
import { code, nameOf, whoHoldAny } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import { findStage, isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';
import { actedFor } from '../substitution.ts';

const stale = (stage: Stage, glass: Glass, at: string): Refusal | undefined => {
  const next = { next: code(`/${glass.what} ${glass.stage} <why>`) };
  const name = code(glass.id);
  if (glass.used !== undefined) return refuse('too-late', `${name} has taken effect already.`);
  if (Date.parse(at) - Date.parse(glass.at) > confirmWithin)
    return refuse('too-late', `${name} was asked for more than an hour ago.`, next);
  if (isFinal(stage))
    return refuse('already-done', `${code(glass.stage)} is ${shownStatus(stage)}; that is final.`);
  return isAskedFor(stage, glass)
    ? undefined
    : refuse('too-late', `${code(glass.stage)} is not what ${name} was asked for any more.`, next);
};

/** `GlassUsed` and what was asked for; by an override role that is not whoever asked, within an hour. */
export const confirm = (epic: OpenedEpic, command: Signal<'Confirm'>): readonly EpicEvent[] | Refusal => {
  const { overrideRoles, breakGlass } = epic.rules.policy;
  const glass = epic.glasses?.find((one) => one.id === command.glass);
  const stage = glass === undefined ? undefined : findStage(epic, glass.stage);
  if (glass === undefined || stage === undefined)
    return refuse('no-such-glass', 'Nothing of that name waits for a second person.');
  const { at, by } = command;
  const refused =
    requireMoving(epic, stage) ??
    requireRole(epic, command, overrideRoles, `confirm ${code(glass.id)}`) ??
    requireAccountable(epic, command, 'confirm') ??
    stale(stage, glass, at);
  if (refused !== undefined) return refused;
  if (oneHand(epic.rules, glass, { by, instead: actedFor(command, overrideRoles) })) {
    return refuse('needs-second', `You asked for ${code(glass.id)} yourself, or stand for who did.`, {
      who: `somebody of ${whoHoldAny(epic.rules, overrideRoles)} who is not ${nameOf(glass.by)}`,
    });
  }
  const within = breakGlass?.reviewWithin;
  const instead = glass.instead === undefined ? {} : { instead: glass.instead };
  const effect = { stage: glass.stage, reason: glass.text, at, by: glass.by, ...instead };
  return [
    { type: 'GlassUsed', glass: glass.id, ...(within === undefined ? {} : { reviewWithin: within }), at, by },
    glass.what === 'skip' ? { type: 'StageSkipped', ...effect } : { type: 'GateOverridden', ...effect },
  ];
};
