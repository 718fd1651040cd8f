/** An epic after somebody took back what was done: the state before it, with approvals to be given again where a gate was behind. */
import type { Deed } from './deed.ts';
import type { SignalEvent } from './signal-event.ts';
import { openDependencies } from './stage.ts';
import { enter, signOfLife } from './stage-clocks.ts';
import type { OpenedEpic, Stage, StageStatus } from './state.ts';

type Undone = Extract<SignalEvent, { type: 'DeedUndone' }>;

/** The same without one of its fields. */
export const without = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = value;
  return rest;
};

/** Comments deleted meanwhile were not looked at: what they approved must be said again. */
const back = (stage: Stage, status: StageStatus, at: string): Stage => {
  const entered = { ...enter(stage, status, at), approvals: [], gatePassed: false };
  return status === 'in-progress' ? signOfLife(entered, at) : entered;
};

const restored = (stage: Stage, deed: Deed, at: string): Stage => {
  const status = deed.before?.status ?? stage.status;
  switch (deed.kind) {
    case 'block':
      return { ...stage, blockers: stage.blockers.filter((one) => one.id !== deed.blocker) };
    case 'priority':
      return {
        ...without(stage, 'priority'),
        ...(deed.earlier === undefined ? {} : { priority: deed.earlier }),
      };
    case 'skip':
      return back(without(stage, 'skip'), status, at);
    case 'override':
      return stage.status === 'done'
        ? back(without(stage, 'override'), status, at)
        : without(stage, 'override');
    case 'reject':
      return back(without(without(stage, 'rejection'), 'sentBackAt'), status, at);
    case 'pause':
      return stage;
  }
};

/** What had become ready because the stage was over waits again. */
const waitAgain = (epic: OpenedEpic, at: string): OpenedEpic => ({
  ...epic,
  stages: epic.stages.map((stage) =>
    stage.status === 'ready' && openDependencies(epic, stage).length > 0
      ? enter(without(stage, 'life'), 'waiting', at)
      : stage,
  ),
});

const undoPause = (epic: OpenedEpic, { part }: Deed): OpenedEpic =>
  part === undefined
    ? { ...without(epic, 'pause'), status: 'running' }
    : {
        ...epic,
        holds: (epic.holds ?? []).filter((one) => one.part.kind !== part.kind || one.part.name !== part.name),
      };

/** The glass that was broken for it need not be looked at any more; it stays counted. */
const glassMended = (epic: OpenedEpic, deed: Deed, event: Undone): OpenedEpic =>
  epic.glasses === undefined
    ? epic
    : {
        ...epic,
        glasses: epic.glasses.map((one) =>
          one.stage === deed.stage && one.what === deed.kind && one.used?.at === deed.at
            ? { ...one, undone: { by: event.by, at: event.at, text: '' } }
            : one,
        ),
      };

/** Total: a deed nobody knows changes nothing. */
export const evolveUndo = (epic: OpenedEpic, event: Undone): OpenedEpic => {
  const deed = epic.deeds?.find((one) => one.id === event.deed);
  if (deed === undefined) return epic;
  const left = glassMended({ ...epic, deeds: (epic.deeds ?? []).filter((one) => one !== deed) }, deed, event);
  if (deed.kind === 'pause') return undoPause(left, deed);
  if (deed.stage === undefined) {
    return {
      ...without(left, 'priority'),
      ...(deed.earlier === undefined ? {} : { priority: deed.earlier }),
    };
  }
  const stages = left.stages.map((stage) =>
    stage.definition.key === deed.stage ? restored(stage, deed, event.at) : stage,
  );
  return waitAgain({ ...left, stages }, event.at);
};
