/** What people are told once when something happened by itself: who is asked, why, and what to type. */

import type { EpicEvent } from '../epic/events.ts';
import { judgeGate } from '../epic/gate.ts';
import { holdersAt } from '../epic/holders-at.ts';
import { code, list, nameOf } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { AlarmKind, Bypass, OpenedEpic, Stage } from '../epic/state.ts';
import { actorOf } from '../epic/substitution.ts';
import { isCostly } from '../epic/voided.ts';
import { writeDuration } from '../workflow/duration.ts';
import { calling } from './calling.ts';
import { due } from './due.ts';
import { gateNext } from './gate-next.ts';
import { glassNotice } from './glass-notice.ts';
import { neutral, neutralCode } from './neutral.ts';
import { voidedNotice } from './voided-notice.ts';
import { awaitedAtGate } from './waiting-for.ts';

/** A comment on a stage's issue, or on the epic. */
export interface Notice {
  readonly on?: 'epic';
  readonly stage: string;
  readonly text: string;
}

/** Whoever is told when nobody answers: the role named for it, else those who may override, else whoever opened the epic. */
const escalated = (epic: OpenedEpic, stage: Stage, at: string): readonly string[] => {
  const { escalateTo } = stage.definition.gate?.timeouts ?? {};
  const roles = escalateTo === undefined ? epic.rules.policy.overrideRoles : [escalateTo];
  const names = roles.flatMap((role) => holdersAt(epic.rules, role, at));
  return names.length > 0 ? names : [epic.author.login];
};

const time = (ms: number | undefined): string => (ms === undefined ? 'a while' : writeDuration(ms));

const sentence = (
  epic: OpenedEpic,
  stage: Stage,
  { alarm: kind, at }: { readonly alarm: AlarmKind; readonly at: string },
): string => {
  const key = code(stage.definition.key);
  const gate = stage.definition.gate;
  const timeouts = gate?.timeouts ?? {};
  const approve = gateNext(epic, stage);
  const { mentions } = due(epic, stage, at);
  const claimant = stage.claimant === undefined ? [] : [stage.claimant.login];
  switch (kind) {
    case 'remind':
      return `${calling(mentions)}${key} has waited ${time(timeouts.remindAfter)} for its gate ${neutralCode(gate?.name ?? '')}. ${approve}`;
    case 'escalate':
      return `${calling(escalated(epic, stage, at))}nobody has passed the gate of ${key} for ${time(timeouts.escalateAfter)}. It waits for ${awaitedAtGate(epic, stage)}.`;
    case 'widen': {
      const to = timeouts.widenTo ?? '';
      return `${calling(holdersAt(epic.rules, to, at))}nobody has passed the gate of ${key} for ${time(timeouts.widenAfter)}: from now on ${code(to)} may approve in anybody's place. What to type: ${code('/approve')} or ${code('/reject <why>')}.`;
    }
    case 'reject':
      return `${calling(claimant)}nobody passed the gate of ${key} within ${time(timeouts.rejectAfter)}, so it is rejected. What to type: ${code('/submit')} asks again.`;
    case 'approve':
      if (stage.status === 'in-review' && !judgeGate(epic, stage).passed && gate?.explicitOnly !== true)
        return `${calling([...claimant, ...mentions])}nobody answered within ${time(timeouts.approveAfter)}: approvals are no longer asked for, but the gate of ${key} stays shut until its criteria, concerns and questions are settled. What to type: ${code('/why')}.`;
      return gate?.explicitOnly === true
        ? `${calling(mentions)}nobody has answered for ${time(timeouts.approveAfter)}, and no timer passes this gate. ${approve}`
        : `⚠️ ${calling(escalated(epic, stage, at))}nobody answered within ${time(timeouts.approveAfter)}: the gate of ${key} passed **without the approvals that were missing**.`;
    case 'nudge':
      return `${calling(claimant)}is ${key} still yours? Without a sign of life it goes back to ${code(stage.definition.role)} after ${time(stage.definition.claimExpires)}. What to type: ${code('/extend')}.`;
    case 'expire':
      return `${calling(holdersAt(epic.rules, stage.definition.role, at))}there was no sign of life within ${time(stage.definition.claimExpires)}, so ${key} is free again. What to type: ${code('/claim')}.`;
    case 'due':
      return `${calling([...claimant, ...mentions])}${key} should have been done within ${time(stage.definition.due)}. What to type: ${code('/why')} says what it waits for.`;
    case 'outdated':
      return `${calling(mentions)}an approval of ${key} is older than ${time(gate?.validFor)} and does not count any more. ${approve}`;
  }
};

