/** What a broken glass asks of others: a second person's word before, somebody's judgement afterwards (requirements SE-04). */
import { confirmWithin, type Glass, isAskedFor, reviewDue } from '../epic/glass.ts';
import { heldBy } from '../epic/hold.ts';
import { oneHand } from '../epic/one-hand.ts';
import type { Person } from '../epic/person.ts';
import { findStage, isFinal } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import type { Somebody } from './query.ts';

/** One such duty. */
export interface GlassDuty {
  readonly duty: 'confirm' | 'review';
  readonly stage: string;
  readonly since: string;
  readonly next: string;
}

/** Whoever had a hand in it is not the other one; known by number, otherwise by name. */
const hadHand = (
  epic: OpenedEpic,
  who: Somebody,
  hand: { readonly by: Person; readonly instead?: Person },
): boolean =>
  who.id === undefined
    ? [hand.by, hand.instead].some((one) => one?.login.toLowerCase() === who.login.toLowerCase())
    : oneHand(epic.rules, hand, { by: { id: who.id, login: who.login } });

const toConfirm = (epic: OpenedEpic, glass: Glass, at: string): readonly GlassDuty[] => {
  const stage = findStage(epic, glass.stage);
  const late = Date.parse(at) - Date.parse(glass.at) > confirmWithin;
  if (glass.used !== undefined || stage === undefined || isFinal(stage) || late) return [];
  if (epic.status !== 'running' || heldBy(epic, stage) !== undefined || !isAskedFor(stage, glass)) return [];
  return [{ duty: 'confirm', stage: glass.stage, since: glass.at, next: `/confirm ${glass.id}` }];
};

const toReview = (glass: Glass): readonly GlassDuty[] => {
  if (glass.used === undefined || reviewDue(glass) === undefined) return [];
  const next = `/reviewed ${glass.id} <what you think of it>`;
  return [{ duty: 'review', stage: glass.stage, since: glass.used.at, next }];
};

/** For those who may override; a review waits while the epic is paused and after its end too. `at`: now. */
export const glassDuties = (epic: OpenedEpic, who: Somebody, at: string): readonly GlassDuty[] => {
  if (!epic.rules.policy.overrideRoles.some((role) => who.roles.includes(role))) return [];
  return (epic.glasses ?? [])
    .filter((glass) => !hadHand(epic, who, glass))
    .filter(({ used }) => used === undefined || !hadHand(epic, who, used))
    .flatMap((glass) => [...toConfirm(epic, glass, at), ...toReview(glass)]);
};
