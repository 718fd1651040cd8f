/** Saying how urgent an epic or one of its stages is (requirements SG-06, SG-18). */
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { mayPause, requireLive } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, whoHoldAny } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';

/** On the epic and its checklist a level without a stage is the epic's. */
const stageMeant = (epic: OpenedEpic, command: Signal<'SetPriority'>): Stage | Refusal | undefined =>
  command.stage === undefined && (command.on.kind === 'epic' || command.on.kind === 'checklist')
    ? undefined
    : resolveStage(epic, { ...command, type: 'priority' }, () => false);

const mayNot = (epic: OpenedEpic, stage: Stage | undefined, command: Signal<'SetPriority'>): boolean => {
  const approvers = stage?.definition.gate?.approvers ?? [];
  const roles = [...epic.rules.policy.overrideRoles, ...approvers];
  return command.by.id !== epic.author.id && !roles.some((role) => command.roles.includes(role));
};

/** `PrioritySet`; by override roles and the epic's author, of a stage by its gate's approvers too; saying the level it has is nothing new. */
export const setPriority = (
  epic: OpenedEpic,
  command: Signal<'SetPriority'>,
): readonly EpicEvent[] | Refusal => {
  const stage = stageMeant(epic, command);
  if (stage !== undefined && isRefusal(stage)) return stage;
  const live = requireLive(epic);
  if (live !== undefined) return live;
  if (mayNot(epic, stage, command)) {
    const approvers = stage?.definition.gate?.approvers ?? [];
    const also = approvers.length === 0 ? '' : `; ${whoHoldAny(epic.rules, approvers)}`;
    const what = stage === undefined ? 'this epic' : code(stage.definition.key);
    return refuse('not-your-role', `You may not set the priority of ${what}.`, {
      who: `${mayPause(epic)}${also}`,
    });
  }
  if (stage !== undefined && isFinal(stage)) {
    return refuse('already-done', `${code(stage.definition.key)} is ${shownStatus(stage)}; that is final.`);
  }
  const { level, reason, at, by } = command;
  if ((stage ?? epic).priority?.level === level) return [];
  const about = stage === undefined ? {} : { stage: stage.definition.key };
  return [{ type: 'PrioritySet', level, ...about, reason, at, by }];
};
