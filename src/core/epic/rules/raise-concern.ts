/** Named concerns: an approver says what is wrong, and the gate stays shut until they, or an overrider, say it is settled. */

import type { EpicEvent } from '../events.ts';
import type { Concern, Resolve } from '../gate-commands.ts';
import { openConcerns } from '../open-concerns.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireReason, requireRole } from '../require.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, list, nameOf, whoHoldAny } from '../say-who.ts';
import { isFinal, mayReject, shownStatus } from '../stage.ts';
import type { NamedConcern, OpenedEpic, Stage } from '../state.ts';
import { nextConcern } from '../veto.ts';

const requireGate = ({ definition }: Stage): Refusal | undefined =>
  definition.gate === undefined
    ? refuse('no-gate', `${code(definition.key)} has no gate that a concern could keep shut.`, {
        next: code('/block <reason>'),
      })
    : undefined;

const requireOpen = (stage: Stage): Refusal | undefined =>
  isFinal(stage)
    ? refuse('already-done', `${code(stage.definition.key)} is ${shownStatus(stage)}; that is final.`)
    : undefined;

/** `ConcernRaised` with the next id of the stage, by a role that may approve or has a veto. */
export const raiseConcern = (epic: OpenedEpic, command: Concern): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(
    epic,
    command,
    (one) => one.status === 'in-progress' || one.status === 'in-review',
  );
  if (isRefusal(stage)) return stage;
  const { key } = stage.definition;
  const refused =
    requireLive(epic) ??
    requireGate(stage) ??
    requireOpen(stage) ??
    requireRole(epic, command, mayReject(stage), `raise a concern about ${code(key)}`);
  if (refused !== undefined) return refused;
  const { by, at, text } = command;
  if (text.trim() === '') {
    return refuse('text-needed', 'A concern says what is wrong; nothing was written.', {
      next: code('/concern <what is wrong>'),
    });
  }
  const concern = { id: nextConcern(stage), by, text, at, veto: false };
  return [{ type: 'ConcernRaised', stage: key, concern, at, by }];
};

const hasOpen = (epic: OpenedEpic, stage: Stage): boolean => openConcerns(epic, stage).length > 0;

const find = (epic: OpenedEpic, stage: Stage, id: string): NamedConcern | Refusal => {
  const key = code(stage.definition.key);
  const known = (stage.concerns ?? []).find((one) => one.id === id.toLowerCase());
  if (known === undefined) {
    const open = openConcerns(epic, stage);
    const which =
      open.length === 0 ? 'it has none that is open' : `open are ${list(open.map((one) => code(one.id)))}`;
    return refuse('unknown-concern', `${key} has no concern of that name; ${which}.`, {
      ...(open[0] !== undefined && { next: code(`/resolve ${open[0].id}`) }),
    });
  }
  if (known.resolved === undefined) return known;
  const { by, at } = known.resolved;
  return refuse('resolved-already', `${code(known.id)} was resolved by ${nameOf(by)} on ${at.slice(0, 10)}.`);
};

/** `ConcernResolved`: by its owner, or by an overrider, who must say why; also where a migration has taken the gate since. */
export const resolveConcern = (epic: OpenedEpic, command: Resolve): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => !isFinal(one) && hasOpen(epic, one));
  if (isRefusal(stage)) return stage;
  const ended = requireLive(epic) ?? requireOpen(stage);
  if (ended !== undefined) return ended;
  const concern = find(epic, stage, command.id);
  if (isRefusal(concern)) return concern;
  const { overrideRoles } = epic.rules.policy;
  if (concern.by.id !== command.by.id) {
    const refused = requireRole(epic, command, overrideRoles, `resolve ${code(concern.id)}`);
    const who = `${nameOf(concern.by)}; ${whoHoldAny(epic.rules, overrideRoles)}`;
    if (refused !== undefined) return { ...refused, who };
    const silent = requireReason(command.reason, `resolve ${concern.id}`);
    if (silent !== undefined) return silent;
  }
  const { key } = stage.definition;
  const { by, at, reason } = command;
  return [{ type: 'ConcernResolved', stage: key, id: concern.id, reason, at, by }];
};
