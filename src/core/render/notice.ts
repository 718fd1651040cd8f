/** What people are told once when something happened by itself: who is asked, why, and what to type. */

import type { EpicEvent } from '../epic/events.ts';
import { code, holdersOf, nameOf, whoHoldAny } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { AlarmKind, Bypass, OpenedEpic, Stage } from '../epic/state.ts';
import { writeDuration } from '../workflow/duration.ts';
import { due, mentioned } from './due.ts';

/** A comment on a stage's issue, or on the epic. */
export interface Notice {
  readonly on?: 'epic';
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

const bypassed = (epic: OpenedEpic, { number, stage, by }: Bypass): string => {
  const who = by.id === 0 ? '' : ` by ${nameOf(by)}`;
  const names = epic.rules.policy.overrideRoles.flatMap((role) => holdersOf(epic.rules, role));
  return `⚠️ ${calling(names.length > 0 ? names : [epic.author.login])}pull request #${number} was **merged past the gate**${who}: the check of ${code(stage)} was not passed. ${code(`/why ${stage}`)} says what is missing; \`gatehouse doctor\` says how that was possible.`;
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

/** What an event makes people be told; undefined for events that the painted issue tells by itself. */
export const noticeOf = (epic: OpenedEpic, event: EpicEvent): Notice | undefined => {
  if (event.type === 'GateBypassed') return { on: 'epic', stage: event.stage, text: bypassed(epic, event) };
  if (event.type !== 'AlarmRang' && event.type !== 'ApprovalsVoided') return undefined;
  const stage = findStage(epic, event.stage);
  if (stage === undefined) return undefined;
  const text = event.type === 'AlarmRang' ? sentence(epic, stage, event.alarm) : voided(epic, stage, event);
  return { stage: event.stage, text };
};
