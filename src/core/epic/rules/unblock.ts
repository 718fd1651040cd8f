/** Lifting a blocker: by the stage's role or its approvers; where several are open, the one that is named. */
import type { Blocker } from '../blocker.ts';
import type { Unblock } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, list, nameOf } from '../say-who.ts';
import { isFinal, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';

const named = (stage: Stage): string =>
  list(stage.blockers.map((one) => `${code(one.id)} by ${nameOf(one.by)}`));

const chosen = (stage: Stage, command: Unblock): Blocker | Refusal => {
  const key = code(stage.definition.key);
  const [first, ...others] = stage.blockers;
  if (first === undefined) return refuse('not-blocked', `${key} is not blocked.`);
  const next = { next: code(`/unblock ${first.id}`) };
  if (command.blocker === undefined) {
    if (others.length === 0) return first;
    return refuse('which-blocker', `Several blockers of ${key} are open: ${named(stage)}.`, next);
  }
  const open = stage.blockers.find((one) => one.id === command.blocker);
  if (open !== undefined) return open;
  return refuse('which-blocker', `${key} has no open blocker of that name: open is ${named(stage)}.`, next);
};

/** `BlockersLifted` for one of them; refused where nothing is blocked, where several are and none is named, and on a stage that is over. */
export const unblock = (epic: OpenedEpic, command: Unblock): readonly EpicEvent[] | Refusal => {
  const wanted = (one: Stage): boolean =>
    !isFinal(one) &&
    (command.blocker === undefined
      ? one.blockers.length > 0
      : one.blockers.some(({ id }) => id === command.blocker));
  const stage = resolveStage(epic, command, wanted);
  if (isRefusal(stage)) return stage;
  const { key, role, gate } = stage.definition;
  const refused =
    requireLive(epic) ??
    requireRole(epic, command, [role, ...(gate?.approvers ?? [])], `unblock ${code(key)}`);
  if (refused !== undefined) return refused;
  if (isFinal(stage)) return refuse('already-done', `${code(key)} is ${shownStatus(stage)}; that is final.`);
  const blocker = chosen(stage, command);
  if (isRefusal(blocker)) return blocker;
  const { at, by } = command;
  return [{ type: 'BlockersLifted', stage: key, blocker: blocker.id, at, by }];
};
