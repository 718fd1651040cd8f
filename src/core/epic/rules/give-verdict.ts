/** Somebody else looks at a broken glass afterwards and says what they think of it; even after the epic has ended. */
import type { EpicEvent } from '../events.ts';
import { oneHand } from '../one-hand.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireRole } from '../require.ts';
import { requireAccountable } from '../require-accountable.ts';
import { code, nameOf, whoHoldAny } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import type { OpenedEpic } from '../state.ts';
import { actedFor } from '../substitution.ts';

/** `GlassReviewed`; by an override role that neither asked for it nor confirmed it, with words. */
export const giveVerdict = (
  epic: OpenedEpic,
  command: Signal<'GiveVerdict'>,
): readonly EpicEvent[] | Refusal => {
  const { overrideRoles } = epic.rules.policy;
  const glass = epic.glasses?.find((one) => one.id === command.glass);
  if (glass?.used === undefined || glass.reviewWithin === undefined || glass.undone !== undefined)
    return refuse('no-such-glass', 'Nothing of that name waits for a review.');
  const refused =
    requireRole(epic, command, overrideRoles, `review ${code(glass.id)}`) ??
    requireAccountable(epic, command, 'review');
  if (refused !== undefined) return refused;
  const { at, by, text } = command;
  if (glass.verdict !== undefined)
    return refuse('already-done', `${nameOf(glass.verdict.by)} has reviewed ${code(glass.id)} already.`);
  const hand = { by, instead: actedFor(command, overrideRoles) };
  if (oneHand(epic.rules, glass, hand) || oneHand(epic.rules, glass.used, hand)) {
    return refuse('needs-second', `You had a hand in ${code(glass.id)} yourself, or stand for who had.`, {
      who: `somebody else of ${whoHoldAny(epic.rules, overrideRoles)}`,
    });
  }
  if (text.trim() === '') {
    const next = code(`/reviewed ${glass.id} <what you think of it>`);
    return refuse('text-needed', 'A review needs words.', { next });
  }
  return [{ type: 'GlassReviewed', glass: glass.id, text, at, by }];
};
