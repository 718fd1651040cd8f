/** Taking back what was done: by whoever did it or those who may override, within an hour, while nothing has been built on it. */
import { type Deed, undoWithin } from '../deed.ts';
import type { EpicEvent } from '../events.ts';
import { holdOf } from '../hold.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireLive, requireMoving } from '../require.ts';
import { code, nameOf, whoHoldAny } from '../say-who.ts';
import type { Signal } from '../signal-command.ts';
import { findStage, pullsOf, shownStatus } from '../stage.ts';
import type { OpenedEpic, Stage } from '../state.ts';

const sayDeed = ({ kind, stage, part, by }: Deed): string => {
  const what = stage ?? part?.name;
  return `${code(`/${kind}`)}${what === undefined ? '' : ` of ${code(what)}`} by ${nameOf(by)}`;
};

const tooLate = (deed: Deed, because: string): Refusal =>
  refuse('too-late', `${sayDeed(deed)} cannot be taken back: ${because}.`);

const scopeOf = (epic: OpenedEpic, { stage, on }: Signal<'Undo'>): string | undefined => {
  if (stage !== undefined) return stage;
  if (on.kind === 'stage') return on.stage;
  return on.kind === 'pull' ? epic.pulls.find((pull) => pull.number === on.number)?.stage : undefined;
};

const isOld = (deed: Deed, { at }: Signal<'Undo'>): boolean =>
  Date.parse(at) - Date.parse(deed.at) > undoWithin;

const stands = (epic: OpenedEpic, deed: Deed): boolean => {
  const { kind, part, at, stage: key } = deed;
  const stage = key === undefined ? undefined : findStage(epic, key);
  switch (kind) {
    case 'block':
      return stage?.blockers.some((one) => one.id === deed.blocker) === true;
    case 'pause':
      if (part === undefined) return epic.stop === undefined && epic.pause?.at === at;
      return holdOf(epic, part)?.at === at;
    case 'priority':
      return (deed.stage === undefined ? epic : stage)?.priority?.at === at;
    case 'skip':
      return stage?.skip?.at === at;
    case 'override':
      return stage?.override?.at === at;
    case 'reject':
      return stage?.rejection?.at === at && stage.status === 'in-progress';
  }
};

const choose = (epic: OpenedEpic, command: Signal<'Undo'>): Deed | Refusal => {
  const scope = scopeOf(epic, command);
  const all = (epic.deeds ?? []).filter((deed) => scope === undefined || deed.stage === scope);
  // What was lifted or decided otherwise since hides nothing that still stands.
  const standing = all.filter((deed) => stands(epic, deed) && !isOld(deed, command));
  const override = epic.rules.policy.overrideRoles;
  const may = override.some((role) => command.roles.includes(role));
  const isMine = (deed: Deed): boolean => deed.by.id === command.by.id;
  const found = standing.findLast(isMine) ?? (may ? standing.at(-1) : undefined) ?? all.findLast(isMine);
  if (found !== undefined) return found;
  const last = standing.at(-1) ?? all.at(-1);
  if (last === undefined)
    return refuse('nothing-to-undo', 'Nothing was done here that could be taken back.', {
      next: '`/undo` on the stage, or on the checklist, where it was done',
    });
  if (may) return last;
  return refuse('not-your-role', `The last thing here was ${sayDeed(last)}: not yours to take back.`, {
    who: `${nameOf(last.by)}${override.length === 0 ? '' : `; ${whoHoldAny(epic.rules, override)}`}`,
  });
};

/** Why a stage that was left out or let through cannot be given back. */
const builtOn = (epic: OpenedEpic, stage: Stage, deed: Deed): Refusal | undefined => {
  const { key } = stage.definition;
  const next = epic.stages.find(
    (one) => one.definition.dependsOn.includes(key) && one.status !== 'waiting' && one.status !== 'ready',
  );
  if (next !== undefined && stage.status !== 'in-review')
    return tooLate(deed, `${code(next.definition.key)} is ${shownStatus(next)} already`);
  const merged = pullsOf(epic, key).find(
    (pull) => pull.state === 'merged' && deed.before?.openPulls.includes(pull.number) === true,
  );
  return merged === undefined ? undefined : tooLate(deed, `#${merged.number} was merged since`);
};

const obstacle = (epic: OpenedEpic, deed: Deed): Refusal | undefined => {
  const stage = deed.stage === undefined ? undefined : findStage(epic, deed.stage);
  if (!stands(epic, deed)) return tooLate(deed, 'things have changed since');
  if (stage === undefined || deed.kind === 'pause' || deed.kind === 'priority' || deed.kind === 'block')
    return undefined;
  return requireMoving(epic, stage) ?? builtOn(epic, stage, deed);
};

/** Those whose reviews may count again, with the roles they hold now: nobody asked while the stage was over (threats T26). */
const rolesNow = ({ rolesOf, insteadOf = {}, at, by }: Signal<'Undo'>): readonly EpicEvent[] =>
  Object.entries(rolesOf).map(([id, roles]) => {
    const places = insteadOf[Number(id)] ?? [];
    const held = places.length === 0 ? {} : { places };
    return { type: 'RolesAsked', person: Number(id), roles, ...held, at, by };
  });

/** The veto that was said with a rejection goes with it. */
const vetoOf = (epic: OpenedEpic, deed: Deed, { at, by }: Signal<'Undo'>): readonly EpicEvent[] => {
  const stage = deed.kind === 'reject' && deed.stage !== undefined ? findStage(epic, deed.stage) : undefined;
  const veto = stage?.concerns?.find(
    (one) => one.veto && one.resolved === undefined && one.by.id === deed.by.id && one.at === deed.at,
  );
  if (stage === undefined || veto === undefined) return [];
  const reason = 'the rejection was taken back';
  return [{ type: 'ConcernResolved', stage: stage.definition.key, id: veto.id, reason, at, by }];
};

/** `DeedUndone`; refused with `nothing-to-undo`, `not-your-role`, or `too-late` and what is in the way. */
export const undo = (epic: OpenedEpic, command: Signal<'Undo'>): readonly EpicEvent[] | Refusal => {
  const live = requireLive(epic);
  if (live !== undefined) return live;
  const deed = choose(epic, command);
  if ('refused' in deed) return deed;
  if (isOld(deed, command)) return tooLate(deed, 'it was done more than an hour ago');
  const refused = obstacle(epic, deed);
  if (refused !== undefined) return refused;
  const about = deed.stage === undefined ? {} : { stage: deed.stage };
  const { at, by } = command;
  const undone: EpicEvent = { type: 'DeedUndone', deed: deed.id, kind: deed.kind, ...about, at, by };
  return [undone, ...vetoOf(epic, deed, command), ...rolesNow(command)];
};
