/** What people are told once when something happened by itself: who is asked, why, and what to type. */

import type { EpicEvent } from '../epic/events.ts';
import { outstanding } from '../epic/outstanding.ts';
import { code, holdersOf, list, whoHoldAny } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { AlarmKind, OpenedEpic, Stage } from '../epic/state.ts';
import { actorOf } from '../epic/substitution.ts';
import { writeDuration } from '../workflow/duration.ts';
import { due, mentioned } from './due.ts';

/** A comment on a stage's issue. */
export interface Notice {
  readonly stage: string;
  readonly text: string;
}

const calling = (names: readonly string[]): string => {
  const { mentions, more } = mentioned(names);
  return mentions.length === 0 ? '' : `${mentions.join(' ')}${more > 0 ? ` and ${more} more` : ''}: `;
};

/** Whoever is told when nobody answers: the role named for it, else those who may override, else whoever opened the epic. */
const escalated = (epic: OpenedEpic, stage: Stage): readonly string[] => {
  const { escalateTo } = stage.definition.gate?.timeouts ?? {};
  const roles = escalateTo === undefined ? epic.rules.policy.overrideRoles : [escalateTo];
  const names = roles.flatMap((role) => holdersOf(epic.rules, role));
  return names.length > 0 ? names : [epic.author.login];
};

const time = (ms: number | undefined): string => (ms === undefined ? 'a while' : writeDuration(ms));

const sentence = (epic: OpenedEpic, stage: Stage, kind: AlarmKind): string => {
  const key = code(stage.definition.key);
  const gate = stage.definition.gate;
  const timeouts = gate?.timeouts ?? {};
  const approve = `What to type: ${code('/approve')} or ${code('/reject <why>')}.`;
  const { mentions } = due(epic, stage);
  const claimant = stage.claimant === undefined ? [] : [stage.claimant.login];
  switch (kind) {
    case 'remind':
      return `${calling(mentions)}${key} has waited ${time(timeouts.remindAfter)} for its gate ${code(gate?.name ?? '')}. ${approve}`;
    case 'escalate':
      return `${calling(escalated(epic, stage))}nobody has passed the gate of ${key} for ${time(timeouts.escalateAfter)}. It waits for ${whoHoldAny(epic.rules, gate?.approvers ?? [])}.`;
    case 'widen': {
      const to = timeouts.widenTo ?? '';
      return `${calling(holdersOf(epic.rules, to))}nobody has passed the gate of ${key} for ${time(timeouts.widenAfter)}: from now on ${code(to)} may approve in anybody's place. ${approve}`;
    }
    case 'reject':
      return `${calling(claimant)}nobody passed the gate of ${key} within ${time(timeouts.rejectAfter)}, so it is rejected. What to type: ${code('/submit')} asks again.`;
    case 'approve':
      if (outstanding(epic, stage).length > 0 && gate?.explicitOnly !== true)
        return `${calling([...claimant, ...mentions])}nobody answered within ${time(timeouts.approveAfter)}: approvals are no longer asked for, but the gate of ${key} stays shut until its criteria and concerns are settled. What to type: ${code('/why')}.`;
      return gate?.explicitOnly === true
        ? `${calling(mentions)}nobody has answered for ${time(timeouts.approveAfter)}, and no timer passes this gate. ${approve}`
        : `⚠️ ${calling(escalated(epic, stage))}nobody answered within ${time(timeouts.approveAfter)}: the gate of ${key} passed **without the approvals that were missing**.`;
    case 'nudge':
      return `${calling(claimant)}is ${key} still yours? Without a sign of life it goes back to ${code(stage.definition.role)} after ${time(stage.definition.claimExpires)}. What to type: ${code('/extend')}.`;
    case 'expire':
      return `${calling(holdersOf(epic.rules, stage.definition.role))}there was no sign of life within ${time(stage.definition.claimExpires)}, so ${key} is free again. What to type: ${code('/claim')}.`;
    case 'due':
      return `${calling([...claimant, ...mentions])}${key} should have been done within ${time(stage.definition.due)}.`;
    case 'outdated':
      return `${calling(mentions)}an approval of ${key} is older than ${time(gate?.validFor)} and does not count any more. ${approve}`;
  }
};

/** Who was chosen, as what and for whom; the whole role where nobody could be. */
const chosen = (
  epic: OpenedEpic,
  stage: Stage,
  { people, turn }: Extract<EpicEvent, { type: 'ReviewersChosen' }>,
): string | undefined => {
  const key = code(stage.definition.key);
  const approve = `What to type: ${code('/approve')} or ${code('/reject <why>')}.`;
  if (people.length === 0 && turn > 1) return undefined;
  const as = list(people.map((one) => `${actorOf(one)} as ${code(one.role)}`));
  const who =
    people.length === 0
      ? 'nobody in particular could be chosen'
      : `chosen ${turn > 1 ? 'next' : 'now'}: ${as}`;
  const called = people.length === 0 ? due(epic, stage).mentions : people.map((one) => one.by.login);
  return `${calling(called)}${key} waits at its gate ${code(stage.definition.gate?.name ?? '')}; ${who}. Whoever else holds the role may answer as well. ${approve}`;
};

type Voided = Extract<EpicEvent, { type: 'ApprovalsVoided' }>;

const voided = (epic: OpenedEpic, stage: Stage, { people }: Voided): string => {
  const { gate, key } = stage.definition;
  const next =
    gate === undefined || stage.status !== 'in-review'
      ? ''
      : ` It waits for ${whoHoldAny(epic.rules, gate.approvers)}. What to type: ${code('/approve')} or ${code('/reject <why>')}.`;
  return `${calling(people.map((person) => person.login))}the gate of ${code(key)} was changed with ${code('/migrate')}, so what was said for the old one no longer counts.${next}`;
};

type Told = Extract<EpicEvent, { type: 'AlarmRang' | 'ReviewersChosen' | 'ApprovalsVoided' }>;

const told = (epic: OpenedEpic, stage: Stage, event: Told): string | undefined => {
  if (event.type === 'AlarmRang') return sentence(epic, stage, event.alarm);
  return event.type === 'ReviewersChosen' ? chosen(epic, stage, event) : voided(epic, stage, event);
};

/** What an event makes people be told; undefined for events that the painted issue tells by itself. */
export const noticeOf = (epic: OpenedEpic, event: EpicEvent): Notice | undefined => {
  if (event.type !== 'AlarmRang' && event.type !== 'ReviewersChosen' && event.type !== 'ApprovalsVoided')
    return undefined;
  const stage = findStage(epic, event.stage);
  if (stage === undefined) return undefined;
  const text = told(epic, stage, event);
  return text === undefined ? undefined : { stage: event.stage, text };
};
