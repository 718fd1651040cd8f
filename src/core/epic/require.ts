/** Conditions several commands share, each with its own refusal. */
import type { Role } from '../workflow/definition.ts';
import type { Facts } from './commands.ts';
import { heldBy } from './hold.ts';
import type { Person } from './person.ts';
import { type Refusal, refuse } from './refusal.ts';
import { code, nameOf, whoHoldAny } from './say-who.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Refuses with `ended` once the epic is done or cancelled. */
export const requireLive = (epic: OpenedEpic): Refusal | undefined => {
  if (epic.status === 'done') return refuse('ended', 'This epic is done: every stage is done or skipped.');
  if (epic.status !== 'cancelled') return undefined;
  const by = epic.cancellation === undefined ? '' : ` by ${nameOf(epic.cancellation.by)}`;
  return refuse('ended', `This epic was cancelled${by}.`, {
    next: 'take the workflow label off the epic and put it on again to start a new round',
  });
};

const stopped = (epic: OpenedEpic, by: Person): Refusal =>
  refuse('stopped', `This epic was stopped in an emergency by ${nameOf(by)}: nothing moves.`, {
    who: whoHoldAny(epic.rules, epic.rules.policy.overrideRoles),
    next: code('/resume'),
  });

/** Refuses with `ended`, `stopped` or `paused`: no stage moves while the epic, or its own part of it, is paused (contract §4). */
export const requireMoving = (epic: OpenedEpic, stage: Stage): Refusal | undefined => {
  if (epic.stop !== undefined) return stopped(epic, epic.stop.by);
  if (epic.status === 'paused') {
    const by = epic.pause === undefined ? '' : ` by ${nameOf(epic.pause.by)}`;
    return refuse('paused', `This epic is paused${by}: no stage moves.`, {
      who: mayPause(epic),
      next: code('/resume'),
    });
  }
  const ended = requireLive(epic);
  const hold = heldBy(epic, stage);
  if (ended !== undefined || hold === undefined) return ended;
  return refuse('paused', `${code(stage.definition.key)} is paused by ${nameOf(hold.by)}.`, {
    who: mayPause(epic),
    next: code(`/resume ${hold.part.name}`),
  });
};

/** Refuses with `not-your-role` unless the actor holds one of `roles` now. */
export const requireRole = (
  epic: OpenedEpic,
  facts: Facts,
  roles: readonly Role[],
  to: string,
): Refusal | undefined => {
  if (roles.some((role) => facts.roles.includes(role))) return undefined;
  return refuse('not-your-role', `You may not ${to}: that takes another role.`, {
    who: whoHoldAny(epic.rules, roles),
  });
};

/** Refuses with `blocked` while a blocker is open on the stage. */
export const requireUnblocked = (epic: OpenedEpic, stage: Stage): Refusal | undefined => {
  const [first, ...others] = stage.blockers;
  if (first === undefined) return undefined;
  const roles = [stage.definition.role, ...(stage.definition.gate?.approvers ?? [])];
  return refuse(
    'blocked',
    `${code(stage.definition.key)} is blocked by ${nameOf(first.by)} since ${first.at.slice(0, 16)}Z.`,
    {
      who: whoHoldAny(epic.rules, roles),
      next: code(others.length === 0 ? '/unblock' : `/unblock ${first.id}`),
    },
  );
};

/** Who may pause, resume and cancel: override roles and the epic's author (contract §4). */
export const mayPause = (epic: OpenedEpic): string => {
  const roles = epic.rules.policy.overrideRoles;
  const author = `${nameOf(epic.author)}, who opened the epic`;
  return roles.length === 0 ? author : `${whoHoldAny(epic.rules, roles)}; ${author}`;
};

/** Refuses with `not-your-role` unless the actor opened the epic or holds an override role. */
export const requireOwner = (epic: OpenedEpic, facts: Facts, to: string): Refusal | undefined => {
  if (facts.by.id === epic.author.id) return undefined;
  if (epic.rules.policy.overrideRoles.some((role) => facts.roles.includes(role))) return undefined;
  return refuse('not-your-role', `You may not ${to} this epic.`, { who: mayPause(epic) });
};

/** Refuses with `reason-needed` when nothing was said. */
export const requireReason = (reason: string, command: string): Refusal | undefined =>
  reason.trim() === ''
    ? refuse('reason-needed', `${code(`/${command}`)} needs a reason, so that others know why.`, {
        next: code(`/${command} <why>`),
      })
    : undefined;
