/** Adding a stage to a running epic: by its owners; a task also by those who do or approve the stage beside it (requirements SG-14, G-16). */
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { mayPause, requireLive } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, whoHoldAny } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import { isFinal } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';
import { draftStage } from './draft-stage.ts';

/** The stage a task is beside: named, stood on, or the only one that moves. A stage with a key of its own is beside none. */
const beside = (epic: OpenedEpic, command: Signal<'AddStage'>): Stage | Refusal | undefined =>
  command.key === undefined
    ? resolveStage(epic, { ...command, type: 'add-task' }, (one) => one.status !== 'waiting' && !isFinal(one))
    : undefined;

/** `WorkflowExtended`; refused for keys, roles and places in the order that cannot be (see `draftStage`), and once the epic has ended. */
export const addStage = (epic: OpenedEpic, command: Signal<'AddStage'>): readonly EpicEvent[] | Refusal => {
  const live = requireLive(epic);
  if (live !== undefined) return live;
  const other = beside(epic, command);
  if (other !== undefined && isRefusal(other)) return other;
  const doers =
    other === undefined ? [] : [other.definition.role, ...(other.definition.gate?.approvers ?? [])];
  const roles = [...epic.rules.policy.overrideRoles, ...doers];
  if (command.by.id !== epic.author.id && !roles.some((role) => command.roles.includes(role))) {
    const also = doers.length === 0 ? '' : `; ${whoHoldAny(epic.rules, doers)}`;
    const what = other === undefined ? 'stages to this epic' : `tasks to ${code(other.definition.key)}`;
    return refuse('not-your-role', `You may not add ${what}.`, { who: `${mayPause(epic)}${also}` });
  }
  const draft = draftStage(epic, command, other);
  if (isRefusal(draft)) return draft;
  // Whoever could not skip a stage brings no way past the gates of the file (threats T34).
  const may = epic.rules.policy.overrideRoles.some((role) => command.roles.includes(role));
  const unvouched = may ? {} : { unvouched: true as const };
  return [{ type: 'WorkflowExtended', ...draft, ...unvouched, at: command.at, by: command.by }];
};
