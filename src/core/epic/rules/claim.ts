/** Taking a stage: its role only, its dependencies settled, one claimant (contract §3). */
import type { StageKey } from '../../workflow/definition.ts';
import type { Claim } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import type { Person } from '../person.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { requireMoving, requireRole, requireUnblocked } from '../require.ts';
import { requireAccountable } from '../require-accountable.ts';
import { resolveStage } from '../resolve-stage.ts';
import { code, list, nameOf, whoHolds } from '../say-who.ts';
import { isFinal, openDependencies, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';
import { actedFor } from '../substitution.ts';
import { claimedApart, workedApart } from '../worked-apart.ts';
import { overLimit, withinLimits } from './within-limits.ts';

const claimable = (epic: OpenedEpic, stage: Stage): Refusal | undefined => {
  const key = code(stage.definition.key);
  if (isFinal(stage)) return refuse('already-done', `${key} is ${shownStatus(stage)}; that is final.`);
  if (stage.status === 'waiting') {
    const open = openDependencies(epic, stage).map(
      (one) =>
        `${code(one.definition.key)}${one.issue === undefined ? '' : ` (#${one.issue.number})`} is ${shownStatus(one)}`,
    );
    return refuse('not-claimable', `${key} waits for what it depends on: ${list(open)}.`, {
      next: `${code('/claim')} again once that is done`,
    });
  }
  if (stage.status === 'ready' || stage.claimant === undefined) return undefined;
  return refuse('already-claimed', `${key} is already claimed by ${nameOf(stage.claimant)}.`, {
    who: nameOf(stage.claimant),
    next: `${code('/release')} by them gives it back`,
  });
};

const apart = (epic: OpenedEpic, stage: Stage, command: Claim): Refusal | undefined => {
  const from = (person: Person): StageKey | undefined =>
    workedApart(epic, stage, person) ?? claimedApart(epic, stage, person);
  const other = from(command.by);
  const of = actedFor(command, [stage.definition.role]);
  const theirs = of === undefined ? undefined : from(of);
  if (other === undefined && theirs === undefined) return undefined;
  const who = other === undefined && of !== undefined ? `${nameOf(of)}, for whom you act,` : 'You';
  return refuse(
    'kept-apart',
    `${who} worked on ${code(other ?? theirs ?? '')}; ${code(stage.definition.key)} is kept apart from it.`,
    {
      who: `somebody else of ${whoHolds(epic.rules, stage.definition.role)}`,
    },
  );
};

/** `StageClaimed`, or why the stage cannot be taken by this person now. */
export const claim = (epic: OpenedEpic, command: Claim): readonly EpicEvent[] | Refusal => {
  const stage = resolveStage(epic, command, (one) => one.status === 'ready');
  if (isRefusal(stage)) return stage;
  const key = stage.definition.key;
  return (
    requireMoving(epic, stage) ??
    requireRole(epic, command, [stage.definition.role], `claim ${code(key)}`) ??
    requireAccountable(epic, command, 'claim') ??
    claimable(epic, stage) ??
    apart(epic, stage, command) ??
    requireUnblocked(epic, stage) ??
    withinLimits(epic, stage, command) ?? [
      {
        type: 'StageClaimed',
        stage: key,
        ...overLimit(epic, stage, command),
        at: command.at,
        by: command.by,
      },
    ]
  );
};