/** Who was chosen, as what and for whom; the whole role where nobody could be. */
const chosen = (
  epic: OpenedEpic,
  stage: Stage,
  { people, turn, at }: Extract<EpicEvent, { type: 'ReviewersChosen' }>,
): string | undefined => {
  const key = code(stage.definition.key);
  const approve = gateNext(epic, stage);
  if (people.length === 0 && turn > 1) return undefined;
  const as = list(people.map((one) => `${actorOf(one)} as ${code(one.role)}`));
  const who =
    people.length === 0
      ? 'nobody in particular could be chosen'
      : `chosen ${turn > 1 ? 'next' : 'now'}: ${as}`;
  const called = people.length === 0 ? due(epic, stage, at).mentions : people.map((one) => one.by.login);
  return `${calling(called)}${key} waits at its gate ${neutralCode(stage.definition.gate?.name ?? '')}; ${who}. Whoever else holds the role may answer as well. ${approve}`;
};

const bypassed = (epic: OpenedEpic, { number, stage, by, at }: Bypass): string => {
  const who = by.id === 0 ? '' : ` by ${nameOf(by)}`;
  const names = epic.rules.policy.overrideRoles.flatMap((role) => holdersAt(epic.rules, role, at));
  return `⚠️ ${calling(names.length > 0 ? names : [epic.author.login])}pull request #${number} was **merged past the gate**${who}: the check of ${code(stage)} was not passed. ${code(`/why ${stage}`)} says what is missing; \`gatehouse doctor\` says how that was possible.`;
};

type Voided = Extract<EpicEvent, { type: 'ApprovalsVoided' }>;

const voided = (epic: OpenedEpic, stage: Stage, { people }: Voided): string => {
  const { gate, key } = stage.definition;
  const next =
    gate === undefined || stage.status !== 'in-review'
      ? ''
      : ` It waits for ${awaitedAtGate(epic, stage)}. ${gateNext(epic, stage)}`;
  return `${calling(people.map((person) => person.login))}the gate of ${code(key)} was changed with ${code('/migrate')}, so what was said for the old one no longer counts.${next}`;
};

type Told = Extract<EpicEvent, { type: 'AlarmRang' | 'ReviewersChosen' | 'ApprovalsVoided' }>;

const told = (epic: OpenedEpic, stage: Stage, event: Told): string | undefined => {
  if (event.type === 'AlarmRang') return sentence(epic, stage, event);
  return event.type === 'ReviewersChosen' ? chosen(epic, stage, event) : voided(epic, stage, event);
};

/** Whoever was told that time or an override passed it would not look again. */
const reopened = (
  epic: OpenedEpic,
  { stage: key, reason, at }: Extract<EpicEvent, { type: 'GateReopened' }>,
): Notice | undefined => {
  const stage = findStage(epic, key);
  if (stage?.status !== 'in-review') return undefined;
  const text = `${calling(due(epic, stage, at).mentions)}the gate of ${code(key)} is open again: ${reason}. ${gateNext(epic, stage)}`;
  return { stage: key, text };
};

type AboutQuestion = Extract<EpicEvent, { type: 'QuestionAsked' | 'QuestionAnswered' }>;

const ofQuestion = (epic: OpenedEpic, stage: Stage, event: AboutQuestion): string => {
  const name = `${code(event.question)} about ${code(event.stage)}`;
  if (event.type === 'QuestionAnswered') {
    const asker = stage.questions?.find(({ id }) => id === event.question)?.by.login;
    return `${calling(asker === undefined ? [] : [asker])}${nameOf(event.by)} has answered ${name}. What to type: ${code('/approve')}, ${code('/reject <why>')} or ${code('/clarify <question>')}.`;
  }
  const { role } = stage.definition;
  const who = stage.claimant === undefined ? holdersAt(epic.rules, role, event.at) : [stage.claimant.login];
  const [what, word] = event.kind === 'evidence' ? ['asks for evidence', 'evidence'] : ['asks', 'answer'];
  return `${calling(who)}${nameOf(event.by)} ${what} (${name}): ${neutral(event.text)}\n\nThe gate stays open until then. What to type: ${code(`/${word} ${event.question} <text>`)}.`;
};

/** What an event makes people be told; undefined for events that the painted issue tells by itself. */
export const noticeOf = (epic: OpenedEpic, event: EpicEvent): Notice | undefined => {
  if (event.type === 'GateBypassed') return { on: 'epic', stage: event.stage, text: bypassed(epic, event) };
  if (isCostly(event)) return voidedNotice(epic, event);
  if (event.type === 'GateReopened' && (event.overtaken ?? event.timeOver) === true)
    return reopened(epic, event);
  if (event.type === 'QuestionAsked' || event.type === 'QuestionAnswered') {
    const stage = findStage(epic, event.stage);
    return stage === undefined ? undefined : { stage: event.stage, text: ofQuestion(epic, stage, event) };
  }
  const glass = glassNotice(epic, event);
  if (glass !== undefined) return glass;
  if (event.type !== 'AlarmRang' && event.type !== 'ReviewersChosen' && event.type !== 'ApprovalsVoided')
    return undefined;
  const stage = findStage(epic, event.stage);
  if (stage === undefined) return undefined;
  const text = told(epic, stage, event);
  return text === undefined ? undefined : { stage: event.stage, text };
};
