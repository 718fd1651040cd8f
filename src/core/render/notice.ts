/** What people are told once when something happened by itself: who is asked, why, and what to type. */

import type { EpicEvent } from '../epic/events.ts';
import { code, holdersOf, nameOf, whoHoldAny } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { AlarmKind, OpenedEpic, Stage } from '../epic/state.ts';
import { writeDuration } from '../workflow/duration.ts';
import { calling } from './calling.ts';
import { due } from './due.ts';
import { glassNotice } from './glass-notice.ts';
import { neutral } from './neutral.ts';

/** A comment on a stage's issue. */
export interface Notice {
  readonly stage: string;
  readonly text: string;
}

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

type AboutQuestion = Extract<EpicEvent, { type: 'QuestionAsked' | 'QuestionAnswered' }>;

const ofQuestion = (epic: OpenedEpic, stage: Stage, event: AboutQuestion): string => {
  const name = `${code(event.question)} about ${code(event.stage)}`;
  if (event.type === 'QuestionAnswered') {
    const asker = stage.questions?.find(({ id }) => id === event.question)?.by.login;
    return `${calling(asker === undefined ? [] : [asker])}${nameOf(event.by)} has answered ${name}. What to type: ${code('/approve')}, ${code('/reject <why>')} or ${code('/clarify <question>')}.`;
  }
  const { role } = stage.definition;
  const who = stage.claimant === undefined ? holdersOf(epic.rules, role) : [stage.claimant.login];
  const [what, word] = event.kind === 'evidence' ? ['asks for evidence', 'evidence'] : ['asks', 'answer'];
  return `${calling(who)}${nameOf(event.by)} ${what} (${name}): ${neutral(event.text)}\n\nThe gate stays open until then. What to type: ${code(`/${word} ${event.question} <text>`)}.`;
};

/** What an event makes people be told; undefined for events that the painted issue tells by itself. */
export const noticeOf = (epic: OpenedEpic, event: EpicEvent): Notice | undefined => {
  if (event.type === 'QuestionAsked' || event.type === 'QuestionAnswered') {
    const stage = findStage(epic, event.stage);
    return stage === undefined ? undefined : { stage: event.stage, text: ofQuestion(epic, stage, event) };
  }
  const glass = glassNotice(epic, event);
  if (glass !== undefined) return glass;
  if (event.type !== 'AlarmRang') return undefined;
  const stage = findStage(epic, event.stage);
  return stage === undefined ? undefined : { stage: event.stage, text: sentence(epic, stage, event.alarm) };
};
